package dev.ajar.model;

import java.time.Duration;

/** Decides from a gateway's epoch whether it has lost its table of mappings since the epoch was last read. Pure. */
@FunctionalInterface
public interface EpochRule {
    /** For protocols without an epoch. */
    EpochRule NONE = (before, now) -> false;

    boolean isTableLost(Reading before, Reading now);

    /**
     * What was read, and when.
     *
     * @param epoch seconds since the gateway's table began, as the gateway said
     * @param at on this machine's clock, in which sleep counts
     */
    record Reading(long epoch, Duration at) {}
}
