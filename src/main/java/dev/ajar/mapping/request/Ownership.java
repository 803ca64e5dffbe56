package dev.ajar.mapping.request;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The owner of ports that are opened, and how long they stay open.
 *
 * @param stay empty for until the user closes them
 */
public record Ownership(Owner owner, Optional<Duration> stay) {
    /** The user's, until the user closes them. */
    public static final Ownership USER = new Ownership(new Owner.User(), Optional.empty());

    /** The user's, until {@code stay} has passed. */
    public static Ownership userFor(Duration stay) {
        return new Ownership(new Owner.User(), Optional.of(stay));
    }

    public DesiredMapping desired(Mapping mapping, GatewaySelector selection, Instant now) {
        return new DesiredMapping(mapping, selection, owner, now, stay.map(now::plus));
    }
}
