package dev.ajar.keeper;

import dev.ajar.gateway.HealthCheck;
import dev.ajar.message.Message;
import dev.ajar.model.EpochRule;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.Reachability;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** How the answers and the silence of a gateway change its health and the mappings on it. Pure: it writes into a draft. */
final class GatewayTransitions {
    private static final Duration JUST_GRANTED = Duration.ofSeconds(2);

    /** After more unanswered requests than a lost packet or two explain, other gateways are tried. */
    private static final int MOST_UNANSWERED = 3;

    private final StateChange.Draft draft;
    private final Duration now;

    GatewayTransitions(StateChange.Draft draft, Duration now) {
        this.draft = draft;
        this.now = now;
    }

    private GatewayHealth health(GatewayId id) {
        return draft.health(id).orElseGet(() -> GatewayHealth.initial(now));
    }

    /** A grant shows that the gateway is alive, and carries its epoch and sometimes its external address. */
    void granted(Lease lease) {
        GatewayId id = lease.claim().gateway();
        Duration next = draft.health(id).map(GatewayHealth::nextAt).orElseGet(() -> now.plus(betweenHealthChecks(id)));
        draft.putHealth(id, health(id).answered(next));
        lease.epoch().ifPresent(epoch -> epoch(id, epoch));
        if (lease.externalAddress().isPresent()) {
            address(id, lease.externalAddress());
        }
    }

    private static Duration betweenHealthChecks(GatewayId id) {
        return id.method().traits().healthCheckInterval();
    }

    void healthy(GatewayId id, HealthCheck health) {
        draft.putHealth(id, health(id).answered(now.plus(betweenHealthChecks(id))));
        health.epoch().ifPresent(epoch -> epoch(id, epoch));
        if (health.tellsAddress()) {
            address(id, health.address());
        }
    }

    private void epoch(GatewayId id, long epoch) {
        GatewayHealth health = health(id);
        EpochRule.Reading reading = new EpochRule.Reading(epoch, now);
        draft.putHealth(id, health.withReading(reading));
        boolean lost = health.reading()
                .filter(before -> id.method().traits().epochRule().isTableLost(before, reading))
                .isPresent();
        if (lost) {
            draft.report(new KeeperEvent.GatewayBack(id, true));
            tableLost(id);
        }
    }

    private void address(GatewayId id, Optional<InetAddress> address) {
        GatewayHealth health = health(id);
        draft.putHealth(id, health.withAddress(address));
        if (health.address().isEmpty() || health.address().get().equals(address)) {
            return;
        }
        Optional<InetAddress> old = health.address().get();
        draft.report(new KeeperEvent.AddressChanged(id, address));
        if (old.isPresent() && address.isPresent()) {
            draft.readdress(old.get(), address.get());
        }
        Reachability before = Reachability.of(old);
        Reachability after = Reachability.of(address);
        if (before != after) {
            draft.report(new KeeperEvent.ReachabilityChanged(id, after));
        }
        doubt(id);
    }

    /** The gateway has lost its table. */
    private void tableLost(GatewayId id) {
        forEachOpenOn(id, (tracked, open) -> {
            draft.report(new KeeperEvent.Lost(tracked.desired(), Message.of("keeper.router-restarted")));
            draft.put(tracked.state(new MappingState.Inactive(now, 0, true, Optional.empty())));
        });
    }

    /** Makes all mappings on the gateway due for verification now; those that it does not list are renewed. */
    private void doubt(GatewayId id) {
        forEachOpenOn(
                id,
                (tracked, open) -> draft.put(tracked.state(
                        open.lease().isListed()
                                ? open.verifyingAt(now, true)
                                : open.renewingAt(Optional.of(now), open.failures()))));
    }

    /** Leaves out the mappings that were granted a moment ago, and so after the change. */
    private void forEachOpenOn(GatewayId id, BiConsumer<TrackedMapping, MappingState.Active> action) {
        for (TrackedMapping tracked : draft.openOn(id)) {
            if (tracked.state() instanceof MappingState.Active open
                    && open.grantedAt().plus(JUST_GRANTED).compareTo(now) <= 0) {
                action.accept(tracked, open);
            }
        }
    }

