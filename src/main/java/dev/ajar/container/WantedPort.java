package dev.ajar.container;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping that a container asks for and may have.
 *
 * @param relay present where this host has to relay the port to the container
 */
public record WantedPort(Owner.Container owner, Mapping mapping, GatewaySelector selection, Optional<RelayRule> relay) {
    /** What no two mappings of a router share. */
    record Place(TransportProtocol protocol, Port external) {
        static Place of(Mapping mapping) {
            return new Place(mapping.protocol(), mapping.externalPort());
        }

        static Place of(DesiredMapping desired) {
            return of(desired.mapping());
        }
    }

    Place place() {
        return Place.of(mapping);
    }

    /** Whether a router may lead to it: what answers on the port of a relay that does not listen is another program. */
    boolean isReady(Set<RuleKey> listening) {
        return relay.map(rule -> listening.contains(rule.key())).orElse(true);
    }

    /** Whether both lead to the same place, so that one mapping serves both. */
    boolean leadsLike(WantedPort other) {
        return leadsAlike(mapping, other.mapping)
                && relay.map(RelayRule::device).equals(other.relay.map(RelayRule::device));
    }

    /** The same for a mapping that no container asked for. */
    boolean leadsLike(DesiredMapping other) {
        return relay.isEmpty() && leadsAlike(mapping, other.mapping());
    }

    private static boolean leadsAlike(Mapping one, Mapping other) {
        return one.target().equals(other.target()) && one.remote().equals(other.remote());
    }

    DesiredMapping desired(Instant now) {
        return new DesiredMapping(mapping, selection, owner, now, Optional.empty());
    }

    boolean isDesiredAs(DesiredMapping desired) {
        return desired.owner().equals(owner)
                && desired.mapping().equals(mapping)
                && desired.selection().equals(selection);
    }
}
