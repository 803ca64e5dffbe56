package dev.ajar.keeper;

import dev.ajar.keeper.decision.Relocation;
import dev.ajar.keeper.decision.StateSync;
import dev.ajar.keeper.model.ExchangeKey;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.KeeperStep;
import dev.ajar.keeper.model.OwnerScope;
import dev.ajar.keeper.model.PendingRemoval;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.model.Durations;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The removals at a keeper's end: on each router one after the other, and on no router because of another. */
final class FinalRemovals {
    private final KeeperState state;
    private final ExchangeDispatcher dispatcher;
    private final OwnerScope scope;
    private final Relocation relocation;

    FinalRemovals(KeeperState state, ExchangeDispatcher dispatcher, OwnerScope scope, Relocation relocation) {
        this.state = state;
        this.dispatcher = dispatcher;
        this.scope = scope;
        this.relocation = relocation;
    }

    /**
     * Those that are not removed in time stay pending.
     *
     * @param patience the end of removals that take long
     */
    void run(StateStore store, StateSync stateSync, ShutdownPolicy policy, Deadline usual, Deadline patience) {
        if (store.load() instanceof Result.Ok<Snapshot>(Snapshot snapshot)) {
            Snapshot after = marked(snapshot, policy);
            store.save(after);
            stateSync.sync(after);
            run(usual, patience);
        }
    }

    private Snapshot marked(Snapshot snapshot, ShutdownPolicy policy) {
        Snapshot after = snapshot;
        for (MappingRecord mappingRecord : snapshot.mappingRecords()) {
            boolean stays = stays(mappingRecord, policy);
            boolean remove =
                    scope.concerns(snapshot, mappingRecord) && !isWantedByOthers(snapshot, mappingRecord) && !stays;
            after = remove ? after.with(mappingRecord.markedForRemoval()) : after;
        }
        for (DesiredMapping desired : snapshot.desiredMappings()) {
            boolean ends = scope.includes(desired.owner()) && endsWithTheKeeper(desired.owner(), policy);
            after = ends ? after.without(desired) : after;
        }
        return after;
    }

    /** A container's wish is kept for the next daemon where its mapping is: that one begins without a gap. */
    private static boolean endsWithTheKeeper(Owner owner, ShutdownPolicy policy) {
        return switch (owner) {
            case Owner.Launch ignored -> true;
            case Owner.Container ignored -> policy == ShutdownPolicy.CLOSE_ALL;
            case Owner.User ignored -> false;
            case Owner.Configuration ignored -> false;
        };
    }

    /** Whether it also serves a desired mapping of an owner outside {@link #scope}. */
    private boolean isWantedByOthers(Snapshot snapshot, MappingRecord mappingRecord) {
        return snapshot.desiredMappings().stream()
                .filter(desired -> !scope.includes(desired.owner()))
                .anyMatch(desired -> desired.isServedBy(mappingRecord.claim()));
    }

    private static boolean stays(MappingRecord mappingRecord, ShutdownPolicy policy) {
        return switch (policy) {
            case CLOSE_ALL -> false;
            case KEEP_LEASES -> endsByItself(mappingRecord);
            case KEEP_ALL -> true;
        };
    }

    private static boolean endsByItself(MappingRecord mappingRecord) {
        return mappingRecord
                .lease()
                .filter(lease -> lease.granted() instanceof LeaseDuration.Finite)
                .isPresent();
    }

    private void run(Deadline usual, Deadline patience) {
        List<PendingRemoval> all = List.copyOf(state.pendingRemovals().all());
        List<PendingRemoval> left = new ArrayList<>(all);
        boolean slow = all.stream().anyMatch(FinalRemovals::isSlow);
        Deadline deadline = slow ? patience : usual;
        boolean waits = true;
        while (waits && !deadline.hasPassed()) {
            Optional<PendingRemoval> next =
                    left.stream().filter(one -> !dispatcher.isBusy(laneOf(one))).findFirst();
            next.ifPresent(removal -> {
                left.remove(removal);
                Deadline end = isSlow(removal) ? patience : usual;
                if (!hasGatewayFailed(removal) && !end.hasPassed()) {
                    dispatcher.begin(new KeeperStep.Remove(removal), Optional.of(end.within(share(end, all))));
                }
            });
            if (next.isEmpty()) {
                waits = !dispatcher.isIdle();
                dispatcher.exchanges().await(waits ? deadline.remaining() : Duration.ZERO);
            }
        }
        dispatcher.cancelAll();
        dispatcher.recordRemovals(all);
    }

    private static boolean isSlow(PendingRemoval removal) {
        return removal.mappingRecord().claim().gateway().method().traits().isSlow();
    }

    private static ExchangeKey laneOf(PendingRemoval removal) {
        return new ExchangeKey.Router(removal.mappingRecord().claim().gateway().address());
    }

    private boolean hasGatewayFailed(PendingRemoval removal) {
        return state.pendingRemovals().all().stream()
                .anyMatch(other -> other.failures() > removal.failures()
                        && isSameGateway(other, removal)
                        // A mapping to a former address of this machine fails because of that address.
                        && !relocation.isOnOtherNetwork(other.mappingRecord().claim()));
    }

    /** Where one exchange waits for the other, a silent gateway must leave time for the others. */
    private Duration share(Deadline deadline, List<PendingRemoval> all) {
        if (!dispatcher.exchanges().areInline()) {
            return deadline.remaining();
        }
        long gateways = all.stream()
                .filter(removal ->
                        state.pendingRemovals().of(removal.mappingRecord()).isPresent())
                .map(removal -> removal.mappingRecord().claim().gateway())
                .distinct()
                .count();
        return Durations.divided(deadline.remaining(), Math.max(1, gateways));
    }

    private static boolean isSameGateway(PendingRemoval one, PendingRemoval other) {
        return one.mappingRecord()
                .claim()
                .gateway()
                .equals(other.mappingRecord().claim().gateway());
    }
}
