package dev.ajar.testing;

import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.time.Instant;

/**
 * Real time at a fraction of its pace. Deadlines of this clock leave a busy machine more time, and what is wrong
 * without one stays wrong.
 */
public final class SlowTimeline implements Timeline {
    private final Timeline real = new SystemTimeline();
    private final Instant instant = real.instant();
    private final Duration uptime = real.uptime();
    private final Duration elapsed = real.elapsed();
    private final int factor;

    /** @param factor how many real seconds one of its seconds lasts */
    public SlowTimeline(int factor) {
        this.factor = factor;
    }

    private Duration since(Duration begin, Duration now) {
        return begin.plus(now.minus(begin).dividedBy(factor));
    }

    @Override
    public Instant instant() {
        return instant.plus(Duration.between(instant, real.instant()).dividedBy(factor));
    }

    @Override
    public Duration uptime() {
        return since(uptime, real.uptime());
    }

    @Override
    public Duration elapsed() {
        return since(elapsed, real.elapsed());
    }
}
