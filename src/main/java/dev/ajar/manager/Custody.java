package dev.ajar.manager;

import dev.ajar.model.Mapping;
import dev.ajar.model.Selection;
import dev.ajar.state.Owner;
import dev.ajar.state.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * On whose behalf ports are opened, and for how long they are to stay.
 *
 * @param stay empty for until they are closed
 */
public record Custody(Owner owner, Optional<Duration> stay) {
    /** Until somebody closes them. */
    public static final Custody ANYBODY = new Custody(new Owner.Anybody(), Optional.empty());

    Wish wish(Mapping mapping, Selection selection, Instant now) {
        return new Wish(mapping, selection, owner, now, stay.map(now::plus));
    }
}
