package dev.ajar.mapping;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * On whose behalf ports are opened, and for how long they are to stay.
 *
 * @param stay empty for until they are closed
 */
public record Ownership(Owner owner, Optional<Duration> stay) {
    /** Until somebody closes them. */
    public static final Ownership ANYBODY = new Ownership(new Owner.User(), Optional.empty());

    DesiredMapping desired(Mapping mapping, GatewaySelector selection, Instant now) {
        return new DesiredMapping(mapping, selection, owner, now, stay.map(now::plus));
    }
}
