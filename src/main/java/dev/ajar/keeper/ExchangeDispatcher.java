package dev.ajar.keeper;

import dev.ajar.keeper.decision.ObservationFilter;
import dev.ajar.keeper.exchange.ActiveExchanges;
import dev.ajar.keeper.exchange.Exchanges;
import dev.ajar.keeper.exchange.StepExecutor;
import dev.ajar.keeper.model.ExchangeKey;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.KeeperStep;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.PendingRemoval;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Begins the exchanges of steps, one at a time in each lane, and hears what they have shown. For the keeper's thread.
 */
final class ExchangeDispatcher {
    /** The pause between two steps: a UPnP renewal takes three requests, a NAT-PMP one a single packet. */
    static final Duration PACE = Duration.ofMillis(60);

    private static final Duration SLOW_PACE = Duration.ofMillis(200);

    private final KeeperState state;
    private final StepExecutor.Common common;
    private final Timeline timeline;
    private final Consumer<Observation> observer;
    private final ActiveExchanges lanes = new ActiveExchanges();
    private final List<Runnable> whenIdle = new ArrayList<>();
    private Exchanges exchanges = Exchanges.inline();

    /** @param observer changes {@code state} */
    ExchangeDispatcher(KeeperState state, StepExecutor.Common common, Consumer<Observation> observer) {
        this.state = state;
        this.common = common;
        this.timeline = common.timeline();
        this.observer = observer;
    }

    /** Before the first step. */
    void exchangeOn(Exchanges others) {
        exchanges = others;
    }

    Exchanges exchanges() {
        return exchanges;
    }

    boolean isFree(ExchangeKey lane) {
        return lanes.isFree(lane, timeline.elapsed());
    }

    boolean isBusy(ExchangeKey lane) {
        return lanes.isBusy(lane);
    }

    boolean isBusy(InetAddress router) {
        return lanes.isBusy(new ExchangeKey.Router(router));
    }

    boolean isIdle() {
        return lanes.isIdle();
    }

    /** Whether {@code step} would end before the last of those under way. */
    boolean endsBeforeOthers(KeeperStep step) {
        Duration end = timeline.elapsed().plus(common.time(step).share());
        return lanes.lastEnd().filter(last -> end.compareTo(last) <= 0).isPresent();
    }

    Optional<Duration> firstRested() {
        return lanes.firstRested(timeline.elapsed());
    }

    /** Ends all exchanges soon; what they show does not count. */
    void cancelAll() {
        lanes.cancelAll();
    }

    /** Ends the exchanges that a command need not wait for. */
    void cancelQuick() {
        lanes.cancelQuick();
    }

    /** Whether one is under way that takes long. */
    boolean isPatient() {
        return lanes.isPatient();
    }

    /** Waits until no exchange is under way, and does what else is handed over meanwhile. */
    void awaitIdle(Deadline longest) {
        while (!lanes.isIdle() && !longest.hasPassed()) {
            exchanges.await(longest.remaining());
        }
    }

    /** Once no exchange is under way. */
    void whenIdle(Runnable action) {
        if (lanes.isIdle()) {
            action.run();
        } else {
            whenIdle.add(action);
        }
    }

    /** @param limit the step does not last longer than that */
    void begin(KeeperStep step, Optional<Deadline> limit) {
        StepExecutor executor = new StepExecutor(common, step, limit);
        Optional<ExchangeKey> needed = step.lane(state);
        if (needed.isEmpty()) {
            heard(step, executor.execute());
            return;
        }
        ExchangeKey lane = needed.get();
        AtomicReference<List<Observation>> shown = new AtomicReference<>(List.of());
        AtomicReference<Optional<RuntimeException>> bug = new AtomicReference<>(Optional.empty());
        lanes.begins(
                lane,
                timeline.elapsed().plus(executor.remaining()),
                common.time(step).patient());
        Exchanges.Running running = exchanges.begin(
                () -> {
                    try {
                        shown.set(executor.execute());
                    } catch (RuntimeException e) {
                        bug.set(Optional.of(e));
                    }
                },
                () -> ended(step, lane, shown.get(), bug.get()));
        lanes.runs(lane, running);
    }

    private void ended(KeeperStep step, ExchangeKey lane, List<Observation> shown, Optional<RuntimeException> bug) {
        Duration rest = bug.isPresent() ? KeeperLoop.AFTER_A_BUG : pauseBetweenThreads(step);
        boolean counts = lanes.ends(lane, timeline.elapsed().plus(rest));
        if (lanes.isIdle()) {
            List<Runnable> waiting = List.copyOf(whenIdle);
            whenIdle.clear();
            waiting.forEach(Runnable::run);
        }
        if (bug.isPresent()) {
            throw bug.get();
        }
        if (counts) {
            heard(step, shown);
        }
    }

    private Duration pauseBetweenThreads(KeeperStep step) {
        return exchanges.areInline() ? Duration.ZERO : pauseAfter(step);
    }

    static Duration pauseAfter(KeeperStep step) {
        return switch (step) {
            case KeeperStep.Open ignored -> SLOW_PACE;
            case KeeperStep.Renew(var tracked, MappingState.Active open) ->
                open.lease().claim().gateway().method().traits().pace();
            case KeeperStep.Remove ignored -> SLOW_PACE;
            case KeeperStep.Verify ignored -> PACE;
            case KeeperStep.Expire ignored -> Duration.ZERO;
            case KeeperStep.Probe ignored -> Duration.ZERO;
            case KeeperStep.Rediscover ignored -> Duration.ZERO;
        };
    }

    private void heard(KeeperStep step, List<Observation> shown) {
        new ObservationFilter(state).of(shown).forEach(observer);
        if (step instanceof KeeperStep.Remove(PendingRemoval removal)) {
            recordRemovals(List.of(removal));
        }
    }

    /**
     * Drops the records of those that have been removed. Only of those: a step before may have marked other records,
     * which are not pending until the state file is read again.
     */
    void recordRemovals(Collection<PendingRemoval> attempted) {
        StateStore store = common.store().branch();
        if (!(store.load() instanceof Result.Ok<Snapshot>(Snapshot snapshot))) {
            return;
        }
        Snapshot after = snapshot;
        for (PendingRemoval removal : attempted) {
            MappingRecord mappingRecord = removal.mappingRecord();
            boolean removed = state.pendingRemovals().of(mappingRecord).isEmpty();
            after = removed ? after.withoutThis(mappingRecord) : after;
        }
        if (!after.equals(snapshot)) {
            store.save(after);
        }
    }
}
