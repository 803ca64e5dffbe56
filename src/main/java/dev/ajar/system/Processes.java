package dev.ajar.system;

import dev.ajar.model.Durations;
import java.time.Duration;
import java.time.Instant;

/** Which processes there are. */
public interface Processes {
    /** This one. */
    Identity self();

    /** Whether it still runs. A number alone does not say: it is given to another one later. */
    boolean lives(Identity process);

    /** @param started as exactly as the system tells */
    record Identity(long pid, Instant started) {
        boolean isAbout(Instant other) {
            return Durations.distance(Duration.between(started, other)).compareTo(Duration.ofSeconds(2)) < 0;
        }
    }
}