    /** A request to the gateway remained unanswered. */
    void silent(GatewayId id) {
        GatewayHealth health = health(id);
        int silent = health.silent() + 1;
        if (silent == 2) {
            draft.report(new KeeperEvent.GatewaySilent(id));
        }
        if (silent <= MOST_UNANSWERED) {
            draft.putHealth(id, health.unanswered(now.plus(Backoff.silence(silent - 1))));
            return;
        }
        draft.removeHealth(id);
        Failure gone = new Failure.NoGateway(Message.of("discovery.gone", "gateway", id));
        for (TrackedMapping tracked : draft.openOn(id)) {
            draft.report(new KeeperEvent.Lost(tracked.desired(), gone.detail()));
            Duration due = now.plus(Backoff.silence(silent));
            draft.put(tracked.state(new MappingState.Inactive(due, silent, true, Optional.of(gone)))
                    .reporting(Optional.of(gone)));
        }
    }

    /** A gateway that was silent answers again. */
    void answersAgain(GatewayId id, HealthCheck health) {
        if (health(id).silent() >= 2) {
            draft.report(new KeeperEvent.GatewayBack(id, false));
        }
        healthy(id, health);
        for (TrackedMapping tracked : draft.openOn(id)) {
            if (tracked.state() instanceof MappingState.Active open) {
                draft.put(tracked.state(
                        open.lease().isListed()
                                ? open.verifyingAt(now, open.distrusted())
                                : open.renewingAt(renewalAfterSilence(open), open.failures())));
            }
        }
    }

    /** At once; a renewal that went unanswered several times keeps its time, or it would be repeated endlessly. */
    private Optional<Duration> renewalAfterSilence(MappingState.Active open) {
        return open.failures() <= 1 ? Optional.of(now) : open.renewAt();
    }

    /** Checks the gateway itself, and what its table does not show. */
    void announced(InetAddress announcer) {
        for (Map.Entry<GatewayId, GatewayHealth> entry :
                draft.before().healthByGateway().entrySet()) {
            if (mayConcern(announcer, entry.getKey())) {
                draft.putHealth(entry.getKey(), entry.getValue().dueAt(now));
                verifySoon(entry.getKey());
            }
        }
        for (TrackedMapping tracked : draft.before().tracked()) {
            if (tracked.state() instanceof MappingState.Inactive inactive
                    && inactive.why().filter(Failure::isSilence).isPresent()) {
                draft.put(tracked.state(inactive.dueAt(now)));
            }
        }
    }

    /** A router announces itself over IPv4 only, also after a restart of its IPv6 firewall. */
    private static boolean mayConcern(InetAddress announcer, GatewayId id) {
        return id.address().equals(announcer) || IpVersion.of(id.address()) == IpVersion.IPV6;
    }

    /** Mappings that no table lists are renewed instead, which is harmless if they are still there. */
    private void verifySoon(GatewayId id) {
        for (TrackedMapping tracked : draft.openOn(id)) {
            if (tracked.state() instanceof MappingState.Active open
                    && !id.method().traits().hasEpoch()) {
                draft.put(tracked.state(
                        open.lease().isListed()
                                ? open.verifyingAt(now, open.distrusted())
                                : open.renewingAt(Optional.of(now), open.failures())));
            }
        }
    }

    /** Makes all steps due now, but checks open mappings of these IP versions only. */
    void moved(Set<IpVersion> doubtful) {
        for (Map.Entry<GatewayId, GatewayHealth> entry :
                draft.before().healthByGateway().entrySet()) {
            if (doubtful.contains(IpVersion.of(entry.getKey().address()))) {
                draft.putHealth(entry.getKey(), entry.getValue().dueAt(now));
                doubt(entry.getKey());
            }
        }
        for (PendingRemoval removal : draft.before().removals()) {
            draft.reschedule(new PendingRemoval(removal.mappingRecord(), now, 0));
        }
        for (TrackedMapping tracked : draft.before().tracked()) {
            if (tracked.state() instanceof MappingState.Inactive inactive) {
                draft.put(tracked.state(new MappingState.Inactive(now, 0, inactive.lost(), inactive.why())));
            }
        }
    }
}
