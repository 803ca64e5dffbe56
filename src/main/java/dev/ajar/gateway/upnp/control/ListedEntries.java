package dev.ajar.gateway.upnp.control;

import dev.ajar.model.ObservedMapping;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Entries of a list, each read at a moment of its own: a long list takes longer than ends of leases are compared. */
final class ListedEntries {
    private final List<ObservedMapping> all = new ArrayList<>();
    private final List<Duration> readAt = new ArrayList<>();
    private final Timeline clock;

    ListedEntries(Timeline clock) {
        this.clock = clock;
    }

    void add(ObservedMapping entry) {
        all.add(entry);
        readAt.add(clock.elapsed());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** With what is left of their leases now. */
    List<ObservedMapping> asOfNow() {
        Duration now = clock.elapsed();
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get(i).aged(now.minus(readAt.get(i))))
                .toList();
    }
}
