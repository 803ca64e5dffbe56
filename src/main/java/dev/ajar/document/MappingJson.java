package dev.ajar.document;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Subnet;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** A mapping in the documents of {@code open} and {@code status} ({@code docs/json.md}). */
final class MappingJson {
    private MappingJson() {}

    static Map<String, Object> of(ReportedMapping mapping) {
        return members(mapping).map();
    }

    static JsonMembers members(ReportedMapping mapping) {
        JsonMembers json = new JsonMembers()
                .with("protocol", mapping.protocol().label())
                .with("family", mapping.ipVersion().key());
        if (mapping.status() == ReportedMapping.Status.UNKNOWN) {
            // Programs have always seen it in this place here; the second call keeps the place.
            json.with("from", mapping.from().map(Subnet::text));
        }
        json.with("external_port", mapping.externalPort().number());
        if (!mapping.requestedPort().equals(mapping.externalPort())) {
            json.with("requested_port", mapping.requestedPort().number());
        }
        return json.with("internal_address", Addresses.text(mapping.internal().address()))
                .with("internal_port", mapping.internal().port().number())
                .with("from", mapping.from().map(Subnet::text))
                .with("method", mapping.gateway().map(id -> id.method().key()).orElse("manual"))
                .with("gateway", mapping.gateway().map(id -> Addresses.text(id.address())))
                .with("external_address", JsonMembers.address(mapping.externalAddress()))
                .with("lease_seconds", JsonMembers.seconds(mapping.duration()))
                .with("permanent", JsonMembers.isPermanent(mapping.duration()))
                .with("expires_at", mapping.expiresAt().map(Instant::toString))
                .with("verified", mapping.verified())
                .with("status", mapping.status().name().toLowerCase(Locale.ROOT))
                .with("error", JsonMembers.error(mapping.error()))
                .with("this_host", mapping.toThisHost())
                .with("description", mapping.description());
    }

    static ReportedMapping read(JsonObject json, MappingProtocols protocols) {
        String method = json.text("method");
        return new ReportedMapping(
                ValueJson.transport(json),
                ipVersion(json.text("family")),
                ValueJson.port(json, json.has("requested_port") ? "requested_port" : "external_port"),
                ValueJson.port(json, "external_port"),
                new Endpoint(ValueJson.address(json, "internal_address"), ValueJson.port(json, "internal_port")),
                json.flag("this_host"),
                ValueJson.optionalSubnet(json, "from"),
                ValueJson.optionalAddress(json, "gateway")
                        .map(address -> new GatewayId(ProtocolNames.read(method, protocols), address)),
                ValueJson.optionalAddress(json, "external_address"),
                ValueJson.lease(json),
                ValueJson.optionalMoment(json, "expires_at"),
                json.flag("verified"),
                ValueJson.line(json, "description"),
                ValueJson.choice(ReportedMapping.Status.class, json.text("status")),
                FailureJson.optional(json, "error", protocols));
    }

    private static IpVersion ipVersion(String key) {
        for (IpVersion one : IpVersion.values()) {
            if (one.key().equals(key)) {
                return one;
            }
        }
        throw new JsonException("it has a version of IP that is none");
    }
}
