package dev.ajar.gateway.upnp.search;

import dev.ajar.gateway.upnp.description.RouterUrl;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Fetches descriptions, a few at a time, each in a thread of its own: a router that never answers must not hold up the
 * others or the search. A fetch that takes long is started once more beside the first, which may wait for a lost
 * packet.
 */
final class DescriptionFetcher {
    private static final int AT_ONCE = 4;

    /** Addresses on one router that never answer must not hold up those on another. */
    private static final int AT_ONCE_OF_A_HOST = 3;

    private static final int MOST_TRIES = 6;
    private static final Duration TOO_LONG = Duration.ofSeconds(1);

    /** A fetch that has ended. */
    record Fetched(RouterUrl location, Result<UpnpGatewayFactory.Described> result) {}

    private static final class Running {
        private int tries;
        private int open;
        private Duration since = Duration.ZERO;
    }

    private final Function<RouterUrl, Result<UpnpGatewayFactory.Described>> fetcher;
    private final Runnable whenDone;
    private final Timeline timeline;
    private final Deque<RouterUrl> waiting = new ArrayDeque<>();
    private final Map<RouterUrl, Running> running = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Fetched> done = new ConcurrentLinkedQueue<>();

    /** @param whenDone called by another thread each time there is something to {@link #take} */
    DescriptionFetcher(
            Function<RouterUrl, Result<UpnpGatewayFactory.Described>> fetcher, Runnable whenDone, Timeline timeline) {
        this.fetcher = fetcher;
        this.whenDone = whenDone;
        this.timeline = timeline;
    }

    void add(RouterUrl location) {
        waiting.add(location);
        startSome();
    }

    /** Before those that wait. */
    void addFirst(RouterUrl location) {
        waiting.addFirst(location);
        startSome();
    }

    private void startSome() {
        for (RouterUrl location : List.copyOf(waiting)) {
            long ofThisHost = running.keySet().stream()
                    .filter(other -> other.host().equals(location.host()))
                    .count();
            if (running.size() < AT_ONCE && ofThisHost < AT_ONCE_OF_A_HOST) {
                waiting.remove(location);
                running.put(location, new Running());
                start(location, running.get(location));
            }
        }
        running.forEach((location, fetch) -> {
            Duration taken = timeline.uptime().minus(fetch.since);
            if (fetch.tries < MOST_TRIES && taken.compareTo(TOO_LONG) >= 0) {
                start(location, fetch);
            }
        });
    }

    private void start(RouterUrl location, Running fetch) {
        fetch.tries++;
        fetch.open++;
        fetch.since = timeline.uptime();
        // A virtual thread, because an interrupt ends its waiting for the network.
        threads.add(Thread.ofVirtual()
                .name("description-" + location.host().getHostAddress())
                .start(() -> {
                    done.add(new Fetched(location, fetch(location)));
                    whenDone.run();
                }));
    }

    /** It must end even by a bug, or the search would wait for it. */
    private Result<UpnpGatewayFactory.Described> fetch(RouterUrl location) {
        try {
            return fetcher.apply(location);
        } catch (RuntimeException | Error e) {
            return Result.err(new Failure.Malformed(
                    Message.of("upnp.bug", "what", new RouterText(e.toString())), Optional.empty()));
        }
    }

    /** The fetches that have ended since the last call. */
    List<Fetched> take() {
        List<Fetched> taken = new ArrayList<>();
        for (Fetched next = done.poll(); next != null; next = done.poll()) {
            Running fetch = running.get(next.location());
            // Without an entry, another try has ended before.
            if (fetch != null) {
                fetch.open--;
                boolean settled = next.result() instanceof Result.Ok || fetch.open == 0;
                if (settled) {
                    running.remove(next.location());
                    taken.add(next);
                }
            }
        }
        startSome();
        return taken;
    }

    /** How long to wait at most before {@link #take} must be called again. */
    Duration soon(Duration otherwise) {
        return running.isEmpty() || otherwise.compareTo(TOO_LONG) < 0 ? otherwise : TOO_LONG;
    }

    void cancel() {
        threads.forEach(Thread::interrupt);
    }

    /** The fetches that have not ended. */
    List<RouterUrl> unfinished() {
        return List.copyOf(running.keySet());
    }
}
