package dev.ajar.service.backend;

import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.decision.DualStack;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.metrics.DaemonMetrics;
import dev.ajar.metrics.DaemonState;
import dev.ajar.metrics.EventCounts;
import dev.ajar.metrics.Exposition;
import dev.ajar.metrics.ExpositionFormat;
import dev.ajar.metrics.Readiness;
import dev.ajar.relay.RelayReport;
import dev.ajar.service.BuildVersion;
import dev.ajar.system.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The daemon as monitoring systems see it, on any thread. */
final class Monitoring {
    private final Supplier<Optional<Keeper>> keeper;
    private final Supplier<List<RelayReport>> relays;
    private final BooleanSupplier passed;
    private final Timeline timeline;
    private final Instant started;
    private final EventCounts counts = new EventCounts();

    /**
     * @param keeper empty while the daemon starts
     * @param relays that run now
     * @param passed whether the keeper has made a pass
     */
    Monitoring(
            Supplier<Optional<Keeper>> keeper,
            Supplier<List<RelayReport>> relays,
            BooleanSupplier passed,
            Timeline timeline) {
        this.keeper = keeper;
        this.relays = relays;
        this.passed = passed;
        this.timeline = timeline;
        this.started = timeline.instant();
    }

    /** Counts every event, and passes it on. */
    Consumer<KeeperEvent> counting(Consumer<KeeperEvent> others) {
        return event -> {
            counts.count(event);
            others.accept(event);
        };
    }

    String metrics(ExpositionFormat format) {
        return Exposition.write(DaemonMetrics.of(BuildVersion.text(), state(relays.get()), counts.counts()), format);
    }

    /** At once, whatever the relays do. */
    Readiness readiness() {
        return Readiness.of(state(List.of()));
    }

    private DaemonState state(List<RelayReport> running) {
        Optional<Keeper> there = keeper.get();
        return new DaemonState(
                started,
                timeline.instant(),
                timeline.elapsed(),
                passed.getAsBoolean(),
                there.map(Keeper::tracked).map(DualStack::withoutClosed).orElse(List.of()),
                there.map(Keeper::gateways).orElse(List.of()),
                running);
    }
}
