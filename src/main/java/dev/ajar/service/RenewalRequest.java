package dev.ajar.service;

import dev.ajar.keeper.decision.RunSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ajar renew} is asked to do.
 *
 * @param config the configuration file; empty for the usual place
 * @param cron whether a timer started it, so that other runs follow
 * @param every the time between the runs, as the user told it
 */
public record RenewalRequest(Optional<Path> config, boolean cron, Optional<Duration> every) {
    /** What the documented line for cron has; assumed for the first run of a timer that does not tell. */
    private static final RunSchedule DOCUMENTED = RunSchedule.every(Duration.ofMinutes(20));

    /** A renewal by hand. */
    public static final RenewalRequest BY_HAND = new RenewalRequest(Optional.empty(), false, Optional.empty());

    /** @param runs when runs began, with this one at the end */
    public RunSchedule schedule(List<Instant> runs) {
        if (every.isPresent()) {
            return RunSchedule.told(every.get(), runs);
        }
        RunSchedule learnt = RunSchedule.learnt(runs);
        return cron && learnt.interval().isEmpty() ? DOCUMENTED : learnt;
    }

    /** Whether the interval is known well enough to tell the user that a lease is too short for it. */
    public boolean knowsInterval(List<Instant> runs) {
        return every.isPresent() || (cron && RunSchedule.isHabit(runs));
    }
}
