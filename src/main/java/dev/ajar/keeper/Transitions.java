package dev.ajar.keeper;

import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.EpochRule;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Reachability;
import dev.ajar.model.Result;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Updates the keeper's state after an answer or a silence of a gateway, and reports the changes as events. Sends nothing.
 */
final class Transitions {
    private static final Duration RETRY_WHERE_OPEN_ALREADY = Duration.ofSeconds(60);
    private static final Duration JUST_GRANTED = Duration.ofSeconds(2);
    private static final Duration RENEWAL_WHERE_NOT_LISTED = Duration.ofMinutes(5);

    /** After more unanswered requests than a lost packet or two explain, other gateways are tried. */
    private static final int MOST_UNANSWERED = 3;

    private final KeeperState keeperState;
    private final Timeline timeline;
    private final RenewalPolicy policy;
    private final Backoff backoff;
    private final Consumer<KeeperEvent> events;

    Transitions(KeeperState keeperState, Timeline timeline, RandomGenerator random, Consumer<KeeperEvent> events) {
        this.keeperState = keeperState;
        this.timeline = timeline;
        this.policy = new RenewalPolicy(random);
        this.backoff = new Backoff(random);
        this.events = events;
    }

    private Duration now() {
        return timeline.elapsed();
    }

    MappingState.Active open(Lease lease, Duration grantedAt) {
        return new MappingState.Active(
                lease,
                grantedAt,
                policy.nextRenewal(lease, grantedAt, 0, now()),
                policy.nextVerification(keeperState.tracked().size(), now()),
                0,
                false);
    }

    Optional<Claim> anyClaimOn(GatewayId id) {
        return keeperState
                .firstOpenOn(id)
                .map(TrackedMapping::state)
                .filter(MappingState.Active.class::isInstance)
                .map(MappingState.Active.class::cast)
                .map(open -> open.lease().claim());
    }

