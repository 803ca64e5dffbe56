package dev.ajar.gateway.upnp;

import dev.ajar.model.LeaseHandle;
import dev.ajar.model.MappingTraits;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A pinhole in an IPv6 firewall (WANIPv6FirewallControl:1). Its UniqueID is not kept: it means nothing once the router
 * has restarted, and asking for the same pinhole again returns it.
 *
 * @param description where the root description was
 */
public record Pinhole(URI description) implements LeaseHandle {
    private static final MappingTraits TRAITS =
            new MappingTraits(false, false, MappingTraits.Key.INTERNAL_ENDPOINT, true, Duration.ZERO);

    @Override
    public Map<String, Object> members() {
        return Map.of("location", description.toString(), "pinhole", true);
    }

    @Override
    public MappingTraits traits() {
        return TRAITS;
    }

    @Override
    public Optional<URI> location() {
        return Optional.of(description);
    }
}
