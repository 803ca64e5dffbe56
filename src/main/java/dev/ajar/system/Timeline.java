package dev.ajar.system;

import java.time.Duration;
import java.time.Instant;

/** Wall time and monotonic time in one object, so that a test owns both or neither. */
public interface Timeline {
    /** Wall time: for people, and for what is written to disk. It may jump. */
    Instant instant();

    /** Monotonic time since some fixed moment: for time-outs. */
    Duration uptime();
}