    /** A mapping that was not open has been requested. */
    void asked(TrackedMapping tracked, Result<Grant> result, Optional<InetAddress> address) {
        boolean lost = tracked.state() instanceof MappingState.Inactive inactive && inactive.lost();
        switch (result) {
            case Result.Ok<Grant>(Grant.Granted(Lease lease, var learned)) -> {
                boolean reclaimed = tracked.reported()
                        .filter(Failure.Conflict.class::isInstance)
                        .isPresent();
                TrackedMapping open = tracked.state(open(lease, now())).reporting(Optional.empty());
                keeperState.put(lost && reclaimed ? open.reclaimed(now()) : open);
                gatewayAnswered(lease);
                Optional<InetAddress> shown = address.or(lease::externalAddress);
                events.accept(
                        lost
                                ? new KeeperEvent.Repaired(tracked.desired(), lease, shown)
                                : new KeeperEvent.Opened(tracked.desired(), lease, shown));
            }
            case Result.Ok<Grant>(Grant.AlreadyThere ignored) -> openAlready(tracked);
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) -> openAlready(tracked);
            case Result.Err<Grant>(Failure failure) -> failed(tracked, failure, lost);
        }
    }

    /** The port is open, but not by ajar: it is requested again in a while. */
    private void openAlready(TrackedMapping tracked) {
        Duration due = now().plus(RETRY_WHERE_OPEN_ALREADY);
        keeperState.put(tracked.state(new MappingState.Inactive(due, 0, false, Optional.empty())));
    }

    private void failed(TrackedMapping tracked, Failure failure, boolean lost) {
        int failures = tracked.state() instanceof MappingState.Inactive inactive ? inactive.failures() + 1 : 1;
        Duration due = now().plus(backoff.after(failure, failures));
        TrackedMapping now = tracked.state(new MappingState.Inactive(due, failures, lost, Optional.of(failure)));
        keeperState.put(report(now, failure));
    }

    /** Reports each kind of failure once, not each time. */
    private TrackedMapping report(TrackedMapping tracked, Failure failure) {
        boolean known = tracked.reported().filter(old -> isAlike(old, failure)).isPresent();
        if (!known) {
            events.accept(new KeeperEvent.Failed(tracked.desired(), failure));
        }
        return tracked.reporting(Optional.of(failure));
    }

    private static boolean isAlike(Failure one, Failure other) {
        return one.getClass().equals(other.getClass())
                && one.router().isPresent() == other.router().isPresent()
                && one.router().stream()
                        .allMatch(error -> error.isLike(other.router().orElseThrow()));
    }

    void renewed(TrackedMapping tracked, MappingState.Active before, Result<Grant> result) {
        switch (result) {
            case Result.Ok<Grant>(Grant.Granted(Lease lease, var learned)) -> {
                MappingState.Active open = open(lease, now());
                keeperState.put(
                        tracked.state(open.verifyingAt(open.verifyAt(), false)).reporting(Optional.empty()));
                gatewayAnswered(lease);
                if (!lease.externalPort().equals(before.lease().externalPort())) {
                    events.accept(new KeeperEvent.Repaired(tracked.desired(), lease, lease.externalAddress()));
                }
            }
            case Result.Ok<Grant>(Grant.AlreadyThere there) ->
                lost(tracked, Message.of("keeper.taken"), Optional.of(there.entry()));
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) -> openAlready(tracked);
            case Result.Err<Grant>(Failure failure) -> notRenewed(tracked, before, failure);
        }
    }

    /** The mapping stays open until its lease ends. */
    private void notRenewed(TrackedMapping tracked, MappingState.Active open, Failure failure) {
        boolean ended = open.endsAt().filter(end -> end.compareTo(now()) <= 0).isPresent();
        boolean taken = failure instanceof Failure.Conflict;
        if (ended || taken) {
            events.accept(new KeeperEvent.Lost(tracked.desired(), failure.detail()));
            failed(tracked, failure, true);
            return;
        }
        int failures = open.failures() + 1;
        Optional<Duration> next = policy.nextRenewal(open.lease(), open.grantedAt(), failures, now());
        keeperState.put(report(tracked.state(open.renewingAt(next, failures)), failure));
    }

    /**
     * The gateway did not answer the renewal; the next one waits for its turn, even if the gateway answers a health check.
     */
    void renewalUnanswered(TrackedMapping tracked, MappingState.Active open) {
        int failures = open.failures() + 1;
        keeperState.put(tracked.state(
                open.renewingAt(policy.nextRenewal(open.lease(), open.grantedAt(), failures, now()), failures)));
    }

    /** The lease has ended without a renewal. */
    void expired(TrackedMapping tracked, MappingState.Active open) {
        events.accept(new KeeperEvent.Lost(tracked.desired(), Message.of("keeper.expired")));
        Duration soonest = open.grantedAt().plus(RenewalPolicy.SHORTEST_WAIT);
        Duration due = soonest.compareTo(now()) > 0 ? soonest : now();
        keeperState.put(tracked.state(new MappingState.Inactive(due, open.failures(), true, Optional.empty())));
    }

    /** @param holder the entry in its place */
    void lost(TrackedMapping tracked, Message why, Optional<ObservedMapping> holder) {
        Optional<Duration> rest = holder.isPresent() ? tracked.restingUntil(now()) : Optional.empty();
        events.accept(
                rest.isPresent()
                        ? new KeeperEvent.Contested(tracked.desired(), holder.flatMap(Transitions::endpoint))
                        : new KeeperEvent.Lost(tracked.desired(), why));
        Optional<Failure> conflict =
                holder.map(entry -> new Failure.Conflict(why, Transitions.endpoint(entry), Optional.empty()));
        keeperState.put(tracked.state(new MappingState.Inactive(rest.orElseGet(this::now), 0, true, conflict))
                .reporting(conflict));
    }

    private static Optional<Endpoint> endpoint(ObservedMapping entry) {
        return Addresses.ipv4(entry.internalClient().raw().strip())
                .map(address -> new Endpoint(address, entry.internalPort()));
    }

    /** The mapping is in the gateway's table; a lease shorter than the granted one is renewed sooner. */
    void present(TrackedMapping tracked, MappingState.Active open, ObservedMapping entry) {
        MappingState.Active next =
                open.verifyingAt(policy.nextVerification(keeperState.tracked().size(), now()), false);
        boolean shorter = entry.lease()
                .filter(LeaseDuration.Finite.class::isInstance)
                .flatMap(left -> open.endsAt()
                        .map(end -> end.minus(now()).toSeconds() / 2)
                        .filter(half -> left.seconds() < half))
                .isPresent();
        keeperState.put(tracked.state(shorter ? next.renewingAt(Optional.of(now()), open.failures()) : next));
    }

    /** The gateway does not show its table, so only a renewal makes sure that the mapping is there. */
    void notListed(TrackedMapping tracked, MappingState.Active open) {
        Duration later = now().plus(RENEWAL_WHERE_NOT_LISTED);
        Optional<Duration> renewAt =
                open.renewAt().filter(at -> at.compareTo(later) < 0).or(() -> Optional.of(later));
        boolean epochTells = open.lease().claim().gateway().method().traits().hasEpoch();
        MappingState.Active next = open.verifyingAt(later, false);
        keeperState.put(tracked.state(
                epochTells && !open.distrusted()
                        ? next
                        : next.renewingAt(open.distrusted() ? Optional.of(now()) : renewAt, open.failures())));
    }

    void removed(PendingRemoval removal) {
        keeperState.pendingRemovals().remove(removal);
        events.accept(new KeeperEvent.Closed(
                removal.mappingRecord().protocol().label() + " "
                        + removal.mappingRecord().externalPort(),
                removal.mappingRecord().claim().gateway()));
    }

    void notRemoved(PendingRemoval removal) {
        keeperState.pendingRemovals().add(removal.failed(now()));
    }

    void forgetGateway(GatewayId id) {
        keeperState.removeHealth(id);
    }

    private GatewayHealth health(GatewayId id) {
        return keeperState.health(id).orElseGet(() -> GatewayHealth.initial(now()));
    }

    /** A grant shows that the gateway is alive, and carries its epoch and sometimes its external address. */
    private void gatewayAnswered(Lease lease) {
        GatewayId id = lease.claim().gateway();
        Duration next =
                keeperState.health(id).map(GatewayHealth::nextAt).orElseGet(() -> now().plus(betweenHealthChecks(id)));
        keeperState.putHealth(id, health(id).answered(next));
        lease.epoch().ifPresent(epoch -> epoch(id, epoch));
        if (lease.externalAddress().isPresent()) {
            address(id, lease.externalAddress());
        }
    }

    private static Duration betweenHealthChecks(GatewayId id) {
        return id.method().traits().healthCheckInterval();
    }

    void probed(GatewayId id, HealthCheck health) {
        keeperState.putHealth(id, health(id).answered(now().plus(betweenHealthChecks(id))));
        health.epoch().ifPresent(epoch -> epoch(id, epoch));
        if (health.tellsAddress()) {
            address(id, health.address());
        }
    }

    private void epoch(GatewayId id, long epoch) {
        GatewayHealth health = health(id);
        EpochRule.Reading reading = new EpochRule.Reading(epoch, now());
        keeperState.putHealth(id, health.withReading(reading));
        boolean lost = health.reading()
                .filter(before -> id.method().traits().epochRule().isTableLost(before, reading))
                .isPresent();
        if (lost) {
            events.accept(new KeeperEvent.GatewayBack(id, true));
            tableLost(id);
        }
    }

    private void address(GatewayId id, Optional<InetAddress> address) {
        GatewayHealth health = health(id);
        keeperState.putHealth(id, health.withAddress(address));
        if (health.address().isEmpty() || health.address().get().equals(address)) {
            return;
        }
        Optional<InetAddress> old = health.address().get();
        events.accept(new KeeperEvent.AddressChanged(id, address));
        if (old.isPresent() && address.isPresent()) {
            keeperState.readdressed().put(old.get(), address.get());
        }
        Reachability before = Reachability.of(old);
        Reachability after = Reachability.of(address);
        if (before != after) {
            events.accept(new KeeperEvent.ReachabilityChanged(id, after));
        }
        doubt(id);
    }

    /** The gateway has lost its table. */
    private void tableLost(GatewayId id) {
        forEachOpenOn(id, (tracked, open) -> {
            events.accept(new KeeperEvent.Lost(tracked.desired(), Message.of("keeper.router-restarted")));
            keeperState.put(tracked.state(new MappingState.Inactive(now(), 0, true, Optional.empty())));
        });
    }

    /** Makes all mappings on the gateway due for verification now; those that it does not list are renewed. */
    void doubt(GatewayId id) {
        forEachOpenOn(
                id,
                (tracked, open) -> keeperState.put(tracked.state(
                        open.lease().isListed()
                                ? open.verifyingAt(now(), true)
                                : open.renewingAt(Optional.of(now()), open.failures()))));
    }

    /** Leaves out the mappings that were granted a moment ago, and so after the change. */
    private void forEachOpenOn(GatewayId id, BiConsumer<TrackedMapping, MappingState.Active> action) {
        for (TrackedMapping tracked : keeperState.openOn(id)) {
            if (tracked.state() instanceof MappingState.Active open
                    && open.grantedAt().plus(JUST_GRANTED).compareTo(now()) <= 0) {
                action.accept(tracked, open);
            }
        }
    }

    /** A request to the gateway remained unanswered. */
    void silent(GatewayId id) {
        GatewayHealth health = health(id);
        int silent = health.silent() + 1;
        if (silent == 2) {
            events.accept(new KeeperEvent.GatewaySilent(id));
        }
        if (silent <= MOST_UNANSWERED) {
            keeperState.putHealth(id, health.unanswered(now().plus(Backoff.silence(silent - 1))));
            return;
        }
        keeperState.removeHealth(id);
        Failure gone = new Failure.NoGateway(Message.of("discovery.gone", "gateway", id));
        for (TrackedMapping tracked : keeperState.openOn(id)) {
            events.accept(new KeeperEvent.Lost(tracked.desired(), gone.detail()));
            Duration due = now().plus(Backoff.silence(silent));
            keeperState.put(tracked.state(new MappingState.Inactive(due, silent, true, Optional.of(gone)))
                    .reporting(Optional.of(gone)));
        }
    }

    /** A gateway that was silent answers again. */
    void answersAgain(GatewayId id, HealthCheck health) {
        if (health(id).silent() >= 2) {
            events.accept(new KeeperEvent.GatewayBack(id, false));
        }
        probed(id, health);
        for (TrackedMapping tracked : keeperState.openOn(id)) {
            if (tracked.state() instanceof MappingState.Active open) {
                keeperState.put(tracked.state(
                        open.lease().isListed()
                                ? open.verifyingAt(now(), open.distrusted())
                                : open.renewingAt(renewalAfterSilence(open), open.failures())));
            }
        }
    }

    /** At once; a renewal that went unanswered several times keeps its time, or it would be repeated endlessly. */
    private Optional<Duration> renewalAfterSilence(MappingState.Active open) {
        return open.failures() <= 1 ? Optional.of(now()) : open.renewAt();
    }
}
