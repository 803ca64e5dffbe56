package dev.ajar.document;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** A mapping that is asked for: in requests, and in the answer as {@code asked}. */
public final class WantedJson {
    private WantedJson() {}

    public static Map<String, Object> write(Mapping mapping) {
        JsonMembers json = new JsonMembers()
                .with("protocol", mapping.protocol().label())
                .with("external_port", mapping.externalPort().number())
                .with("any_port", mapping.portPolicy() == PortPolicy.ANY_FREE)
                .with("internal_port", mapping.target().port().number())
                .with("lease_seconds", JsonMembers.seconds(Optional.of(mapping.lease())))
                .with("permanent", mapping.lease() instanceof LeaseDuration.Permanent)
                .with("description", mapping.description())
                .with("from", mapping.remote().map(Subnet::toString));
        switch (mapping.target()) {
            case Target.ThisHost ignored -> json.with("internal_address", Optional.empty());
            case Target.OtherHost other -> json.with("internal_address", Addresses.text(other.client()));
            case Target.InnerRouter router ->
                json.with("internal_address", Addresses.text(router.far())).with("inner_router", true);
        }
        return json.map();
    }

    /** @throws JsonException if it is none */
    public static Mapping read(JsonObject json) {
        TransportProtocol protocol = ValueJson.transport(json);
        String description = ValueJson.line(json, "description");
        boolean printable = description.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (description.isEmpty() || !printable) {
            throw new JsonException("it has a description that no router takes");
        }
        return new Mapping(
                protocol,
                ValueJson.port(json, "external_port"),
                json.flag("any_port") ? PortPolicy.ANY_FREE : PortPolicy.EXACT,
                target(json),
                ValueJson.lease(json).orElseThrow(() -> new JsonException("it has no lease")),
                description,
                ValueJson.optionalSubnet(json, "from"));
    }

    private static Target target(JsonObject json) {
        Port port = ValueJson.port(json, "internal_port");
        Optional<InetAddress> device = ValueJson.optionalAddress(json, "internal_address");
        if (device.isEmpty()) {
            return new Target.ThisHost(port);
        }
        return json.has("inner_router") && json.flag("inner_router")
                ? new Target.InnerRouter(device.get(), port)
                : new Target.OtherHost(device.get(), port);
    }
}
