package dev.ajar.mapping;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.mapping.CloseReport.CloseOutcome;
import dev.ajar.mapping.CloseReport.CloseRequest;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Closes what ajar opened; what it did not, only when told so in so many words. */
final class ClosePorts {
    private final GatewaySource gateways;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;

    /** Finding a gateway again takes a while, so it is done once for each. */
    private final Map<GatewayId, Result<Gateway>> reopened = new HashMap<>();

    private final List<ProbeAttempt> attempts = new ArrayList<>();
    private Snapshot snapshot = Snapshot.EMPTY;
    private boolean force;

    ClosePorts(GatewaySource gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    /** @param forced also what ajar did not open, and notes of routers that are gone */
    CloseReport run(List<CloseRequest> ports, GatewaySelector selection, boolean forced, TimeBudget budget) {
        force = forced;
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> CloseReport.failed(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield locked(ports, selection, budget);
                }
            }
        };
    }

    private CloseReport locked(List<CloseRequest> ports, GatewaySelector selection, TimeBudget budget) {
        switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> {
                return CloseReport.failed(failure);
            }
            case Result.Ok<Snapshot>(Snapshot loaded) -> snapshot = loaded.current(timeline.instant());
        }
        ForeignMappings foreign = new ForeignMappings(gateways, selection, force, budget, progress);
        List<CloseOutcome> outcomes = new ArrayList<>();
        for (CloseRequest wanted : ports) {
            List<MappingRecord> ours = snapshot.on(wanted.protocol(), wanted.externalPort()).stream()
                    .filter(mappingRecord -> isMeant(mappingRecord, selection))
                    .toList();
            boolean requested = forget(wanted, ours, selection);
            boolean byHand = snapshot.manualRules().stream()
                    .anyMatch(rule -> rule.isFor(wanted.protocol(), wanted.externalPort()));
            snapshot = snapshot.withoutHandMade(wanted.protocol(), wanted.externalPort());
            if (ours.isEmpty() && byHand) {
                outcomes.add(
                        new CloseOutcome.WasNotOpen(
                                wanted,
                                "you forwarded it by hand and ajar no longer watches it; remove the rule on the router's own page"));
            } else if (ours.isEmpty() && requested) {
                outcomes.add(new CloseOutcome.WasNotOpen(wanted, "ajar no longer tries to keep it open"));
            } else if (ours.isEmpty()) {
                outcomes.add(foreign.close(wanted));
            } else {
                ours.forEach(mappingRecord -> outcomes.add(close(wanted, mappingRecord, budget)));
            }
        }
        attempts.addAll(foreign.attempts());
        Optional<Failure> unwritten = switch (store.save(snapshot)) {
            case Result.Ok<StateStore.Written> ignored -> Optional.empty();
            case Result.Err<StateStore.Written>(Failure failure) -> Optional.of(failure);
        };
        return new CloseReport(List.copyOf(outcomes), unwritten, List.copyOf(attempts));
    }

    private static boolean isMeant(MappingRecord mappingRecord, GatewaySelector selection) {
        return selection
                .gateway()
                .map(mappingRecord.claim().gateway().address()::equals)
                .orElse(true);
    }

    private CloseOutcome close(CloseRequest wanted, MappingRecord mappingRecord, TimeBudget budget) {
        if (mappingRecord.isPinhole() && snapshot.isWanted(mappingRecord)) {
            return new CloseOutcome.WasNotOpen(
                    wanted, "over IPv6 it stays open, since another port that is kept open leads to the same");
        }
        progress.begins("asking the router to close " + wanted.protocol().label() + " " + wanted.externalPort());
        Result<Gateway> gateway = reopened.computeIfAbsent(
                mappingRecord.claim().gateway(), id -> gateways.reopen(mappingRecord.claim(), budget.freshSearch()));
        return switch (gateway) {
            case Result.Err<Gateway>(Failure failure) ->
                force ? forgotten(wanted, mappingRecord) : failed(wanted, mappingRecord, failure);
            case Result.Ok<Gateway>(Gateway found) -> close(wanted, mappingRecord, found, budget);
        };
    }

    private CloseOutcome close(CloseRequest wanted, MappingRecord mappingRecord, Gateway gateway, TimeBudget budget) {
        return switch (new Removal(gateways, budget.whole()).of(mappingRecord, gateway, timeline.instant())) {
            case Removal.RemovalOutcome.Removed ignored -> {
                snapshot = snapshot.without(mappingRecord);
                yield new CloseOutcome.Closed(
                        wanted, Optional.of(mappingRecord.claim().internal()), gateway.info());
            }
            case Removal.RemovalOutcome.NotThere(String remark, boolean certain) -> {
                snapshot = certain ? snapshot.without(mappingRecord) : snapshot;
                yield new CloseOutcome.WasNotOpen(wanted, remark);
            }
            case Removal.RemovalOutcome.Failed(Failure failure) -> failed(wanted, mappingRecord, failure);
        };
    }

    /** Its router is gone for good, says whoever forces it. */
    private CloseOutcome forgotten(CloseRequest wanted, MappingRecord mappingRecord) {
        snapshot = snapshot.without(mappingRecord);
        return new CloseOutcome.WasNotOpen(
                wanted, "the router it was opened on does not answer; ajar's note of it is gone now");
    }

    /** Written down, so that whoever looks after the ports tries again. */
    private CloseOutcome failed(CloseRequest wanted, MappingRecord mappingRecord, Failure failure) {
        snapshot = snapshot.with(mappingRecord.markedForRemoval());
        return new CloseOutcome.Failed(wanted, failure);
    }

    /** Nobody is to open it again. Tells whether anybody would have. */
    private boolean forget(CloseRequest wanted, List<MappingRecord> ours, GatewaySelector selection) {
        int before = snapshot.desiredMappings().size();
        for (DesiredMapping desired : snapshot.desiredMappings()) {
            boolean meant = desired.protocol() == wanted.protocol()
                    && (isOnlyWanted(desired, wanted, selection)
                            || ours.stream().anyMatch(h -> isFor(desired, h, wanted)));
            snapshot = meant ? snapshot.without(desired) : snapshot;
        }
        return snapshot.desiredMappings().size() < before;
    }

    /** A hole that several wishes share is only that one's which was named. */
    private boolean isFor(DesiredMapping desired, MappingRecord mappingRecord, CloseRequest wanted) {
        return snapshot.serves(desired, mappingRecord)
                && (!mappingRecord.isPinhole() || desired.externalPort().equals(wanted.externalPort()));
    }

    /** Whether that port is wanted and has not come to another one. */
    private boolean isOnlyWanted(DesiredMapping desired, CloseRequest wanted, GatewaySelector selection) {
        boolean daemonClient = selection.gateway().isPresent()
                && snapshot.of(desired)
                        .filter(mappingRecord -> !isMeant(mappingRecord, selection))
                        .isPresent();
        return !daemonClient
                && desired.externalPort().equals(wanted.externalPort())
                && snapshot.of(desired)
                        .map(MappingRecord::externalPort)
                        .filter(port -> !port.equals(wanted.externalPort()))
                        .isEmpty();
    }
}
