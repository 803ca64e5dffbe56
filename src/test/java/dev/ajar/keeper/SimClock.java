package dev.ajar.keeper;

import dev.ajar.system.Pause;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.time.Instant;

/** The three clocks of a simulated machine, which the test advances. */
final class SimClock implements Timeline, Pause {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private Duration elapsed = Duration.ofHours(1);
    private Duration asleep = Duration.ZERO;
    private Duration jumped = Duration.ZERO;

    @Override
    public Instant instant() {
        return START.plus(elapsed).plus(jumped);
    }

    @Override
    public Duration uptime() {
        return elapsed.minus(asleep);
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public void pause(Duration time) {
        advance(time);
    }

    void advance(Duration time) {
        elapsed = elapsed.plus(time);
    }

    void advanceTo(Duration moment) {
        elapsed = moment.compareTo(elapsed) > 0 ? moment : elapsed;
    }

    /** For what happens beside the present. */
    void rewindTo(Duration moment) {
        elapsed = moment;
    }

    void sleep(Duration time) {
        elapsed = elapsed.plus(time);
        asleep = asleep.plus(time);
    }

    void jumpWall(Duration time) {
        jumped = jumped.plus(time);
    }
}
