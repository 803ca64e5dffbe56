package dev.ajar.service.backend;

import dev.ajar.control.PublishedState;
import dev.ajar.daemon.StatusSource;
import dev.ajar.relay.RelayReport;
import dev.ajar.service.WatchReport;
import dev.ajar.service.WatchRow;
import dev.ajar.service.json.WatchDocument;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Publishes the keeper's mappings after every pass, so that a client never waits for a router. */
final class DaemonStatus implements StatusSource {
    /** @param at when the report was made, on the clock that counts time asleep */
    private record Published(WatchReport report, Duration at) {}

    private final Supplier<WatchReport> source;
    private final Supplier<List<RelayReport>> relays;
    private final Timeline timeline;
    private final PublishedState<Published> published;

    /**
     * @param source the state without the relays; called on the keeper's thread
     * @param relays that run now; called on a client's thread
     */
    DaemonStatus(Supplier<WatchReport> source, Supplier<List<RelayReport>> relays, Timeline timeline) {
        this.source = source;
        this.relays = relays;
        this.timeline = timeline;
        this.published = new PublishedState<>(new Published(
                new WatchReport(Optional.empty(), List.of(), List.of(), List.of(), List.of()), timeline.elapsed()));
    }

    @Override
    public void publish() {
        WatchReport now = source.get();
        published.publish(new Published(now, timeline.elapsed()), now.fingerprint());
    }

    @Override
    public String document() {
        return WatchDocument.write(report());
    }

    private WatchReport report() {
        return aged(published.state(), relays.get());
    }

    /** The state with the seconds that are left now, without the relays, which may take seconds to answer. */
    WatchReport kept() {
        return aged(published.state(), List.of());
    }

    @Override
    public void follow(Predicate<String> client) throws InterruptedException {
        published.follow(state -> client.test(WatchDocument.write(aged(state, relays.get()))));
    }

    private WatchReport aged(Published state, List<RelayReport> running) {
        long age = timeline.elapsed().minus(state.at()).toSeconds();
        List<WatchRow> rows = state.report().rows().stream()
                .map(row -> row.withSecondsLeft(row.secondsLeft().map(left -> Math.max(0, left - age))))
                .toList();
        WatchReport report = state.report();
        return new WatchReport(report.keeper(), rows, report.gateways(), running, report.events());
    }
}
