package dev.ajar.keeper.decision;

import dev.ajar.gateway.Grant;
import dev.ajar.keeper.model.DesiredMappingId;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.RenewalPolicy;
import dev.ajar.keeper.model.StateChange;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Result;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How answers about one mapping change its state. Pure: it writes into a draft. */
public final class MappingTransitions {
    private static final Duration RETRY_WHERE_OPEN_ALREADY = Duration.ofSeconds(60);

    private final StateChange.Draft draft;
    private final Duration now;
    private final RenewalPolicy policy;
    private final Backoff backoff;
    private final GatewayTransitions gateways;

    MappingTransitions(StateChange.Draft draft, Duration now, RandomGenerator random, GatewayTransitions gateways) {
        this.draft = draft;
        this.now = now;
        this.policy = new RenewalPolicy(random);
        this.backoff = new Backoff(random);
        this.gateways = gateways;
    }

    private int mappings() {
        return draft.before().tracked().size();
    }

    private MappingState.Active active(TrackedMapping tracked, Lease lease) {
        MappingState.Active open = policy.active(tracked.desired(), lease, now, mappings(), now);
        if (tracked.doubtfulDenials() > 0) {
            return open.verifyingAt(lookAfterDenial(tracked), false);
        }
        if (!open.isUnseen()) {
            return open;
        }
        return tracked.state() instanceof MappingState.Active known && known.hidden()
                ? open.unshown()
                        .verifyingAt(known.verifyAt(), false)
                        .renewingBy(policy.renewalWithoutTable(mappings(), now))
                : open.verifyingAt(policy.firstLook(now), false);
    }

