package dev.ajar.mapping.removal;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.CloseReport.CloseOutcome;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.mapping.report.FailureRules;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Closes ports that ajar opened, and with {@code --force} those of others. */
public final class ClosePorts {
    private final GatewaySource gateways;
    private final RouterTables tables;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;

    /** Each gateway is searched for once, because a search takes a while. */
    private final Map<Asked, Result<Gateway>> reopened = new HashMap<>();

    /** A machine with several addresses closes each mapping from its own. */
    private record Asked(GatewayId gateway, InetAddress from) {}

    private final List<ProbeAttempt> attempts = new ArrayList<>();
    private Snapshot snapshot = Snapshot.EMPTY;
    private boolean force;

    public ClosePorts(GatewaySource gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.tables = new RouterTables(gateways);
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    /** @param forced also closes ports that ajar did not open, and deletes the records of routers that do not answer */
    public CloseReport run(List<CloseRequest> ports, GatewaySelector selection, boolean forced, TimeBudget budget) {
        force = forced;
        return locked(() -> close(ports, selection, budget));
    }

    /**
     * Closes what a crash left: by the state file, with the checks of every removal.
     *
     * @param ended whether the process of an {@code ajar run} is gone
     */
    public CloseReport runStale(Predicate<Owner.Launch> ended, GatewaySelector selection, TimeBudget budget) {
        return locked(() -> stale(ended, selection, budget));
    }

    /** With the state file locked and its content in {@link #snapshot}. */
    private CloseReport locked(Supplier<CloseReport> work) {
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> CloseReport.failed(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield switch (store.load()) {
                        case Result.Err<Snapshot>(Failure failure) -> CloseReport.failed(failure);
                        case Result.Ok<Snapshot>(Snapshot loaded) -> {
                            snapshot = loaded.current(timeline.instant());
                            yield work.get();
                        }
                    };
                }
            }
        };
    }

    private CloseReport stale(Predicate<Owner.Launch> ended, GatewaySelector selection, TimeBudget budget) {
        snapshot = StalePorts.marked(snapshot, timeline.instant(), ended);
        List<CloseOutcome> outcomes = snapshot.mappingRecords().stream()
                .filter(record -> record.leaving() && isSelected(record, selection))
                .map(record -> close(
                        new CloseRequest(
                                record.protocol(),
                                record.externalPort(),
                                record.claim().internal().port()),
                        record,
                        budget))
                .toList();
        return new CloseReport(outcomes, List.of(), save(), attempts);
    }

    private Optional<Failure> save() {
        return switch (store.save(snapshot)) {
            case Result.Ok<StateStore.Written> ignored -> Optional.empty();
            case Result.Err<StateStore.Written>(Failure failure) -> Optional.of(failure);
        };
    }

    private CloseReport close(List<CloseRequest> ports, GatewaySelector selection, TimeBudget budget) {
        Snapshot before = snapshot;
        ForeignMappings foreign = new ForeignMappings(gateways, selection, force, budget, progress);
        List<CloseOutcome> outcomes = new ArrayList<>();
        for (CloseRequest wanted : ports) {
            List<MappingRecord> ours = ClosablePorts.of(snapshot, wanted).stream()
                    .filter(record -> isSelected(record, selection))
                    .toList();
            boolean wasDesired = endDesired(wanted, ours, selection);
            boolean byHand = snapshot.manualRules().stream()
                    .anyMatch(rule -> rule.isFor(wanted.protocol(), wanted.externalPort()));
            snapshot = snapshot.withoutHandMade(wanted.protocol(), wanted.externalPort());
            if (ours.isEmpty() && byHand) {
                outcomes.add(new CloseOutcome.WasNotOpen(wanted, Message.of("mapping.rule-forgotten")));
            } else if (ours.isEmpty() && wasDesired) {
                outcomes.add(new CloseOutcome.WasNotOpen(wanted, Message.of("mapping.no-longer-desired")));
            } else if (ours.isEmpty()) {
                outcomes.add(foreign.close(wanted));
            } else {
                ours.forEach(record -> outcomes.add(close(of(record, wanted), record, budget)));
            }
        }
        attempts.addAll(foreign.attempts());
        return new CloseReport(outcomes, CloseNotes.of(before, snapshot, ports), save(), attempts);
    }

    /** The port that was asked for may have been granted as another, which is the one that is closed. */
    private static CloseRequest of(MappingRecord record, CloseRequest wanted) {
        return new CloseRequest(wanted.protocol(), record.externalPort(), wanted.internalPort());
    }

    private static boolean isSelected(MappingRecord record, GatewaySelector selection) {
        return selection
                .gateway()
                .map(record.claim().gateway().address()::equals)
                .orElse(true);
    }

    private CloseOutcome close(CloseRequest wanted, MappingRecord record, TimeBudget budget) {
        if (record.isPinhole() && snapshot.isWanted(record)) {
            return new CloseOutcome.WasNotOpen(wanted, Message.of("mapping.pinhole-shared"));
        }
        progress.begins(
                Message.of("mapping.asking-to-close", "port", wanted.protocol().label(wanted.externalPort())));
        Result<Gateway> gateway = reopened.computeIfAbsent(
                new Asked(record.claim().gateway(), record.claim().internal().address()),
                asked -> gateways.reopen(record.claim(), budget.freshSearch()));
        return switch (gateway) {
            case Result.Err<Gateway>(Failure failure) ->
                force
                        ? deleted(wanted, record)
                        : failed(wanted, record, FailureRules.unreached(failure, record.claim(), gateways));
            case Result.Ok<Gateway>(Gateway found) -> close(wanted, record, found, budget);
        };
    }

    private CloseOutcome close(CloseRequest wanted, MappingRecord record, Gateway gateway, TimeBudget budget) {
        return switch (new Removal(gateways, tables, budget.whole(), force).of(record, gateway, timeline.instant())) {
            case Removal.RemovalOutcome.Removed ignored -> {
                snapshot = snapshot.without(record);
                yield new CloseOutcome.Closed(wanted, Optional.of(record.claim().internal()), gateway.info());
            }
            case Removal.RemovalOutcome.NotThere(Message remark, boolean ignored) -> {
                snapshot = snapshot.without(record);
                yield new CloseOutcome.WasNotOpen(wanted, remark);
            }
            // An earlier copy of a refused request may have been carried out without a word.
            case Removal.RemovalOutcome.Failed(Failure failure) -> failed(wanted, record.doubted(), failure);
        };
    }

    /** The user forces it, so the router counts as gone for good. */
    private CloseOutcome deleted(CloseRequest wanted, MappingRecord record) {
        snapshot = snapshot.without(record);
        return new CloseOutcome.WasNotOpen(wanted, Message.of("mapping.record-deleted"));
    }

    /** Records the removal as pending, so that the daemon or the next command tries again. */
    private CloseOutcome failed(CloseRequest wanted, MappingRecord record, Failure failure) {
        MappingRecord kept = failure.mayHaveHappened() ? record.doubted() : record;
        snapshot = snapshot.with(kept.markedForRemoval());
        return new CloseOutcome.Failed(wanted, failure);
    }

    /**
     * Ends the desired mappings of the port, so that no process opens it again.
     *
     * @return whether there were any
     */
    private boolean endDesired(CloseRequest wanted, List<MappingRecord> ours, GatewaySelector selection) {
        int before = snapshot.desiredMappings().size();
        for (DesiredMapping desired : snapshot.desiredMappings()) {
            boolean ends = desired.protocol() == wanted.protocol()
                    && (isUnserved(desired, wanted, selection)
                            || ours.stream().anyMatch(record -> serves(record, desired, wanted)));
            snapshot = ends ? snapshot.without(desired) : snapshot;
        }
        return snapshot.desiredMappings().size() < before;
    }

    /** A pinhole may serve several desired mappings; only the one of the named port ends. */
    private boolean serves(MappingRecord record, DesiredMapping desired, CloseRequest wanted) {
        return snapshot.serves(desired, record)
                && (!record.isPinhole() || desired.externalPort().equals(wanted.externalPort()));
    }

    /** Whether it desires that port, and has neither another one nor one on another gateway. */
    private boolean isUnserved(DesiredMapping desired, CloseRequest wanted, GatewaySelector selection) {
        return desired.externalPort().equals(wanted.externalPort())
                && snapshot.of(desired)
                        .filter(record -> !isSelected(record, selection)
                                || !record.externalPort().equals(wanted.externalPort()))
                        .isEmpty();
    }
}
