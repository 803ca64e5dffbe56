package dev.ajar.system;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Wall time and monotonic time in one object, so that a test owns both or neither. */
public interface Timeline {
    /** Wall time: for people, and for what is written to disk. It may jump. */
    Instant instant();

    /**
     * Time since some fixed moment in which this machine's sleep counts, as leases count it. Where the system does not
     * tell, the same as {@link #uptime()}.
     */
    default Duration elapsed() {
        return uptime();
    }

    /** Waits. An interrupt ends the wait and stays set. */
    default void pause(Duration time) {
        LockSupport.parkNanos(Math.max(0, time.toNanos()));
    }

    /** Monotonic time since some fixed moment, in which sleep does not count: for time-outs. */
    Duration uptime();
}
