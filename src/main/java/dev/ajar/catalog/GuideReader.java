package dev.ajar.catalog;

import dev.ajar.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the guide in a router's profile, as defined by {@code profiles/router.schema.json}. */
final class GuideReader {
    private GuideReader() {}

    /** @param profile must have a guide */
    static RouterGuide read(JsonObject profile) {
        JsonObject guide = profile.object("guide").orElseThrow();
        return new RouterGuide(
                profile.text("id"),
                guide.text("name"),
                profile.text("about"),
                guide.texts("aliases"),
                signs(guide.object("signs").orElseThrow()),
                admin(guide.object("admin").orElseThrow()),
                guide.object("upnp").map(GuideReader::upnp),
                guide.object("forwarding").map(GuideReader::form),
                guide.optionalText("instead"),
                guide.object("reservation")
                        .map(json -> new RouterGuide.Reservation(json.texts("path"), json.text("how"))),
                guide.optionalText("menus"),
                guide.optionalText("verified"),
                guide.texts("source"));
    }

    private static RouterSigns signs(JsonObject json) {
        return new RouterSigns(
                json.optionalTexts("manufacturer"),
                json.optionalTexts("model"),
                json.optionalTexts("server"),
                json.optionalTexts("title"),
                json.optionalTexts("realm"),
                json.optionalTexts("mac"));
    }

    private static RouterGuide.Admin admin(JsonObject json) {
        return new RouterGuide.Admin(json.texts("addresses"), json.text("login"), json.optionalText("app"));
    }

    private static RouterGuide.UpnpSwitch upnp(JsonObject json) {
        return new RouterGuide.UpnpSwitch(
                json.texts("path"),
                json.text("switch"),
                json.text("value"),
                json.optionalText("then"),
                json.optionalText("note"));
    }

    private static RouterGuide.Form form(JsonObject json) {
        return new RouterGuide.Form(
                json.texts("path"),
                json.optionalText("add"),
                json.objects("fields").stream().map(GuideReader::field).toList(),
                json.flag("ranges"),
                json.text("submit"),
                json.optionalText("save"),
                json.optionalText("note"));
    }

    private static RouterGuide.Field field(JsonObject json) {
        Map<String, String> choices = new LinkedHashMap<>();
        Optional<JsonObject> given = json.object("choices");
        for (String protocol : List.of("tcp", "udp", "both")) {
            given.flatMap(names -> names.optionalText(protocol)).ifPresent(name -> choices.put(protocol, name));
        }
        return new RouterGuide.Field(json.text("label"), json.text("value"), choices);
    }
}
