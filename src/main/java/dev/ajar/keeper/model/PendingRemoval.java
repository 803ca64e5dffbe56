package dev.ajar.keeper.model;

import dev.ajar.state.MappingRecord;
import java.time.Duration;

/**
 * A mapping that the keeper has to remove from its gateway.
 *
 * @param dueAt when to try next
 * @param failures failed removals in a row
 */
public record PendingRemoval(MappingRecord mappingRecord, Duration dueAt, int failures) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** The next try: after five seconds, then after twice the time of the last wait, up to ten minutes. */
    public PendingRemoval failed(Duration now) {
        Duration wait = Duration.ofSeconds(5L << Math.min(failures, 8));
        return new PendingRemoval(mappingRecord, now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST), failures + 1);
    }
}
