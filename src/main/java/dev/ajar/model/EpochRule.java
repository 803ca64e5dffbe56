package dev.ajar.model;

import java.time.Duration;

/** Decides from a gateway's epoch whether it has lost its table of mappings since the epoch was last read. Pure. */
@FunctionalInterface
public interface EpochRule {
    /** A server's clock may step back by a second or two (RFC 6887 section 8.5), and both count whole seconds. */
    long JITTER = 2;

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
     * Whether one reading after another can only be of a counter that began anew in between. It is lower, which no
     * counter is that runs forwards, however slowly; it can have begun since; and it is not where one would be that
     * runs backwards.
     */
    static boolean hasBegunAnew(Reading before, Reading now) {
        long passed = now.at().minus(before.at()).toSeconds();
        long tolerated = JITTER + Math.abs(passed) / 100;
        long backwards = before.epoch() - passed;
        return now.epoch() + JITTER < before.epoch()
                && now.epoch() <= passed + JITTER
                && Math.abs(now.epoch() - backwards) > tolerated;
    }

    /**
     * What was read, and when.
     *
     * @param epoch seconds since the gateway's table began, as the gateway said
     * @param at on this machine's clock, in which sleep counts
     */
    record Reading(long epoch, Duration at) {}
}
