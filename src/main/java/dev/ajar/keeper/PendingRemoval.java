package dev.ajar.keeper;

import dev.ajar.state.MappingRecord;
import java.time.Duration;

/** A mapping that is to be removed. */
record PendingRemoval(MappingRecord mappingRecord, Duration dueAt, int failures) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Five seconds, doubling. */
    PendingRemoval failed(Duration now) {
        Duration wait = Duration.ofSeconds(5L << Math.min(failures, 8));
        return new PendingRemoval(mappingRecord, now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST), failures + 1);
    }
}
