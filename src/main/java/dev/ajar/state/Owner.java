package dev.ajar.state;

import java.time.Instant;

/** On whose behalf a mapping is kept, and with whom it ends. */
public sealed interface Owner {
    /** Whoever typed {@code ajar open}: until it is closed. */
    record User() implements Owner {}

    /**
     * A line of a configuration file: as long as it stands there.
     *
     * @param file as it was named
     */
    record Configuration(String file) implements Owner {}

    /**
     * {@code ajar run}: as long as that process lives. Its start tells it from another one that got the same number
     * later.
     */
    record Launch(long pid, Instant started) implements Owner {}
}
