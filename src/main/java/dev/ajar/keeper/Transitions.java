package dev.ajar.keeper;

import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Reachability;
import dev.ajar.model.Result;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What an answer means for how things stand, and who is to be told. Talks to nobody. */
final class Transitions {
    private static final Duration PXP_PULSE = Duration.ofSeconds(15);
    private static final Duration UPNP_PULSE = Duration.ofSeconds(25);
    private static final Duration ANOTHERS = Duration.ofSeconds(60);
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration UNSEEN = Duration.ofMinutes(5);

    /** Silent longer than a lost packet or two can explain: other gateways are worth a look. */
    private static final int REALLY_SILENT = 3;

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
                policy.renewal(lease, grantedAt, 0, now()),
                policy.look(keeperState.tracked().size(), now()),
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

    /** Something that was not open has been asked for. */
    void asked(TrackedMapping tracked, Result<Grant> result, Optional<InetAddress> address) {
        boolean lost = tracked.state() instanceof MappingState.Inactive absent && absent.lost();
        switch (result) {
            case Result.Ok<Grant>(Grant.Granted(Lease lease, var learned)) -> {
                boolean reclaimed = tracked.told()
                        .filter(Failure.Conflict.class::isInstance)
                        .isPresent();
                TrackedMapping open = tracked.state(open(lease, now())).telling(Optional.empty());
                keeperState.put(lost && reclaimed ? open.reclaimed(now()) : open);
                heard(lease);
                Optional<InetAddress> shown = address.or(lease::externalAddress);
                events.accept(
                        lost
                                ? new KeeperEvent.Repaired(tracked.desired(), lease, shown)
                                : new KeeperEvent.Opened(tracked.desired(), lease, shown));
            }
            case Result.Ok<Grant>(Grant.AlreadyThere ignored) -> leftToOthers(tracked);
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) -> leftToOthers(tracked);
            case Result.Err<Grant>(Failure failure) -> failed(tracked, failure, lost);
        }
    }

    /** It is open, and not by us: looked after again in a while. */
    private void leftToOthers(TrackedMapping tracked) {
        Duration due = now().plus(ANOTHERS);
        keeperState.put(tracked.state(new MappingState.Inactive(due, 0, false, Optional.empty())));
    }

    private void failed(TrackedMapping tracked, Failure failure, boolean lost) {
        int failures = tracked.state() instanceof MappingState.Inactive absent ? absent.failures() + 1 : 1;
        Duration due = now().plus(backoff.after(failure, failures));
        TrackedMapping now = tracked.state(new MappingState.Inactive(due, failures, lost, Optional.of(failure)));
        keeperState.put(told(now, failure));
    }

    /** Told once for each kind of reason, not each time. */
    private TrackedMapping told(TrackedMapping tracked, Failure failure) {
        boolean known = tracked.told().filter(old -> isAlike(old, failure)).isPresent();
        if (!known) {
            events.accept(new KeeperEvent.Failed(tracked.desired(), failure));
        }
        return tracked.telling(Optional.of(failure));
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
                        tracked.state(open.looking(open.lookAt(), false)).telling(Optional.empty()));
                heard(lease);
                if (!lease.externalPort().equals(before.lease().externalPort())) {
                    events.accept(new KeeperEvent.Repaired(tracked.desired(), lease, lease.externalAddress()));
                }
            }
            case Result.Ok<Grant>(Grant.AlreadyThere there) ->
                lost(tracked, before, "another program has it now", Optional.of(there.entry()));
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) -> leftToOthers(tracked);
            case Result.Err<Grant>(Failure failure) -> notRenewed(tracked, before, failure);
        }
    }

    /** Until its end it is open all the same. */
    void notRenewed(TrackedMapping tracked, MappingState.Active open, Failure failure) {
        boolean ended = open.endsAt().filter(end -> end.compareTo(now()) <= 0).isPresent();
        boolean taken = failure instanceof Failure.Conflict;
        if (ended || taken) {
            events.accept(
                    new KeeperEvent.Lost(tracked.desired(), failure.detail().toString()));
            failed(tracked, failure, true);
            return;
        }
        int failures = open.failures() + 1;
        Optional<Duration> next = policy.renewal(open.lease(), open.grantedAt(), failures, now());
        keeperState.put(told(tracked.state(open.renewing(next, failures)), failure));
    }

    /** The gateway lives and does not answer this: the next try waits for its turn. */
    void notAnswered(TrackedMapping tracked, MappingState.Active open) {
        int failures = open.failures() + 1;
        keeperState.put(tracked.state(
                open.renewing(policy.renewal(open.lease(), open.grantedAt(), failures, now()), failures)));
    }

    /** Nobody has extended it. */
    void ended(TrackedMapping tracked, MappingState.Active open) {
        events.accept(new KeeperEvent.Lost(tracked.desired(), "its lease has run out"));
        Duration soonest = open.grantedAt().plus(RenewalPolicy.SHORTEST_WAIT);
        Duration due = soonest.compareTo(now()) > 0 ? soonest : now();
        keeperState.put(tracked.state(new MappingState.Inactive(due, open.failures(), true, Optional.empty())));
    }

    /** @param holder what is in its place */
    void lost(TrackedMapping tracked, MappingState.Active open, String why, Optional<ObservedMapping> holder) {
        Optional<Duration> rest = holder.isPresent() ? tracked.restingUntil(now()) : Optional.empty();
        events.accept(
                rest.isPresent()
                        ? new KeeperEvent.Contested(tracked.desired(), holder.flatMap(Transitions::endpoint))
                        : new KeeperEvent.Lost(tracked.desired(), why));
        Optional<Failure> told = holder.isPresent()
                ? Optional.of(new Failure.Conflict(
                        Message.verbatim(why), holder.flatMap(Transitions::endpoint), Optional.empty()))
                : Optional.empty();
        keeperState.put(tracked.state(new MappingState.Inactive(rest.orElseGet(this::now), 0, true, told))
                .telling(told));
    }

    private static Optional<Endpoint> endpoint(ObservedMapping entry) {
        return Addresses.ipv4(entry.internalClient().raw().strip())
                .map(address -> new Endpoint(address, entry.internalPort()));
    }

    /** It is in the list; a lease that runs out sooner than was granted is renewed sooner. */
    void present(TrackedMapping tracked, MappingState.Active open, ObservedMapping entry) {
        MappingState.Active next =
                open.looking(policy.look(keeperState.tracked().size(), now()), false);
        boolean shorter = entry.lease()
                .filter(LeaseDuration.Finite.class::isInstance)
                .flatMap(left -> open.endsAt()
                        .map(end -> end.minus(now()).toSeconds() / 2)
                        .filter(half -> left.seconds() < half))
                .isPresent();
        keeperState.put(tracked.state(shorter ? next.renewing(Optional.of(now()), open.failures()) : next));
    }

    /** The gateway shows its list to nobody: asking again is all that can be done to be sure. */
    void unseen(TrackedMapping tracked, MappingState.Active open) {
        Duration later = now().plus(UNSEEN);
        Optional<Duration> renewAt =
                open.renewAt().filter(at -> at.compareTo(later) < 0).or(() -> Optional.of(later));
        boolean listsNothing = open.lease().claim().gateway().method() != MappingProtocol.UPNP;
        MappingState.Active next = open.looking(later, false);
        keeperState.put(tracked.state(
                listsNothing && !open.distrusted()
                        ? next
                        : next.renewing(open.distrusted() ? Optional.of(now()) : renewAt, open.failures())));
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

    void unwatched(GatewayId id) {
        keeperState.unwatch(id);
    }

    /** A grant is a sign of life, and tells the epoch and sometimes the address. */
    private void heard(Lease lease) {
        GatewayId id = lease.claim().gateway();
        GatewayHealth watch =
                keeperState.watch(id).orElseGet(() -> GatewayHealth.beginning(now().plus(checkHealth(id))));
        keeperState.watch(id, watch.heard(watch.nextAt()));
        lease.epoch().ifPresent(epoch -> epoch(id, epoch));
        if (lease.externalAddress().isPresent()) {
            address(id, lease.externalAddress());
        }
    }

    private static Duration checkHealth(GatewayId id) {
        return id.method() == MappingProtocol.UPNP ? UPNP_PULSE : PXP_PULSE;
    }

    void probed(GatewayId id, HealthCheck health) {
        GatewayHealth watch = keeperState.watch(id).orElseGet(() -> GatewayHealth.beginning(now()));
        keeperState.watch(id, watch.heard(now().plus(checkHealth(id))));
        health.epoch().ifPresent(epoch -> epoch(id, epoch));
        if (health.tellsAddress()) {
            address(id, health.address());
        }
    }

    private void epoch(GatewayId id, long epoch) {
        GatewayHealth watch = keeperState.watch(id).orElseGet(() -> GatewayHealth.beginning(now()));
        EpochRule.Reading reading = new EpochRule.Reading(epoch, now());
        keeperState.watch(id, watch.reading(reading));
        boolean lost = watch.reading()
                .filter(before -> EpochRule.tableIsLost(id.method(), before, reading))
                .isPresent();
        if (lost) {
            events.accept(new KeeperEvent.GatewayBack(id, true));
            forgotten(id);
        }
    }

    private void address(GatewayId id, Optional<InetAddress> address) {
        GatewayHealth watch = keeperState.watch(id).orElseGet(() -> GatewayHealth.beginning(now()));
        keeperState.watch(id, watch.told(address));
        if (watch.address().isEmpty() || watch.address().get().equals(address)) {
            return;
        }
        events.accept(new KeeperEvent.AddressChanged(id, address));
        watch.address()
                .get()
                .ifPresent(
                        old -> address.ifPresent(it -> keeperState.readdressed().put(old, it)));
        Reachability before = Reachability.of(watch.address().get());
        Reachability after = Reachability.of(address);
        if (before != after) {
            events.accept(new KeeperEvent.ReachabilityChanged(id, after));
        }
        doubt(id);
    }

    /** The table is gone, and all that was in it; but for what was granted a moment ago. */
    private void forgotten(GatewayId id) {
        for (TrackedMapping tracked : keeperState.openOn(id)) {
            if (tracked.state() instanceof MappingState.Active open
                    && open.grantedAt().plus(MOMENT).compareTo(now()) <= 0) {
                events.accept(new KeeperEvent.Lost(tracked.desired(), "the router has restarted"));
                keeperState.put(tracked.state(new MappingState.Inactive(now(), 0, true, Optional.empty())));
            }
        }
    }

    /** All that is held there is asked for, or looked at, now; but for what was granted a moment ago. */
    void doubt(GatewayId id) {
        for (TrackedMapping tracked : keeperState.openOn(id)) {
            if (tracked.state() instanceof MappingState.Active open
                    && open.grantedAt().plus(MOMENT).compareTo(now()) <= 0) {
                keeperState.put(tracked.state(doubted(open)));
            }
        }
    }

    private MappingState.Active doubted(MappingState.Active open) {
        return open.lease().isListed() ? open.looking(now(), true) : open.renewing(Optional.of(now()), open.failures());
    }

    void unheard(GatewayId id) {
        GatewayHealth watch = keeperState.watch(id).orElseGet(() -> GatewayHealth.beginning(now()));
        int silent = watch.silent() + 1;
        if (silent == 2) {
            events.accept(new KeeperEvent.GatewaySilent(id));
        }
        if (silent <= REALLY_SILENT) {
            keeperState.watch(id, watch.unheard(now().plus(Backoff.silence(silent - 1))));
            return;
        }
        keeperState.unwatch(id);
        Failure gone = new Failure.NoGateway(Message.verbatim(id + " does not answer any more"));
        for (TrackedMapping tracked : keeperState.openOn(id)) {
            events.accept(new KeeperEvent.Lost(tracked.desired(), gone.detail().toString()));
            Duration due = now().plus(Backoff.silence(silent));
            keeperState.put(tracked.state(new MappingState.Inactive(due, silent, true, Optional.of(gone)))
                    .telling(Optional.of(gone)));
        }
    }

    /** It answers again. */
    void back(GatewayId id, HealthCheck health) {
        int silent = keeperState
                .watch(id)
                .orElseGet(() -> GatewayHealth.beginning(now()))
                .silent();
        if (silent >= 2) {
            events.accept(new KeeperEvent.GatewayBack(id, false));
        }
        probed(id, health);
        List<TrackedMapping> there = keeperState.openOn(id);
        for (TrackedMapping tracked : there) {
            if (tracked.state() instanceof MappingState.Active open) {
                keeperState.put(tracked.state(
                        open.lease().isListed()
                                ? open.looking(now(), open.distrusted())
                                : open.renewing(again(open), open.failures())));
            }
        }
    }

    /** At once after a silence; what has not been answered before has to wait, or there is no end to it. */
    private Optional<Duration> again(MappingState.Active open) {
        return open.failures() <= 1 ? Optional.of(now()) : open.renewAt();
    }
}
