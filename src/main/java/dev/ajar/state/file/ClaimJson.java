package dev.ajar.state.file;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Mappings, claims and leases as JSON. */
final class ClaimJson {
    private static final Set<String> MAPPING_MEMBERS = Set.of(
            "protocol",
            "asked_port",
            "any_port",
            "this_host",
            "inner_router",
            "internal_port",
            "asked_lease_seconds",
            "description",
            "from");

    /** Beside those of the handle. */
    static final Set<String> HOLDING_MEMBERS =
            withMapping("method", "gateway", "card", "internal_address", "written_at", "granted", "leaving");

    static final Set<String> GRANT_MEMBERS = Set.of(
            "external_port", "lease_seconds", "granted_at", "external_address", "epoch", "verified", "listed_as");

    private final MappingProtocols protocols;

    ClaimJson(MappingProtocols protocols) {
        this.protocols = protocols;
    }

    /** The members of a mapping, and others. */
    static Set<String> withMapping(String... others) {
        Set<String> all = new HashSet<>(MAPPING_MEMBERS);
        all.addAll(List.of(others));
        return all;
    }

    static void putMapping(Map<String, Object> json, Mapping mapping) {
        json.put("protocol", mapping.protocol().label());
        json.put("asked_port", mapping.externalPort().number());
        json.put("any_port", mapping.portPolicy() == PortPolicy.ANY_FREE);
        json.put("this_host", mapping.target() instanceof Target.ThisHost);
        if (mapping.target() instanceof Target.InnerRouter) {
            json.put("inner_router", true);
        }
        json.put("internal_port", mapping.target().port().number());
        json.put("asked_lease_seconds", mapping.lease().seconds());
        json.put("description", mapping.description());
        mapping.remote().ifPresent(some -> json.put("from", some.toString()));
    }

    static Map<String, Object> claim(Claim claim) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("method", claim.gateway().method().key());
        json.put("gateway", Addresses.text(claim.gateway().address()));
        if (!claim.gateway().card().isEmpty()) {
            json.put("card", claim.gateway().card());
        }
        putMapping(json, claim.mapping());
        json.put("internal_address", Addresses.text(claim.internal().address()));
        json.put("written_at", claim.writtenAt().toString());
        json.putAll(claim.handle().members());
        return json;
    }

    static Map<String, Object> granted(Lease lease) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("external_port", lease.externalPort().number());
        json.put("lease_seconds", lease.granted().seconds());
        json.put("granted_at", lease.grantedAt().toString());
        lease.externalAddress().ifPresent(address -> json.put("external_address", Addresses.text(address)));
        lease.epoch().ifPresent(epoch -> json.put("epoch", epoch));
        json.put("verified", lease.verified());
        lease.listedAs().ifPresent(name -> json.put("listed_as", name));
        return json;
    }

    /** @param device the address of the device it leads to; only needed for other devices than this machine */
    static Mapping mapping(JsonObject json, Optional<InetAddress> device) {
        Port internalPort = port(json, "internal_port");
        Target target =
                json.flag("this_host") ? new Target.ThisHost(internalPort) : otherDevice(json, device, internalPort);
        return new Mapping(
                TransportProtocol.valueOf(json.text("protocol").toUpperCase(Locale.ROOT)),
                port(json, "asked_port"),
                json.flag("any_port") ? PortPolicy.ANY_FREE : PortPolicy.EXACT,
                target,
                lease(json.number("asked_lease_seconds")),
                json.text("description"),
                json.optionalText("from").map(ClaimJson::subnet));
    }

    private static Target otherDevice(JsonObject json, Optional<InetAddress> device, Port port) {
        InetAddress address = device.orElseThrow(() -> new JsonException("the address of a device is missing"));
        return json.has("inner_router") && json.flag("inner_router")
                ? new Target.InnerRouter(address, port)
                : new Target.OtherHost(address, port);
    }

    /** @throws JsonException for a protocol that is not registered */
    Claim read(JsonObject json) {
        MappingProtocol method = protocols
                .of(json.text("method"))
                .orElseThrow(() -> new JsonException("it names a protocol that is none"));
        InetAddress internal = address(json.text("internal_address"));
        return new Claim(
                mapping(json, Optional.of(internal)),
                new GatewayId(
                        method,
                        address(json.text("gateway")),
                        json.optionalText("card").orElse("")),
                new Endpoint(internal, port(json, "internal_port")),
                method.handles().read(json.scalars()),
                Instant.parse(json.text("written_at")));
    }

    static Lease lease(Claim claim, JsonObject granted) {
        return new Lease(
                claim,
                port(granted, "external_port"),
                lease(granted.number("lease_seconds")),
                Instant.parse(granted.text("granted_at")),
                granted.optionalText("external_address").map(ClaimJson::address),
                granted.optionalNumber("epoch"),
                granted.flag("verified"),
                granted.optionalText("listed_as"));
    }

    private static Port port(JsonObject json, String name) {
        return new Port(Math.toIntExact(json.number(name)));
    }

    private static LeaseDuration lease(long seconds) {
        return seconds == 0 ? LeaseDuration.PERMANENT : LeaseDuration.ofSeconds(seconds);
    }

    private static Subnet subnet(String text) {
        return Subnet.parse(text).orElseThrow(() -> new JsonException("it contains an invalid network"));
    }

    static InetAddress address(String text) {
        return Addresses.parse(text).orElseThrow(() -> new JsonException("it contains an invalid address"));
    }
}
