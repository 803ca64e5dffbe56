package dev.ajar.model;

import java.time.Duration;

/** Decides from a gateway's epoch whether it has lost its table of mappings since the epoch was last read. Pure. */
@FunctionalInterface
public interface EpochRule {
    boolean isTableLost(Reading before, Reading now);

    /** Whether two readings are of one epoch. */
    enum Verdict {
        SAME,
        /** The protocol tolerates the difference, and yet no clock is that wrong: a restart may hide in it. */
        UNCERTAIN,
        RESTARTED
    }

    default Verdict verdict(Reading before, Reading now) {
        if (isTableLost(before, now)) {
            return Verdict.RESTARTED;
        }
        Duration passed = now.at().minus(before.at());
        Duration apart = Durations.distance(
                Duration.ofSeconds(now.epoch() - before.epoch()).minus(passed));
        // Two seconds, as both counters are read in whole ones, and a hundredth for bad clocks.
        Duration tolerated = Duration.ofSeconds(2).plus(Durations.divided(Durations.distance(passed), 100));
        return apart.compareTo(tolerated) <= 0 ? Verdict.SAME : Verdict.UNCERTAIN;
    }

    /**
     * What was read, and when.
     *
     * @param epoch seconds since the gateway's table began, as the gateway said
     * @param at on this machine's clock, in which sleep counts
     */
    record Reading(long epoch, Duration at) {}
}