    void requested(Observation.Requested requested) {
        TrackedMapping tracked = requested.tracked();
        boolean lost = tracked.state() instanceof MappingState.Inactive inactive && inactive.lost();
        switch (requested.result()) {
            case Result.Ok<Grant>(Grant.Granted(Lease lease, var learned, var refusal)) -> {
                boolean reclaimed = tracked.reported()
                        .filter(Failure.Conflict.class::isInstance)
                        .isPresent();
                granted(
                        lost && reclaimed ? tracked.reclaimed(now) : tracked,
                        lease,
                        policy.firstRenewalWithoutEpoch(mappings(), now));
                hurryAlike(tracked);
                Optional<InetAddress> shown = requested.address().or(lease::externalAddress);
                draft.report(
                        lost
                                ? new KeeperEvent.Repaired(tracked.desired(), lease, shown)
                                : new KeeperEvent.Opened(tracked.desired(), lease, shown));
            }
            case Result.Ok<Grant>(Grant.AlreadyThere ignored) -> openAlready(tracked);
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) -> openAlready(tracked);
            case Result.Err<Grant>(Failure failure) -> failed(tracked, failure, lost);
        }
    }

    /** @param unsteady when to renew it if the gateway's counter is not to be believed */
    private void granted(TrackedMapping tracked, Lease lease, Duration unsteady) {
        MappingState.Active open = active(tracked, lease);
        TrackedMapping granted = tracked.reporting(Optional.empty());
        draft.put(granted.state(open));
        gateways.granted(lease);
        if (gateways.isUnsteady(lease.claim().gateway())) {
            draft.put(granted.state(open.renewingBy(unsteady)));
        }
    }

    /** The port is open, but not by ajar: it is requested again in a while. */
    private void openAlready(TrackedMapping tracked) {
        Duration due = now.plus(RETRY_WHERE_OPEN_ALREADY);
        draft.put(tracked.state(new MappingState.Inactive(due, 0, false, Optional.empty())));
    }

    private void failed(TrackedMapping tracked, Failure failure, boolean lost) {
        int failures = tracked.state() instanceof MappingState.Inactive before ? before.failures() + 1 : 1;
        Duration due = now.plus(backoff.after(failure, failures));
        TrackedMapping inactive = tracked.state(new MappingState.Inactive(due, failures, lost, Optional.of(failure)));
        draft.put(report(inactive, failure));
        if (failure.isSilence()) {
            postponeAlike(tracked, failure, due);
        }
    }

    /**
     * After a silence, the mappings that would be asked of the same gateways wait as well, without counting as asked.
     */
    private void postponeAlike(TrackedMapping silent, Failure failure, Duration due) {
        for (TrackedMapping other : draft.before().tracked()) {
            if (isAlike(other, silent)
                    && other.state() instanceof MappingState.Inactive inactive
                    && inactive.failures() == 0
                    && inactive.dueAt().compareTo(now) <= 0) {
                draft.put(other.state(new MappingState.Inactive(due, 0, inactive.lost(), Optional.of(failure))));
            }
        }
    }

    /** What waited for an answer need not wait any longer. */
    private void hurryAlike(TrackedMapping answered) {
        for (TrackedMapping other : draft.before().tracked()) {
            if (isAlike(other, answered)
                    && other.state() instanceof MappingState.Inactive inactive
                    && inactive.failures() == 0
                    && inactive.why().filter(Failure::isSilence).isPresent()) {
                draft.put(other.state(inactive.dueAt(now)));
            }
        }
    }

    private static boolean isAlike(TrackedMapping one, TrackedMapping other) {
        return one.desired().selection().equals(other.desired().selection())
                && !DesiredMappingId.of(one.desired()).equals(DesiredMappingId.of(other.desired()));
    }

    /** Reports each kind of failure once, not each time. */
    private TrackedMapping report(TrackedMapping tracked, Failure failure) {
        boolean known = tracked.reported().filter(old -> isAlike(old, failure)).isPresent();
        boolean absent =
                DualStack.isAbsent(tracked.desired(), failure, draft.before().tracked());
        if (!known && !absent) {
            Optional<Lease> open = tracked.state() instanceof MappingState.Active still
                    ? Optional.of(still.lease())
                    : Optional.empty();
            draft.report(new KeeperEvent.Failed(tracked.desired(), failure, open));
        }
        return tracked.reporting(Optional.of(failure));
    }

    private static boolean isAlike(Failure one, Failure other) {
        return one.getClass().equals(other.getClass())
                && one.router().isPresent() == other.router().isPresent()
                && one.router().stream()
                        .allMatch(error -> error.isLike(other.router().orElseThrow()));
    }

    void renewed(Observation.Renewed renewed) {
        TrackedMapping tracked = renewed.tracked();
        MappingState.Active before = renewed.before();
        switch (renewed.result()) {
            case Result.Ok<Grant>(Grant.Granted(Lease lease, var learned, var refusal)) -> {
                granted(tracked, lease, policy.renewalWithoutEpoch(mappings(), now));
                if (!lease.externalPort().equals(before.lease().externalPort())) {
                    draft.report(new KeeperEvent.Repaired(tracked.desired(), lease, lease.externalAddress()));
                }
            }
            case Result.Ok<Grant>(Grant.AlreadyThere there) ->
                lost(tracked, takenBy(there.entry()), Optional.of(there.entry()));
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) -> openAlready(tracked);
            case Result.Err<Grant>(Failure failure) -> notRenewed(tracked, before, failure);
        }
    }

    /** Why a port is lost that now has an entry of another program. */
    public static Message takenBy(ObservedMapping entry) {
        return EntryName.isStandard(entry.description().display())
                ? Message.of("keeper.taken-by-ajar")
                : Message.of("keeper.taken");
    }

    /** The mapping stays open until its lease ends. */
    private void notRenewed(TrackedMapping tracked, MappingState.Active open, Failure failure) {
        boolean ended = open.endsAt().filter(end -> end.compareTo(now) <= 0).isPresent();
        boolean taken = failure instanceof Failure.Conflict;
        if (ended || taken) {
            draft.report(new KeeperEvent.Lost(tracked.desired(), failure.detail()));
            failed(tracked, failure, true);
            return;
        }
        int failures = open.failures() + 1;
        Optional<Duration> next = policy.nextRenewal(open.lease(), open.grantedAt(), failures, now);
        draft.put(report(tracked.state(oftenStill(open.renewingAt(next, failures))), failure));
    }

    /** Where only renewals tell that the mapping is there, a failed one does not end their pace, but slows it down. */
    private MappingState.Active oftenStill(MappingState.Active open) {
        boolean unsteady = gateways.isUnsteady(open.lease().claim().gateway());
        if (!unsteady && !open.hidden()) {
            return open;
        }
        Duration usual =
                unsteady ? policy.renewalWithoutEpoch(mappings(), now) : policy.renewalWithoutTable(mappings(), now);
        return open.renewingBy(RenewalPolicy.slowedDown(usual, open.failures(), now));
    }

    /**
     * The gateway did not answer the renewal; the next one waits for its turn, even if the gateway answers a health
     * check.
     */
    void renewalUnanswered(Observation.RenewalUnanswered unanswered) {
        MappingState.Active open = unanswered.open();
        int failures = open.failures() + 1;
        draft.put(unanswered
                .tracked()
                .state(oftenStill(
                        open.renewingAt(policy.nextRenewal(open.lease(), open.grantedAt(), failures, now), failures))));
    }

    /** The lease has ended without a renewal. */
    void expired(Observation.Expired expired) {
        TrackedMapping tracked = expired.tracked();
        MappingState.Active open = expired.open();
        draft.report(new KeeperEvent.Lost(tracked.desired(), Message.of("keeper.expired")));
        Duration soonest = open.grantedAt().plus(RenewalPolicy.SHORTEST_WAIT);
        Duration due = soonest.compareTo(now) > 0 ? soonest : now;
        draft.put(tracked.state(new MappingState.Inactive(due, open.failures(), true, Optional.empty())));
    }

    /**
     * The gateway's table does not have the mapping. Where that is so at the first look after each of several grants,
     * the table is not believed: the mapping is asked for again, which is right in both cases, less and less often, and
     * no loss is told.
     */
    void missing(Observation.Missing missing) {
        MappingState.Active open = missing.open();
        boolean neverShown = open.confirmedAt().equals(open.grantedAt());
        TrackedMapping tracked =
                missing.tracked().denied(neverShown ? missing.tracked().denials() + 1 : 1);
        if (tracked.doubtfulDenials() == 0) {
            lost(tracked, Message.of("keeper.dropped"), Optional.empty());
            return;
        }
        draft.put(tracked.state(
                open.verifyingAt(lookAfterDenial(tracked), false).renewingAt(Optional.of(now), open.failures())));
    }

    private Duration lookAfterDenial(TrackedMapping tracked) {
        return RenewalPolicy.slowedDown(
                policy.renewalWithoutTable(mappings(), now), tracked.doubtfulDenials() - 1, now);
    }

    /** @param holder the entry in its place */
    void lost(TrackedMapping tracked, Message why, Optional<ObservedMapping> holder) {
        Optional<Duration> rest = holder.isPresent() ? tracked.restingUntil(now) : Optional.empty();
        draft.report(
                rest.isPresent()
                        ? new KeeperEvent.Contested(tracked.desired(), holder.flatMap(MappingTransitions::endpoint))
                        : new KeeperEvent.Lost(tracked.desired(), why));
        Optional<Failure> conflict = holder.map(entry -> new Failure.Conflict(why, endpoint(entry), Optional.empty()));
        draft.put(tracked.state(new MappingState.Inactive(rest.orElseGet(() -> now), 0, true, conflict))
                .reporting(conflict));
        if (holder.isEmpty() && tracked.state() instanceof MappingState.Active open) {
            gateways.entryMissing(open.lease().claim().gateway());
        }
    }

    private static Optional<Endpoint> endpoint(ObservedMapping entry) {
        return Addresses.ipv4(entry.internalClient().raw().strip())
                .map(address -> new Endpoint(address, entry.internalPort()));
    }

    /** The mapping is in the gateway's table; a lease shorter than the granted one is renewed sooner. */
    void present(Observation.Present present) {
        TrackedMapping tracked = present.tracked().denied(0);
        MappingState.Active open = present.open();
        MappingState.Active next = open.confirmed(now).verifyingAt(policy.nextVerification(mappings(), now), false);
        boolean shorter = present.entry()
                .lease()
                .filter(LeaseDuration.Finite.class::isInstance)
                .flatMap(left ->
                        open.endsAt().map(end -> end.minus(now).toSeconds() / 2).filter(half -> left.seconds() < half))
                .isPresent();
        draft.put(tracked.state(shorter ? next.renewingAt(Optional.of(now), open.failures()) : next));
    }

    /**
     * The gateway does not show its table, so only a renewal makes sure that the mapping is there: at once when that is
     * new, and often from then on.
     */
    void notListed(Observation.NotListed notListed) {
        TrackedMapping tracked = notListed.tracked();
        MappingState.Active open = notListed.open();
        MappingState.Active next = open.unshown().verifyingAt(policy.nextLook(mappings(), now), false);
        boolean epochTells = open.lease().claim().gateway().method().traits().hasEpoch();
        if (!(epochTells || open.hidden())) {
            othersNotListed(open.lease().claim().gateway());
        }
        if (open.distrusted() || !(epochTells || open.hidden())) {
            draft.put(tracked.state(next.renewingAt(Optional.of(now), open.failures())));
            return;
        }
        draft.put(tracked.state(epochTells ? next : next.renewingBy(policy.renewalWithoutTable(mappings(), now))));
    }

    /** From now on its absence there is a reason to ask again. */
    void shownInOtherTable(Observation.ShownInOtherTable shown) {
        MappingState.Active open = shown.open();
        draft.put(shown.tracked().state(open.confirmed(now).verifyingAt(policy.nextLook(mappings(), now), false)));
    }

    /**
     * Its own protocol has not said that it is lost, so it is asked for again as it is renewed, which is harmless if it
     * is there. The table has to show it once more after that, so one that is wrong causes no stream of requests.
     */
    void missingInOtherTable(Observation.MissingInOtherTable missing) {
        MappingState.Active open = missing.open();
        draft.put(missing.tracked()
                .state(open.verifyingAt(policy.nextLook(mappings(), now), false)
                        .renewingAt(Optional.of(now), open.failures())));
    }

    /**
     * A gateway that does not show one entry shows none: a look at each of many would take longer than a restart may
     * hide.
     */
    private void othersNotListed(GatewayId gateway) {
        for (TrackedMapping other : draft.openOn(gateway)) {
            if (other.state() instanceof MappingState.Active open && open.isUnseen() && !open.hidden()) {
                Duration renewal = policy.renewalWithoutTable(mappings(), open.grantedAt());
                draft.put(other.state(open.unshown()
                        .verifyingAt(policy.nextLook(mappings(), now), open.distrusted())
                        .renewingBy(renewal.compareTo(now) > 0 ? renewal : now)));
            }
        }
    }

    /**
     * The gateway's table has what may be the mapping, and hides to whom it leads: it would not show that one is lost.
     */
    void clientHidden(Observation.ClientHidden hidden) {
        MappingState.Active open = hidden.open();
        MappingState.Active next = open.confirmed(now).verifyingAt(policy.nextVerification(mappings(), now), false);
        draft.put(hidden.tracked()
                .denied(0)
                .state(open.distrusted() ? next.renewingAt(Optional.of(now), open.failures()) : next));
    }
}
