package dev.ajar.state;

import dev.ajar.model.Claim;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.time.Instant;
import java.util.Optional;

/**
 * A mapping that is to stay until its owner ends.
 *
 * @param selection the gateway it is wanted on
 * @param until when it is to be closed; empty for not before somebody says so
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
     * Whether both want the same external port of the same gateway on the same behalf, so that one takes the other's
     * place. Several owners may want one port: it stays until the last of them has ended.
     */
    public boolean isSameDesire(DesiredMapping other) {
        return owner.equals(other.owner)
                && protocol() == other.protocol()
                && externalPort().equals(other.externalPort())
                && selection.ipVersion() == other.selection.ipVersion()
                && selection.gateway().equals(other.selection.gateway());
    }

    /** Whether {@code claim} is what is asked for to fulfil this wish. Over IPv6 outside is inside. */
    public boolean isServedBy(Claim claim) {
        return claim.mapping().protocol() == protocol()
                && (selection.ipVersion() == IpVersion.IPV6
                        || claim.mapping().externalPort().equals(externalPort()))
                && claim.mapping().target().equals(mapping.target())
                && claim.mapping().remote().equals(mapping.remote())
                && claim.ipVersion() == selection.ipVersion()
                && selection.gateway().map(claim.gateway().address()::equals).orElse(true);
    }

    public boolean hasEnded(Instant now) {
        return until.filter(end -> !end.isAfter(now)).isPresent();
    }
}
