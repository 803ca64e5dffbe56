package dev.ajar.keeper;

import dev.ajar.model.Claim;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.ManualRule;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What another address of this machine, or another way to the internet, means for what is open. */
final class Relocation {
    private static final String MOVED = "this machine has another address now";
    private static final String REROUTED = "the way to the internet leads through another router now";

    private final KeeperState keeperState;
    private final OwnerScope scope;
    private final NetworkChangeDetector context;
    private final Timeline timeline;
    private final Consumer<KeeperEvent> events;

    Relocation(
            KeeperState keeperState,
            OwnerScope scope,
            NetworkChangeDetector context,
            Timeline timeline,
            Consumer<KeeperEvent> events) {
        this.keeperState = keeperState;
        this.scope = scope;
        this.context = context;
        this.timeline = timeline;
        this.events = events;
    }

    /**
     * The notes as they stand after a move: what leads to an address this machine no longer has leads nowhere, or to
     * somebody else; what a router holds that nothing comes through any more is of no use.
     */
    Snapshot of(Snapshot snapshot) {
        Snapshot after = snapshot;
        for (MappingRecord mappingRecord : snapshot.mappingRecords()) {
            boolean stale = scope.concerns(snapshot, mappingRecord)
                    && (isOnOtherNetwork(mappingRecord.claim()) || isOffTheWay(snapshot, mappingRecord));
            after = stale ? after.with(mappingRecord.markedForRemoval()) : after;
        }
        for (TrackedMapping tracked : List.copyOf(keeperState.tracked())) {
            if (tracked.state() instanceof MappingState.Active open) {
                Claim claim = open.lease().claim();
                if (isOnOtherNetwork(claim)) {
                    lose(tracked, MOVED);
                } else if (isOffTheWay(tracked.desired(), claim)) {
                    lose(tracked, REROUTED);
                }
            }
        }
        reportStale(after);
        return after;
    }

    /** The notes with what routers in front forward to the inner one leading to the address it has now. */
    Snapshot readdressed(Snapshot snapshot) {
        if (keeperState.readdressed().isEmpty()) {
            return snapshot;
        }
        Snapshot after = snapshot;
        for (DesiredMapping desired : snapshot.desiredMappings()) {
            if (scope.includes(desired.owner())
                    && desired.mapping().target() instanceof Target.InnerRouter(InetAddress far, Port port)
                    && keeperState.readdressed().containsKey(far)) {
                InetAddress now = keeperState.readdressed().getOrDefault(far, far);
                after = after.with(new DesiredMapping(
                        desired.mapping().to(new Target.InnerRouter(now, port)),
                        desired.selection(),
                        desired.owner(),
                        desired.madeAt(),
                        desired.until()));
            }
        }
        keeperState.readdressed().clear();
        return after;
    }

    private void lose(TrackedMapping tracked, String why) {
        events.accept(new KeeperEvent.Lost(tracked.desired(), why));
        keeperState.put(tracked.state(new MappingState.Inactive(timeline.elapsed(), 0, true, Optional.empty())));
    }

    /** Whether it leads to an address of this machine that it no longer has. */
    boolean isOnOtherNetwork(Claim claim) {
        return context.network()
                .towards(claim.gateway().address())
                .map(LocalRoute::localAddress)
                .filter(claim::isMisdirected)
                .isPresent();
    }

    private boolean isOffTheWay(Snapshot snapshot, MappingRecord mappingRecord) {
        return snapshot.desiredMappings().stream()
                .filter(desired -> scope.includes(desired.owner()))
                .anyMatch(desired -> isOffTheWay(desired, mappingRecord.claim()));
    }

    /** A gateway that somebody named stays the one, wherever the way leads. */
    private boolean isOffTheWay(DesiredMapping desired, Claim claim) {
        return desired.selection().gateway().isEmpty()
                && desired.selection().location().isEmpty()
                && desired.isServedBy(claim)
                && context.formerGateway().equals(Optional.of(claim.gateway().address()));
    }

    /** What was made by hand only a hand can change. */
    private void reportStale(Snapshot snapshot) {
        Optional<InetAddress> now = context.network().routes().stream()
                .filter(route -> route.gateway().isPresent())
                .map(LocalRoute::localAddress)
                .findFirst();
        for (ManualRule rule : snapshot.manualRules()) {
            now.filter(rule::isMisdirected)
                    .ifPresent(address -> events.accept(new KeeperEvent.ManualRuleStale(rule, address)));
        }
    }
}
