package dev.ajar.keeper;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Moments at numbered places. The first place that is due, and the soonest moment of all, are found without a look at
 * every place: each inner node of a binary tree over the places has the soonest moment below it.
 */
final class DueTimes {
    /** Later than every moment there is. */
    static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** The root is at 1, the children of {@code i} at {@code 2i} and {@code 2i + 1}, the places from the middle on. */
    private Duration[] soonest = never(2);

    private static Duration[] never(int length) {
        Duration[] moments = new Duration[length];
        Arrays.fill(moments, NEVER);
        return moments;
    }

    private int connectionLimit() {
        return soonest.length / 2;
    }

    void set(int place, Duration moment) {
        while (place >= connectionLimit()) {
            grow();
        }
        int node = connectionLimit() + place;
        Duration here = moment;
        // Further up all is as it was where the soonest below has stayed the same.
        while (node > 0 && !soonest[node].equals(here)) {
            soonest[node] = here;
            node /= 2;
            here = node > 0 ? sooner(soonest[2 * node], soonest[2 * node + 1]) : here;
        }
    }

    void clear(int place) {
        if (place < connectionLimit()) {
            set(place, NEVER);
        }
    }

    void clear() {
        soonest = never(2);
    }

    private void grow() {
        Duration[] before = soonest;
        soonest = never(2 * before.length);
        System.arraycopy(before, before.length / 2, soonest, connectionLimit(), before.length / 2);
        for (int node = connectionLimit() - 1; node > 0; node--) {
            soonest[node] = sooner(soonest[2 * node], soonest[2 * node + 1]);
        }
    }

    private static Duration sooner(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** The soonest moment of all, {@link #NEVER} where there is none. */
    Duration soonest() {
        return soonest[1];
    }

    /** The first place, from {@code from} on, whose moment has come. */
    OptionalInt firstDue(int from, Duration now) {
        int node = connectionLimit() + from;
        if (from >= connectionLimit()) {
            return OptionalInt.empty();
        }
        // Up, until a tree that begins here or further on has something due; then down to the first of it.
        while (soonest[node].compareTo(now) > 0) {
            while ((node & 1) == 1) {
                node /= 2;
            }
            if (node == 0) {
                return OptionalInt.empty();
            }
            node++;
        }
        while (node < connectionLimit()) {
            node = soonest[2 * node].compareTo(now) <= 0 ? 2 * node : 2 * node + 1;
        }
        return OptionalInt.of(node - connectionLimit());
    }
}
