package dev.ajar.testing;

import dev.ajar.system.Timeline;
import java.time.Duration;
import java.time.Instant;

/** Another clock, set forward between two commands, as if the time between them had passed. */
public final class SkippingTimeline implements Timeline {
    private final Timeline clock;
    private volatile Duration skipped = Duration.ZERO;

    public SkippingTimeline(Timeline clock) {
        this.clock = clock;
    }

    /** For the one thread that runs the commands. */
    public void skip(Duration time) {
        skipped = skipped.plus(time);
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(skipped);
    }

    @Override
    public Duration uptime() {
        return clock.uptime().plus(skipped);
    }

    @Override
    public Duration elapsed() {
        return clock.elapsed().plus(skipped);
    }
}
