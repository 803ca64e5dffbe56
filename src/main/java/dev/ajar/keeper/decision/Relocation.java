package dev.ajar.keeper.decision;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.OwnerScope;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
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

/** Adapts mappings to another address of this machine and to another route to the internet. */
public final class Relocation {
    private final KeeperState keeperState;
    private final OwnerScope scope;
    private final NetworkChangeDetector network;
    private final Timeline timeline;
    private final Consumer<KeeperEvent> events;
    private boolean begun;

    public Relocation(
            KeeperState keeperState,
            OwnerScope scope,
            NetworkChangeDetector network,
            Timeline timeline,
            Consumer<KeeperEvent> events) {
        this.keeperState = keeperState;
        this.scope = scope;
        this.network = network;
        this.timeline = timeline;
        this.events = events;
    }

    /**
     * The snapshot after a change of the network. It marks for removal the mappings to an address this machine no
     * longer has, which another device may have now, and those on a router that is no longer on the route to the
     * internet.
     */
    public Snapshot of(Snapshot snapshot) {
        Snapshot after = withoutStale(snapshot);
        for (TrackedMapping tracked : List.copyOf(keeperState.tracked())) {
            if (tracked.state() instanceof MappingState.Active open) {
                Claim claim = open.lease().claim();
                if (isOnOtherNetwork(claim)) {
                    lose(tracked, Message.of("keeper.moved"));
                } else if (isOffRoute(tracked.desired(), claim)) {
                    lose(tracked, Message.of("keeper.rerouted"));
                }
            }
        }
        reportStale(after);
        return after;
    }

    /**
     * The first snapshot is that of an earlier process, which may have ended before this machine got another address.
     *
     * @param changed whether the network has changed since the last call
     */
    public Snapshot of(Snapshot snapshot, boolean changed) {
        boolean first = !begun;
        begun = true;
        return changed ? of(snapshot) : first ? withoutStale(snapshot) : snapshot;
    }

    private Snapshot withoutStale(Snapshot snapshot) {
        Snapshot after = snapshot;
        for (MappingRecord mappingRecord : snapshot.mappingRecords()) {
            boolean stale = scope.concerns(snapshot, mappingRecord)
                    && (isOnOtherNetwork(mappingRecord.claim()) || isOffRoute(snapshot, mappingRecord));
            after = stale ? after.with(mappingRecord.markedForRemoval()) : after;
        }
        return after;
    }

    /** The snapshot in which mappings on an outer router lead to the new external address of the inner router. */
    public Snapshot readdressed(Snapshot snapshot) {
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

    private void lose(TrackedMapping tracked, Message why) {
        events.accept(new KeeperEvent.Lost(tracked.desired(), why));
        keeperState.put(tracked.state(new MappingState.Inactive(timeline.elapsed(), 0, true, Optional.empty())));
    }

    /** Whether the mapping leads to an address that this machine no longer has. */
    public boolean isOnOtherNetwork(Claim claim) {
        return network.view()
                .towards(claim.gateway().address())
                .map(LocalRoute::localAddress)
                .filter(claim::isMisdirected)
                // A machine with several addresses keeps the mapping to one that it still has.
                .filter(now -> !network.view().isLasting(claim.internal().address()))
                .isPresent();
    }

    private boolean isOffRoute(Snapshot snapshot, MappingRecord mappingRecord) {
        return snapshot.desiredMappings().stream()
                .filter(desired -> scope.includes(desired.owner()))
                .anyMatch(desired -> isOffRoute(desired, mappingRecord.claim()));
    }

    /** A mapping on a gateway that the user named stays there, whatever the route to the internet. */
    private boolean isOffRoute(DesiredMapping desired, Claim claim) {
        return desired.selection().gateway().isEmpty()
                && desired.selection().location().isEmpty()
                && desired.isServedBy(claim)
                && network.formerGateway().equals(Optional.of(claim.gateway().address()));
    }

    /** ajar cannot change manual rules, so it reports those that lead to a former address of this machine. */
    private void reportStale(Snapshot snapshot) {
        Optional<InetAddress> now = network.view().routes().stream()
                .filter(route -> route.gateway().isPresent())
                .map(LocalRoute::localAddress)
                .findFirst();
        for (ManualRule rule : snapshot.manualRules()) {
            now.filter(rule::isMisdirected)
                    .filter(address -> !network.view().isLasting(rule.internal().address()))
                    .ifPresent(address -> events.accept(new KeeperEvent.ManualRuleStale(rule, address)));
        }
    }
}
