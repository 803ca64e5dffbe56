package dev.ajar.cli.render;

import dev.ajar.mapping.ReportedMapping;
import dev.ajar.model.Addresses;
import dev.ajar.model.Subnet;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** A mapping in the documents of {@code open} and {@code status} ({@code docs/json.md}). */
final class MappingJson {
    private MappingJson() {}

    static Map<String, Object> of(ReportedMapping mapping) {
        JsonMembers json = new JsonMembers()
                .with("protocol", mapping.protocol().label())
                .with("family", mapping.ipVersion().key());
        if (mapping.status() == ReportedMapping.Status.UNKNOWN) {
            // Programs have always seen it in this place here; the second call keeps the place.
            json.with("from", mapping.from().map(Subnet::text));
        }
        return json.with("external_port", mapping.externalPort().number())
                .with("internal_address", Addresses.text(mapping.internal().address()))
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
                .map();
    }
}
