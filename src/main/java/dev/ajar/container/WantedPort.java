package dev.ajar.container;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import java.time.Instant;
import java.util.Optional;

/** A mapping that a container asks for and may have. */
public record WantedPort(Owner.Container owner, Mapping mapping, GatewaySelector selection) {
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

    DesiredMapping desired(Instant now) {
        return new DesiredMapping(mapping, selection, owner, now, Optional.empty());
    }

    boolean isDesiredAs(DesiredMapping desired) {
        return desired.owner().equals(owner)
                && desired.mapping().equals(mapping)
                && desired.selection().equals(selection);
    }
}
