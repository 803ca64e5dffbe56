package dev.ajar.catalog;

import dev.ajar.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The makes of router whose own interface ajar can use. */
public final class InterfaceCatalog {
    private static final String FOLDER = "routers/";

    /** All of them, in the order in which they are tried. */
    public List<RouterInterface> all() {
        return ProfileFile.read(FOLDER + "interfaces").texts("interfaces").stream()
                .map(id -> read(ProfileFile.read(FOLDER + id)))
                .toList();
    }

    /** @param id of the profile */
    public Optional<RouterInterface> find(String id) {
        return all().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    static RouterInterface read(JsonObject profile) {
        JsonObject own = profile.object("interface").orElseThrow();
        JsonObject names = own.object("names").orElseThrow();
        return new RouterInterface(
                profile.text("id"),
                own.text("name"),
                own.text("conversation"),
                RouterInterface.Evidence.valueOf(own.text("evidence").toUpperCase(Locale.ROOT)),
                own.objects("signs").stream().map(InterfaceCatalog::sign).toList(),
                own.optionalText("user"),
                RouterInterface.SecretKind.valueOf(own.text("secret").toUpperCase(Locale.ROOT)),
                own.has("password_with_user") && own.flag("password_with_user"),
                own.texts("transports"),
                own.flag("reveals_secret"),
                new RouterInterface.NameForm(
                        names.text("prefix"),
                        names.text("separator").charAt(0),
                        names.text("others"),
                        Math.toIntExact(names.number("longest"))),
                own.flag("source_addresses"),
                own.has("source_networks") && own.flag("source_networks"),
                !own.has("other_hosts") || own.flag("other_hosts"),
                own.object("ports").map(InterfaceCatalog::ports).orElse(Map.of()),
                own.has("upnp_switch") && own.flag("upnp_switch"),
                own.has("external_address") && own.flag("external_address"),
                own.has("device_names") && own.flag("device_names"),
                own.texts("rights"),
                own.object("details").orElseThrow());
    }

    private static Map<String, Integer> ports(JsonObject ports) {
        return ports.toMap().keySet().stream()
                .collect(Collectors.toMap(scheme -> scheme, scheme -> Math.toIntExact(ports.number(scheme))));
    }

    private static RouterInterface.Sign sign(JsonObject sign) {
        return new RouterInterface.Sign(
                sign.text("path"),
                sign.object("send").map(JsonObject::allTexts).orElse(Map.of()),
                sign.optionalText("body"),
                Math.toIntExact(sign.number("status")),
                sign.optionalTexts("members"),
                sign.optionalText("text").orElse(""),
                sign.optionalText("header").orElse(""),
                sign.optionalText("header_value").orElse(""),
                sign.optionalText("model").orElse(""),
                sign.optionalText("version").orElse(""));
    }
}
