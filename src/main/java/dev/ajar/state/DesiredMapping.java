package dev.ajar.state;

import dev.ajar.model.Claim;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A mapping that ajar keeps open until its owner ends.
 *
 * @param selection the gateways it may be opened on
 * @param until when to close it; empty to keep it until its owner ends
 */
public record DesiredMapping(
        Mapping mapping, GatewaySelector selection, Owner owner, Instant madeAt, Optional<Instant> until) {
    public TransportProtocol protocol() {
        return mapping.protocol();
    }

    public Port externalPort() {
        return mapping.externalPort();
    }

    /**
     * Whether both are for the same external port, gateway and owner, so that one replaces the other. Several owners
     * may want the same port: it stays open until the last of them has ended.
     */
    public boolean isSameDesire(DesiredMapping other) {
        return owner.equals(other.owner)
                && protocol() == other.protocol()
                && externalPort().equals(other.externalPort())
                && selection.ipVersion() == other.selection.ipVersion()
                && selection.gateway().equals(other.selection.gateway());
    }

    /**
     * Whether the mapping of {@code claim} is the one desired here. Over IPv6 the external port is not compared: no
     * port is translated.
     */
    public boolean isServedBy(Claim claim) {
        return claim.mapping().protocol() == protocol()
                && (selection.ipVersion() == IpVersion.IPV6
                        || claim.mapping().externalPort().equals(externalPort()))
                && claim.mapping().target().equals(mapping.target())
                && claim.mapping().remote().equals(mapping.remote())
                && claim.ipVersion() == selection.ipVersion()
                && selection.gateway().map(claim.gateway().address()::equals).orElse(true);
    }

    /**
     * Whether this one opens over IPv6 what the other opens over IPv4 for the same owner. Then it is an addition for
     * networks that have IPv6 too.
     */
    public boolean isBeside(DesiredMapping other) {
        return selection.ipVersion() == IpVersion.IPV6
                && other.selection.ipVersion() == IpVersion.IPV4
                && owner.equals(other.owner)
                && protocol() == other.protocol()
                && mapping.target().equals(other.mapping.target());
    }

    /** What to ask a gateway for now: the mapping, with a lease that does not outlast the moment it is to be closed. */
    public Mapping askedAt(Instant now) {
        return until.map(end -> Duration.between(now, end))
                .map(mapping::lastingAtMost)
                .orElse(mapping);
    }

    public boolean hasEnded(Instant now) {
        return until.filter(end -> !end.isAfter(now)).isPresent();
    }
}
