package dev.ajar.gateway.upnp;

import dev.ajar.gateway.upnp.description.RouterUrl;
import dev.ajar.model.Result;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Descriptions being fetched, a few at a time, each in a thread of its own: one that never comes must not hold up the
 * others, nor the hearing of more answers.
 */
final class Fetches {
    private static final int AT_ONCE = 4;

    /** What came of one. */
    record Fetched(RouterUrl location, Result<UpnpGateways.Described> result) {}

    private final Function<RouterUrl, Result<UpnpGateways.Described>> fetcher;
    private final Runnable whenDone;
    private final Deque<RouterUrl> waiting = new ArrayDeque<>();
    private final Queue<Fetched> done = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<RouterUrl> running = new ArrayList<>();

    /** @param whenDone called by another thread each time there is something to {@link #take} */
    Fetches(Function<RouterUrl, Result<UpnpGateways.Described>> fetcher, Runnable whenDone) {
        this.fetcher = fetcher;
        this.whenDone = whenDone;
    }

    void add(RouterUrl location) {
        waiting.add(location);
        startSome();
    }

    private void startSome() {
        while (running.size() < AT_ONCE && !waiting.isEmpty()) {
            RouterUrl location = waiting.remove();
            running.add(location);
            // A virtual thread, because an interrupt ends its waiting for the network.
            threads.add(
                    Thread.ofVirtual()
                            .name("description-" + location.host().getHostAddress())
                            .start(
                                    () -> {
                                        done.add(new Fetched(location, fetcher.apply(location)));
                                        whenDone.run();
                                    }));
        }
    }

    /** Everything that has come since the last time. */
    List<Fetched> take() {
        List<Fetched> taken = new ArrayList<>();
        for (Fetched next = done.poll(); next != null; next = done.poll()) {
            running.remove(next.location());
            taken.add(next);
        }
        startSome();
        return taken;
    }

    void callOff() {
        threads.forEach(Thread::interrupt);
    }

    /** What was begun and has not come yet. */
    List<RouterUrl> unfinished() {
        return List.copyOf(running);
    }
}
