package dev.ajar.keeper.decision;

import dev.ajar.gateway.HealthCheck;
import dev.ajar.keeper.model.GatewayHealth;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.PendingRemoval;
import dev.ajar.keeper.model.RenewalPolicy;
import dev.ajar.keeper.model.StateChange;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.EpochRule;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.Reachability;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the answers and the silence of a gateway change its health and the mappings on it. Pure: it writes into a draft.
 */
final class GatewayTransitions {
    /** Seconds by which a router's clock and ours may differ between two readings. */
    private static final long JITTER = 2;

    /** A counter is trusted again once two readings at least this far apart agree. */
    private static final Duration STEADY_AGAIN = Duration.ofSeconds(5);

    /** The mapping that was confirmed longest ago is looked for unless that is less than this ago. */
    private static final Duration CONFIRMED = Duration.ofSeconds(15);

    /** After an entry was found missing, so many others are looked for. */
    private static final int MOST_SUSPECTS = 8;

    /** After more unanswered requests than a lost packet or two explain, other gateways are tried. */
    private static final int MOST_UNANSWERED = 3;

    private final StateChange.Draft draft;
    private final Duration now;
    private final GrantedMappings mappings;

    GatewayTransitions(StateChange.Draft draft, Duration now) {
        this.draft = draft;
        this.now = now;
        this.mappings = new GrantedMappings(draft, now);
    }

    private GatewayHealth health(GatewayId id) {
        return draft.health(id).orElseGet(() -> GatewayHealth.initial(now));
    }

    /** A grant shows that the gateway is alive, and carries its epoch and sometimes its external address. */
    void granted(Lease lease) {
        GatewayId id = lease.claim().gateway();
        Duration next = draft.health(id).map(GatewayHealth::nextAt).orElseGet(() -> now.plus(betweenHealthChecks(id)));
        boolean wasSilent = draft.health(id).filter(GatewayHealth::isSilent).isPresent();
        draft.putHealth(id, health(id).answered(next));
        if (wasSilent) {
            mappings.hurryUnanswered(id);
        }
        lease.epoch().ifPresent(epoch -> epoch(id, epoch));
        if (lease.externalAddress().isPresent()) {
            address(id, lease.externalAddress());
        }
    }

    /** Sooner where it takes long to ask for all mappings again, once the epoch has shown that it has to be done. */
    private Duration betweenHealthChecks(GatewayId id) {
        Duration usual = id.method().traits().healthCheckInterval();
        return id.method().traits().hasEpoch()
                ? RenewalPolicy.leavingTimeFor(draft.before().tracked().size(), usual)
                : usual;
    }

    void healthy(GatewayId id, HealthCheck health) {
        draft.putHealth(id, health(id).answered(now.plus(betweenHealthChecks(id))));
        health.epoch().ifPresent(epoch -> epoch(id, epoch));
        if (health.tellsAddress()) {
            address(id, health.address());
        }
        health.epoch().ifPresent(epoch -> dropOlder(id, new EpochRule.Reading(epoch, now)));
        if (!id.method().traits().hasEpoch()) {
            mappings.lookForOldest(id, 1, now.minus(CONFIRMED));
        }
    }

    boolean isUnsteady(GatewayId id) {
        return health(id).isUnsteady();
    }

    private void epoch(GatewayId id, long epoch) {
        GatewayHealth health = health(id);
        EpochRule.Reading reading = new EpochRule.Reading(epoch, now);
        Optional<EpochRule.Reading> before = health.reading();
        EpochRule.Verdict verdict = before.map(
                        earlier -> id.method().traits().epochRule().verdict(earlier, reading))
                .orElse(EpochRule.Verdict.SAME);
        boolean apart = before.filter(earlier -> now.minus(earlier.at()).compareTo(STEADY_AGAIN) >= 0)
                .isPresent();
        GatewayHealth counted = health.withReading(
                reading,
                switch (verdict) {
                    case SAME -> apart ? 0 : health.restarts();
                    case UNCERTAIN, RESTARTED -> health.restarts() + 1;
                });
        draft.putHealth(id, counted);
        switch (verdict) {
            case SAME -> {}
            // Every reading of a counter that is not believed says so; its mappings are renewed often instead.
            case UNCERTAIN -> {
                if (!health.isUnsteady()) {
                    mappings.doubt(id);
                }
            }
            case RESTARTED -> {
                boolean begunSince = before.filter(earlier -> hasBegunSince(earlier, reading))
                        .isPresent();
                restarted(id, reading, health.isUnsteady() && !begunSince, counted.isUnsteady() && !begunSince);
            }
        }
    }

    /**
     * Whether the epoch tells that it began after the reading before, and counts from there. A router that restarts
     * several times in a row tells that each time; a counter that stands still, runs backwards or at a speed of its own
     * does not.
     */
    private static boolean hasBegunSince(EpochRule.Reading earlier, EpochRule.Reading reading) {
        long between = reading.at().minus(earlier.at()).toSeconds();
        return reading.epoch() != earlier.epoch() && reading.epoch() <= between + JITTER;
    }

