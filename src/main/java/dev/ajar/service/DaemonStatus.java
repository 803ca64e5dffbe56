package dev.ajar.service;

import dev.ajar.control.PublishedState;
import dev.ajar.daemon.StatusSource;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Publishes the keeper's mappings after every pass, so that a client never waits for a router. */
final class DaemonStatus implements StatusSource {
    /** @param at when the rows were made, on the clock that counts time asleep */
    private record Rows(List<WatchRow> rows, Duration at) {}

    private final Supplier<List<WatchRow>> rows;
    private final CommandBackend backend;
    private final Timeline timeline;
    private final PublishedState<Rows> published;

    /**
     * @param rows of the keeper; called on its thread
     * @param backend says who keeps the mappings, and which relays run
     */
    DaemonStatus(Supplier<List<WatchRow>> rows, CommandBackend backend, Timeline timeline) {
        this.rows = rows;
        this.backend = backend;
        this.timeline = timeline;
        this.published = new PublishedState<>(new Rows(List.of(), timeline.elapsed()));
    }

    @Override
    public void publish() {
        List<WatchRow> now = rows.get();
        published.publish(
                new Rows(now, timeline.elapsed()),
                now.stream().map(row -> row.withSecondsLeft(Optional.empty())).toList());
    }

    @Override
    public String document() {
        return document(published.state());
    }

    @Override
    public void follow(Predicate<String> client) throws InterruptedException {
        published.follow(state -> client.test(document(state)));
    }

    private String document(Rows state) {
        long age = timeline.elapsed().minus(state.at()).toSeconds();
        List<WatchRow> now = state.rows().stream()
                .map(row -> row.withSecondsLeft(row.secondsLeft().map(left -> Math.max(0, left - age))))
                .toList();
        return WatchDocument.write(now, backend.keeper(), backend.relays());
    }
}
