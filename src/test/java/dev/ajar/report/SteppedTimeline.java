package dev.ajar.report;

import dev.ajar.system.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Dates and leases stand still until they are moved on, so that two recordings tell the same times. Time-outs are real
 * on the machine; the router, whose leases and epoch follow its uptime, has none.
 */
final class SteppedTimeline {
    private static final Instant BEGIN = Instant.parse("2030-01-15T12:00:00Z");

    /** Away from zero, as on a machine that has been on for a while. */
    private static final Duration AGE = Duration.ofDays(3);

    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

    void moveOn(Duration time) {
        passed.accumulateAndGet(time, Duration::plus);
    }

    Timeline machine() {
        return new Clock(true);
    }

    Timeline router() {
        return new Clock(false);
    }

    private final class Clock implements Timeline {
        private final boolean hasTimeouts;

        private Clock(boolean hasTimeouts) {
            this.hasTimeouts = hasTimeouts;
        }

        @Override
        public Instant instant() {
            return BEGIN.plus(passed.get());
        }

        @Override
        public Duration elapsed() {
            return AGE.plus(passed.get());
        }

        @Override
        public Duration uptime() {
            return hasTimeouts ? Duration.ofNanos(System.nanoTime()) : elapsed();
        }
    }
}
