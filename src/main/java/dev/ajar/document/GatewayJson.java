package dev.ajar.document;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewayId;
import dev.ajar.model.MappingProtocols;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gateways, and what was asked while searching for them. */
public final class GatewayJson {
    private GatewayJson() {}

    public static Map<String, Object> write(GatewayInfo info) {
        return new JsonMembers()
                .with("method", info.method().key())
                .with("version", info.version())
                .with("address", Addresses.text(info.id().address()))
                .with("interface", info.route().interfaceName())
                .with("default", info.isDefault())
                .with("manufacturer", JsonMembers.text(info.manufacturer()))
                .with("model", JsonMembers.text(info.model()))
                .with("location", info.location().map(Object::toString))
                .with("local_address", Addresses.text(info.localAddress()))
                .map();
    }

    /** Without its capabilities, which only the process that talks to it needs. */
    public static GatewayInfo read(JsonObject json, MappingProtocols protocols) {
        InetAddress address = ValueJson.address(json, "address");
        InetAddress local = ValueJson.address(json, "local_address");
        LocalRoute route = new LocalRoute(
                ValueJson.line(json, "interface"),
                local,
                local.getAddress().length * 8,
                json.flag("default") ? Optional.of(address) : Optional.empty());
        return new GatewayInfo(
                new GatewayId(ProtocolNames.read(json.text("method"), protocols), address),
                route,
                ValueJson.line(json, "version"),
                ValueJson.text(json, "manufacturer"),
                ValueJson.text(json, "model"),
                json.optionalText("location").map(GatewayJson::location),
                Set.of());
    }

    private static URI location(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new JsonException("it has a URL that is none", e);
        }
    }

    static Map<String, Object> write(ProbeAttempt attempt) {
        JsonMembers json =
                new JsonMembers().with("interface", attempt.interfaceName()).with("protocol", attempt.protocol());
        ValueJson.putSentence(json, "asked", attempt.asked());
        json.with("outcome", attempt.outcome().key());
        ValueJson.putSentence(json, "detail", attempt.detail());
        attempt.other().ifPresent(router -> json.with("answered_by", Addresses.text(router)));
        return json.with("stage", attempt.stage().name().toLowerCase(java.util.Locale.ROOT))
                .with("method", attempt.method().key())
                .map();
    }

    static List<ProbeAttempt> attempts(JsonObject json, MappingProtocols protocols) {
        return json.has("attempts")
                ? json.objects("attempts").stream()
                        .map(one -> attempt(one, protocols))
                        .toList()
                : List.of();
    }

    private static ProbeAttempt attempt(JsonObject json, MappingProtocols protocols) {
        return new ProbeAttempt(
                ValueJson.line(json, "interface"),
                ValueJson.choice(ProbeAttempt.Stage.class, json.text("stage")),
                ProtocolNames.read(json.text("method"), protocols),
                ValueJson.sentence(json, "asked"),
                ValueJson.choice(ProbeAttempt.ProbeOutcome.class, json.text("outcome")),
                ValueJson.sentence(json, "detail"),
                ValueJson.optionalAddress(json, "answered_by"));
    }
}
