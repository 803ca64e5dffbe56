package dev.ajar.state.file;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Port;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Target;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Desired mappings as JSON. */
final class DesiredMappingJson {
    static final Set<String> MEMBERS = ClaimJson.withMapping(
            "internal_address",
            "methods",
            "gateway",
            "location",
            "family",
            "from_address",
            "owner",
            "file",
            "pid",
            "started",
            "engine",
            "container",
            "made_at",
            "until");

    private final MappingProtocols protocols;

    DesiredMappingJson(MappingProtocols protocols) {
        this.protocols = protocols;
    }

    Map<String, Object> write(DesiredMapping desired) {
        Map<String, Object> json = new LinkedHashMap<>();
        ClaimJson.putMapping(json, desired.mapping());
        switch (desired.mapping().target()) {
            case Target.ThisHost ignored -> {}
            case Target.OtherHost(InetAddress device, Port ignored) ->
                json.put("internal_address", Addresses.text(device));
            case Target.InnerRouter(InetAddress router, Port ignored) ->
                json.put("internal_address", Addresses.text(router));
        }
        json.put("methods", methods(desired.selection().protocols()));
        desired.selection().gateway().ifPresent(it -> json.put("gateway", Addresses.text(it)));
        desired.selection().location().ifPresent(it -> json.put("location", it.toString()));
        if (desired.selection().ipVersion() != IpVersion.IPV4) {
            json.put("family", desired.selection().ipVersion().key());
        }
        desired.selection().from().ifPresent(it -> json.put("from_address", Addresses.text(it)));
        switch (desired.owner()) {
            case Owner.User ignored -> json.put("owner", "anybody");
            case Owner.Configuration(String file) -> {
                json.put("owner", "configuration");
                json.put("file", file);
            }
            case Owner.Launch(long pid, Instant started) -> {
                json.put("owner", "launch");
                json.put("pid", pid);
                json.put("started", started.toString());
            }
            case Owner.Container(String engine, String name) -> {
                json.put("owner", "container");
                json.put("engine", engine);
                json.put("container", name);
            }
        }
        json.put("made_at", desired.madeAt().toString());
        desired.until().ifPresent(end -> json.put("until", end.toString()));
        return json;
    }

    DesiredMapping read(JsonObject json) {
        GatewaySelector selection = new GatewaySelector(
                choice(Set.copyOf(json.texts("methods"))),
                json.optionalText("gateway").map(ClaimJson::address),
                json.optionalText("location").map(URI::create),
                json.optionalText("family").map(DesiredMappingJson::ipVersion).orElse(IpVersion.IPV4),
                json.optionalText("from_address").map(ClaimJson::address));
        return new DesiredMapping(
                ClaimJson.mapping(json, json.optionalText("internal_address").map(ClaimJson::address)),
                selection,
                owner(json),
                Instant.parse(json.text("made_at")),
                json.optionalText("until").map(Instant::parse));
    }

    /** Those that may be used unasked are written one by one: so earlier versions read it. */
    private List<String> methods(ProtocolChoice choice) {
        return choice.isAutomatic()
                ? protocols.chosen(choice).stream().map(MappingProtocol::key).toList()
                : choice.keys().stream().sorted().toList();
    }

    private ProtocolChoice choice(Set<String> keys) {
        return keys.equals(Set.copyOf(methods(ProtocolChoice.AUTOMATIC)))
                ? ProtocolChoice.AUTOMATIC
                : new ProtocolChoice(keys);
    }

    private static IpVersion ipVersion(String key) {
        return IpVersion.valueOf(key.toUpperCase(Locale.ROOT));
    }

    private static Owner owner(JsonObject json) {
        return switch (json.text("owner")) {
            case "anybody" -> new Owner.User();
            case "configuration" ->
                new Owner.Configuration(json.optionalText("file").orElse(""));
            case "launch" -> new Owner.Launch(json.number("pid"), Instant.parse(json.text("started")));
            case "container" -> new Owner.Container(json.text("engine"), json.text("container"));
            default -> throw new JsonException("it contains an unknown kind of owner");
        };
    }
}
