package dev.ajar.testing;

import dev.ajar.system.Timeline;
import java.time.Duration;
import java.time.Instant;

/** Time that passes only when told to. */
public final class ManualTimeline implements Timeline {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private Duration passed = Duration.ZERO;

    @Override
    public synchronized Instant instant() {
        return START.plus(passed);
    }

    @Override
    public synchronized Duration uptime() {
        return passed;
    }

    @Override
    public void pause(Duration time) {
        advance(time);
    }

    public synchronized void advance(Duration time) {
        passed = passed.plus(time);
    }
}
