package dev.ajar.keeper.decision;

import dev.ajar.model.Durations;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a keeper that makes one pass and ends, as {@code ajar renew} does, renews: it cannot wait for the right moment,
 * so it decides by the time between the runs. Pure.
 *
 * @param interval the time from one run to the next; empty if no run is known to follow
 */
public record RunSchedule(Optional<Duration> interval) {
    /** Two crons at once, or a user who repeats the command, are one run. */
    private static final Duration SAME_RUN = Duration.ofSeconds(5);

    private static final int MOST_GAPS = 8;

    /** Longer than a weekly timer's: the clock was set, or the machine was away. */
    private static final Duration LONGEST_GAP = Duration.ofDays(8);

    /** So many equal gaps make a habit. */
    private static final int GAPS_OF_A_HABIT = 3;

    /** The least time that the start of a process and its requests are given. */
    private static final Duration SHORTEST_DELAY = Duration.ofSeconds(10);

    /** The lateness of a timer, and the time that a run needs, in proportion: a tenth. */
    private static final int PARTS = 10;

    /** No run is known to follow. */
    public static final RunSchedule UNKNOWN = new RunSchedule(Optional.empty());

    public static RunSchedule every(Duration interval) {
        return new RunSchedule(Optional.of(interval));
    }

    /**
     * The schedule that past runs show. A single long gap, such as that of a machine that was off for a day, does not
     * change it; a second one after it does.
     *
     * @param runs when runs began, in the order in which they were written down, with the present one at the end
     */
    public static RunSchedule learnt(List<Instant> runs) {
        List<Duration> gaps = gaps(runs);
        if (gaps.isEmpty()) {
            return UNKNOWN;
        }
        List<Duration> sorted = gaps.stream().sorted().toList();
        Duration usual = sorted.get(sorted.size() / 2);
        return every(longer(usual, recent(gaps)));
    }

    /** Whether past runs show a habit, and not only that the command was used before. */
    public static boolean isHabit(List<Instant> runs) {
        return gaps(runs).size() >= GAPS_OF_A_HABIT;
    }

    /**
     * The schedule the user told. If the last two gaps were both longer by half, the runs come less often than the user
     * says.
     *
     * @param runs as for {@link #learnt}
     */
    public static RunSchedule told(Duration interval, List<Instant> runs) {
        Duration recent = recent(gaps(runs));
        boolean rarer = recent.compareTo(interval.plus(Durations.divided(interval, 2))) > 0;
        return every(rarer ? recent : interval);
    }

    /** The shorter of the last two gaps; zero where there are not two. */
    private static Duration recent(List<Duration> gaps) {
        int size = gaps.size();
        return size < 2 ? Duration.ZERO : shorter(gaps.get(size - 1), gaps.get(size - 2));
    }

    /** A clock that was set back shows no gap, and one that was set forward no longer one. */
    private static List<Duration> gaps(List<Instant> runs) {
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < runs.size(); i++) {
            Duration gap = Duration.between(runs.get(i - 1), runs.get(i));
            if (gap.compareTo(SAME_RUN) > 0 && gap.compareTo(LONGEST_GAP) <= 0) {
                gaps.add(gap);
            }
        }
        return gaps.subList(Math.max(0, gaps.size() - MOST_GAPS), gaps.size());
    }

    /**
     * Whether this run has to renew a lease: it is past half of it (RFC 6887 section 11.2.1), or it would end before
     * the next run but one, so that one run may be missed. What was granted just now is left alone: a second cron at
     * the same moment has nothing to do.
     *
     * @param age the time since it was granted
     */
    boolean isRenewalDue(Duration lease, Duration age) {
        return Durations.times(age, 2).compareTo(lease) >= 0
                || interval.filter(time -> age.compareTo(Durations.divided(time, PARTS)) >= 0)
                        .filter(time -> lease.minus(age).compareTo(withDelay(Durations.times(time, 2), time)) < 0)
                        .isPresent();
    }

    /** Whether the lease, renewed in this run, ends before the next one has done its work. */
    public boolean isTooShort(Lease lease) {
        return lease.granted() instanceof LeaseDuration.Finite(Duration granted)
                && interval.filter(time -> granted.compareTo(withDelay(time, time)) < 0)
                        .isPresent();
    }

    private static Duration withDelay(Duration time, Duration interval) {
        return time.plus(longer(SHORTEST_DELAY, Durations.divided(interval, PARTS)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
