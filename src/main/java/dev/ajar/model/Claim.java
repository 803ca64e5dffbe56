package dev.ajar.model;

import java.time.Instant;

/**
 * A mapping that is about to be asked for: written down before the gateway hears of it, and complete enough to remove
 * the mapping again if the process dies in between.
 *
 * @param internal the internal client and port that the gateway will be told
 */
public record Claim(
        Mapping mapping,
        GatewayId gateway,
        Endpoint internal,
        LeaseHandle handle,
        Instant writtenAt) {
    /** The same claim of another external port. */
    public Claim onExternalPort(Port other) {
        return new Claim(mapping.onExternalPort(other), gateway, internal, handle, writtenAt);
    }
}
