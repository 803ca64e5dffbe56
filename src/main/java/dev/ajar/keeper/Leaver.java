package dev.ajar.keeper;

import dev.ajar.state.Holding;
import java.time.Duration;

/** A mapping that is to be removed. */
record Leaver(Holding holding, Duration dueAt, int failures) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Five seconds, doubling. */
    Leaver failed(Duration now) {
        Duration wait = Duration.ofSeconds(5L << Math.min(failures, 8));
        return new Leaver(holding, now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST), failures + 1);
    }
}
