package dev.ajar.state;

import dev.ajar.model.Claim;
import dev.ajar.model.Lease;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import java.time.Instant;
import java.util.Optional;

/**
 * A mapping that ajar made, or was about to make when it last wrote.
 *
 * @param lease empty while nobody knows whether the gateway did it
 */
public record Holding(Claim claim, Optional<Lease> lease) {
    public static Holding claimed(Claim claim) {
        return new Holding(claim, Optional.empty());
    }

    public static Holding held(Lease lease) {
        return new Holding(lease.claim(), Optional.of(lease));
    }

    public Protocol protocol() {
        return claim.mapping().protocol();
    }

    /** As granted; as asked for while nothing was granted. */
    public Port externalPort() {
        return lease.map(Lease::externalPort).orElse(claim.mapping().externalPort());
    }

    /** Whether the gateway has certainly dropped it by itself. */
    public boolean hasExpired(Instant now) {
        return lease.flatMap(Lease::expiresAt).filter(end -> !end.isAfter(now)).isPresent();
    }

    /**
     * Whether it is the same mapping as far as the protocol can tell: PCP and NAT-PMP tell mappings apart by where they
     * lead, UPnP by their external port.
     */
    public boolean isSameClaim(Claim other) {
        boolean sameKey = switch (claim.gateway().method()) {
            case PCP, NAT_PMP -> claim.internal().equals(other.internal());
            case UPNP -> claim.mapping().externalPort().equals(other.mapping().externalPort());
        };
        return sameKey
                && claim.gateway().equals(other.gateway())
                && protocol() == other.mapping().protocol();
    }

    /** Whether {@code entry}, seen in a gateway's table, is this very mapping. */
    public boolean matches(ObservedMapping entry) {
        return entry.protocol() == protocol()
                && entry.externalPort().equals(externalPort())
                && entry.pointsTo(claim.internal());
    }
}
