package dev.ajar.system;

import java.time.Duration;
import java.time.Instant;

/** The machine's own clocks. */
public final class SystemTimeline implements Timeline {
    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Duration uptime() {
        return Duration.ofNanos(System.nanoTime());
    }
}