    /**
     * @param wasUnsteady whether its counter was not to be believed before this reading
     * @param isUnsteady the same with it
     */
    private void restarted(GatewayId id, EpochRule.Reading reading, boolean wasUnsteady, boolean isUnsteady) {
        if (wasUnsteady) {
            return;
        }
        if (isUnsteady) {
            mappings.doubt(id);
            return;
        }
        draft.report(new KeeperEvent.GatewayBack(id, true));
        tableLost(id, reading);
        hint(id.address(), Optional.of(id));
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
        mappings.doubt(id);
    }

    /** The gateway has lost what it granted before the epoch of this reading began. */
    private void tableLost(GatewayId id, EpochRule.Reading reading) {
        EpochRule rule = id.method().traits().epochRule();
        mappings.forEachOpenOn(id, (tracked, open) -> {
            Optional<EpochRule.Verdict> verdict = open.reading().map(granted -> rule.verdict(granted, reading));
            if (verdict.equals(Optional.of(EpochRule.Verdict.RESTARTED))) {
                mappings.lost(tracked);
            } else if (!verdict.equals(Optional.of(EpochRule.Verdict.SAME))) {
                draft.put(tracked.state(mappings.renewed(open)));
            }
        });
    }

    /**
     * Drops what an earlier epoch granted. The readings before may have begun with a later grant, as when several
     * processes have opened ports. A counter that runs wrongly shows that each time, so it counts as a restart.
     */
    private void dropOlder(GatewayId id, EpochRule.Reading reading) {
        if (isUnsteady(id)) {
            return;
        }
        EpochRule rule = id.method().traits().epochRule();
        List<TrackedMapping> older = draft.openOn(id).stream()
                .filter(tracked -> tracked.state() instanceof MappingState.Active open
                        && open.reading()
                                .filter(granted -> rule.isTableLost(granted, reading))
                                .isPresent())
                .toList();
        if (older.isEmpty()) {
            return;
        }
        draft.putHealth(id, health(id).withReading(reading, health(id).restarts() + 1));
        if (isUnsteady(id)) {
            mappings.doubt(id);
            return;
        }
        older.forEach(mappings::lost);
    }

    /** The gateway does not list a mapping that it granted; a restart would have taken others too, the oldest first. */
    void entryMissing(GatewayId id) {
        mappings.lookForOldest(id, MOST_SUSPECTS, now);
    }

    /** A request to the gateway remained unanswered; {@code why} it was not even asked. */
    void silent(GatewayId id, Optional<Message> why) {
        GatewayHealth health = health(id);
        int silent = health.silent() + 1;
        if (silent == 2) {
            draft.report(new KeeperEvent.GatewaySilent(id, why));
        }
        if (silent <= MOST_UNANSWERED) {
            draft.putHealth(id, health.unanswered(now.plus(Backoff.silence(silent - 1))));
            return;
        }
        draft.removeHealth(id);
        Failure gone = new Failure.NoGateway(why.orElseGet(() -> Message.of("discovery.gone", "gateway", id)));
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
                                : open.renewingAt(mappings.renewalAfterSilence(open), open.failures())));
            }
        }
    }

    /** Checks the gateway itself, and what its health does not tell. */
    void announced(InetAddress announcer) {
        hint(announcer, Optional.empty());
        for (TrackedMapping tracked : draft.before().tracked()) {
            if (tracked.state() instanceof MappingState.Inactive inactive
                    && inactive.why().filter(Failure::isSilence).isPresent()) {
                draft.put(tracked.state(inactive.dueAt(now)));
            }
        }
    }

    /** Something has happened to the router at that address, as one of its protocols or an announcement says. */
    private void hint(InetAddress router, Optional<GatewayId> except) {
        for (GatewayId id : draft.before().healthByGateway().keySet()) {
            if (mayConcern(router, id) && !except.equals(Optional.of(id))) {
                draft.putHealth(id, health(id).dueAt(now));
                mappings.verifySoon(id);
            }
        }
    }

    /** A router announces itself over IPv4 only, also after a restart of its IPv6 firewall. */
    private static boolean mayConcern(InetAddress announcer, GatewayId id) {
        return id.address().equals(announcer) || IpVersion.of(id.address()) == IpVersion.IPV6;
    }

    /** Makes all steps due now, but checks open mappings of these IP versions only. */
    void moved(Set<IpVersion> doubtful) {
        for (Map.Entry<GatewayId, GatewayHealth> entry :
                draft.before().healthByGateway().entrySet()) {
            if (doubtful.contains(IpVersion.of(entry.getKey().address()))) {
                draft.putHealth(entry.getKey(), entry.getValue().dueAt(now));
                mappings.doubt(entry.getKey());
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
