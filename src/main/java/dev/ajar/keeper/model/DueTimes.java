package dev.ajar.keeper.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Due times at numbered places, as a binary tree: each inner node has the soonest time below it, so the first place
 * that is due and the soonest time of all are found without a look at every place.
 */
public final class DueTimes {
    /** Later than every due time. */
    public static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    /**
     * 290 years in seconds: a long holds no more nanoseconds. A later moment counts as never, an earlier one as past.
     */
    private static final long FURTHEST = Duration.ofDays(290 * 365).toSeconds();

    /** The root is at 1, the children of {@code i} at {@code 2i} and {@code 2i + 1}, the places from the middle on. */
    private long[] soonest = never(2);

    private static long[] never(int length) {
        long[] moments = new long[length];
        Arrays.fill(moments, Long.MAX_VALUE);
        return moments;
    }

    private static long nanos(Duration moment) {
        if (moment.toSeconds() > FURTHEST) {
            return Long.MAX_VALUE;
        }
        return moment.toSeconds() < -FURTHEST ? Long.MIN_VALUE : moment.toNanos();
    }

    private int places() {
        return soonest.length / 2;
    }

    void set(int place, Duration moment) {
        set(place, nanos(moment));
    }

    private void set(int place, long moment) {
        while (place >= places()) {
            grow();
        }
        int node = places() + place;
        long here = moment;
        // Further up all is as it was where the soonest below has stayed the same.
        while (node > 0 && soonest[node] != here) {
            soonest[node] = here;
            node /= 2;
            here = node > 0 ? Math.min(soonest[2 * node], soonest[2 * node + 1]) : here;
        }
    }

    void clear(int place) {
        if (place < places()) {
            set(place, Long.MAX_VALUE);
        }
    }

    void clear() {
        soonest = never(2);
    }

    private void grow() {
        long[] before = soonest;
        soonest = never(2 * before.length);
        System.arraycopy(before, before.length / 2, soonest, places(), before.length / 2);
        for (int node = places() - 1; node > 0; node--) {
            soonest[node] = Math.min(soonest[2 * node], soonest[2 * node + 1]);
        }
    }

    /** The soonest moment of all, {@link #NEVER} where there is none. */
    Duration soonest() {
        return soonest[1] == Long.MAX_VALUE ? NEVER : Duration.ofNanos(soonest[1]);
    }

    /** The first place, from {@code from} on, whose moment has come. */
    OptionalInt firstDue(int from, Duration now) {
        long moment = nanos(now);
        int node = places() + from;
        if (from >= places() || soonest[1] > moment) {
            return OptionalInt.empty();
        }
        // Up, until a tree that begins here or further on has something due; then down to the first of it.
        while (soonest[node] > moment) {
            while ((node & 1) == 1) {
                node /= 2;
            }
            if (node == 0) {
                return OptionalInt.empty();
            }
            node++;
        }
        while (node < places()) {
            node = soonest[2 * node] <= moment ? 2 * node : 2 * node + 1;
        }
        return OptionalInt.of(node - places());
    }

    /** The place whose moment came first; of several with the same moment, the first place. */
    OptionalInt longestDue(Duration now) {
        long first = soonest[1];
        if (first > nanos(now)) {
            return OptionalInt.empty();
        }
        int node = 1;
        while (node < places()) {
            node = soonest[2 * node] == first ? 2 * node : 2 * node + 1;
        }
        return OptionalInt.of(node - places());
    }

    /** As {@link #longestDue(Duration)}, of the places that {@code mayGo} is true for. */
    OptionalInt longestDue(Duration now, IntPredicate mayGo) {
        OptionalInt first = longestDue(now);
        if (first.isEmpty() || mayGo.test(first.getAsInt())) {
            return first;
        }
        OptionalInt best = OptionalInt.empty();
        OptionalInt place = firstDue(0, now);
        while (place.isPresent()) {
            int here = place.getAsInt();
            boolean sooner = best.isEmpty() || at(here) < at(best.getAsInt());
            best = sooner && mayGo.test(here) ? place : best;
            place = firstDue(here + 1, now);
        }
        return best;
    }

    private long at(int place) {
        return soonest[places() + place];
    }
}
