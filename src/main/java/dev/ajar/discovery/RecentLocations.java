package dev.ajar.discovery;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The locations at which root descriptions of routers were read lately, by this process or, according to the state
 * file, earlier. A search asks there at once. Thread-safe.
 */
public final class RecentLocations {
    /** More than a home has routers. */
    private static final int MOST = 4;

    private final Deque<URI> seen;
    private final Supplier<List<URI>> recorded;

    /** Nothing is known yet. */
    public RecentLocations() {
        this(new ArrayDeque<>(), List::of);
    }

    private RecentLocations(Deque<URI> seen, Supplier<List<URI>> recorded) {
        this.seen = seen;
        this.recorded = recorded;
    }

    /** Those of this process, which both go on to share, and others. */
    public RecentLocations and(Supplier<List<URI>> others) {
        return new RecentLocations(seen, others);
    }

    void found(URI place) {
        synchronized (seen) {
            seen.remove(place);
            seen.addFirst(place);
            if (seen.size() > MOST) {
                seen.removeLast();
            }
        }
    }

    /** The latest first. */
    List<URI> all() {
        List<URI> own;
        synchronized (seen) {
            own = List.copyOf(seen);
        }
        return Stream.concat(own.stream(), recorded.get().stream())
                .distinct()
                .limit(MOST)
                .toList();
    }
}
