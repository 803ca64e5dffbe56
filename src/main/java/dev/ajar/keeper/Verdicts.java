package dev.ajar.keeper;

import dev.ajar.gateway.Grant;
import dev.ajar.gateway.Pulse;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Method;
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
final class Verdicts {
    private static final Duration PXP_PULSE = Duration.ofSeconds(15);
    private static final Duration UPNP_PULSE = Duration.ofSeconds(25);
    private static final Duration ANOTHERS = Duration.ofSeconds(60);
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration UNSEEN = Duration.ofMinutes(5);

    /** Silent longer than a lost packet or two can explain: other gateways are worth a look. */
    private static final int REALLY_SILENT = 3;

    private final Book book;
    private final Timeline timeline;
    private final RenewalPolicy policy;
    private final Backoff backoff;
    private final Consumer<KeeperEvent> events;

    Verdicts(Book book, Timeline timeline, RandomGenerator random, Consumer<KeeperEvent> events) {
        this.book = book;
        this.timeline = timeline;
        this.policy = new RenewalPolicy(random);
        this.backoff = new Backoff(random);
        this.events = events;
    }

    private Duration now() {
        return timeline.elapsed();
    }

    Standing.Open open(Lease lease, Duration grantedAt) {
        return new Standing.Open(
                lease,
                grantedAt,
                policy.renewal(lease, grantedAt, 0, now()),
                policy.look(book.kept().size(), now()),
                0,
                false);
    }

    Optional<Claim> anyClaimOn(GatewayId id) {
        return book.openOn(id).stream()
                .map(Kept::standing)
                .filter(Standing.Open.class::isInstance)
                .map(Standing.Open.class::cast)
                .map(open -> open.lease().claim())
                .findFirst();
    }

    /** Something that was not open has been asked for. */
    void asked(Kept kept, Result<Grant> result, Optional<InetAddress> address) {
        boolean lost = kept.standing() instanceof Standing.Absent absent && absent.lost();
        switch (result) {
            case Result.Ok<Grant>(Grant.Granted(Lease lease, var lessons)) -> {
                boolean reclaimed =
                        kept.told().filter(Failure.Conflict.class::isInstance).isPresent();
                Kept open = kept.standing(open(lease, now())).telling(Optional.empty());
                book.put(lost && reclaimed ? open.reclaimed(now()) : open);
                heard(lease);
                Optional<InetAddress> shown = address.or(lease::externalAddress);
                events.accept(
                        lost
                                ? new KeeperEvent.Repaired(kept.wish(), lease, shown)
                                : new KeeperEvent.Opened(kept.wish(), lease, shown));
            }
            case Result.Ok<Grant>(Grant.AlreadyThere ignored) -> leftToOthers(kept);
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) -> leftToOthers(kept);
            case Result.Err<Grant>(Failure failure) -> failed(kept, failure, lost);
        }
    }

    /** It is open, and not by us: looked after again in a while. */
    private void leftToOthers(Kept kept) {
        Duration due = now().plus(ANOTHERS);
        book.put(kept.standing(new Standing.Absent(due, 0, false, Optional.empty())));
    }

    private void failed(Kept kept, Failure failure, boolean lost) {
        int failures = kept.standing() instanceof Standing.Absent absent ? absent.failures() + 1 : 1;
        Duration due = now().plus(backoff.after(failure, failures));
        Kept now = kept.standing(new Standing.Absent(due, failures, lost, Optional.of(failure)));
        book.put(told(now, failure));
    }

    /** Told once for each kind of reason, not each time. */
    private Kept told(Kept kept, Failure failure) {
        boolean known = kept.told().filter(old -> isAlike(old, failure)).isPresent();
        if (!known) {
            events.accept(new KeeperEvent.Failed(kept.wish(), failure));
        }
        return kept.telling(Optional.of(failure));
    }

    private static boolean isAlike(Failure one, Failure other) {
        return one.getClass().equals(other.getClass())
                && one.router().isPresent() == other.router().isPresent()
                && one.router().stream()
                        .allMatch(error -> error.isLike(other.router().orElseThrow()));
    }

    void renewed(Kept kept, Standing.Open before, Result<Grant> result) {
        switch (result) {
            case Result.Ok<Grant>(Grant.Granted(Lease lease, var lessons)) -> {
                Standing.Open open = open(lease, now());
                book.put(kept.standing(open.looking(open.lookAt(), false)).telling(Optional.empty()));
                heard(lease);
                if (!lease.externalPort().equals(before.lease().externalPort())) {
                    events.accept(new KeeperEvent.Repaired(kept.wish(), lease, lease.externalAddress()));
                }
            }
            case Result.Ok<Grant>(Grant.AlreadyThere there) ->
                lost(kept, before, "another program has it now", Optional.of(there.entry()));
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) -> leftToOthers(kept);
            case Result.Err<Grant>(Failure failure) -> notRenewed(kept, before, failure);
        }
    }

    /** Until its end it is open all the same. */
    void notRenewed(Kept kept, Standing.Open open, Failure failure) {
        boolean ended = open.endsAt().filter(end -> end.compareTo(now()) <= 0).isPresent();
        boolean taken = failure instanceof Failure.Conflict;
        if (ended || taken) {
            events.accept(new KeeperEvent.Lost(kept.wish(), failure.detail()));
            failed(kept, failure, true);
            return;
        }
        int failures = open.failures() + 1;
        Optional<Duration> next = policy.renewal(open.lease(), open.grantedAt(), failures, now());
        book.put(told(kept.standing(open.renewing(next, failures)), failure));
    }

    /** The gateway lives and does not answer this: the next try waits for its turn. */
    void notAnswered(Kept kept, Standing.Open open) {
        int failures = open.failures() + 1;
        book.put(kept.standing(
                open.renewing(policy.renewal(open.lease(), open.grantedAt(), failures, now()), failures)));
    }

    /** Nobody has extended it. */
    void ended(Kept kept, Standing.Open open) {
        events.accept(new KeeperEvent.Lost(kept.wish(), "its lease has run out"));
        Duration soonest = open.grantedAt().plus(RenewalPolicy.SHORTEST_WAIT);
        Duration due = soonest.compareTo(now()) > 0 ? soonest : now();
        book.put(kept.standing(new Standing.Absent(due, open.failures(), true, Optional.empty())));
    }

    /** @param holder what is in its place */
    void lost(Kept kept, Standing.Open open, String why, Optional<ObservedMapping> holder) {
        Optional<Duration> rest = holder.isPresent() ? kept.restingUntil(now()) : Optional.empty();
        events.accept(
                rest.isPresent()
                        ? new KeeperEvent.Contested(kept.wish(), holder.flatMap(Verdicts::endpoint))
                        : new KeeperEvent.Lost(kept.wish(), why));
        Optional<Failure> told = holder.isPresent()
                ? Optional.of(new Failure.Conflict(why, holder.flatMap(Verdicts::endpoint), Optional.empty()))
                : Optional.empty();
        book.put(kept.standing(new Standing.Absent(rest.orElseGet(this::now), 0, true, told))
                .telling(told));
    }

    private static Optional<Endpoint> endpoint(ObservedMapping entry) {
        return Addresses.ipv4(entry.internalClient().raw().strip())
                .map(address -> new Endpoint(address, entry.internalPort()));
    }

    /** It is in the list; a lease that runs out sooner than was granted is renewed sooner. */
    void present(Kept kept, Standing.Open open, ObservedMapping entry) {
        Standing.Open next = open.looking(policy.look(book.kept().size(), now()), false);
        boolean shorter = entry.lease()
                .filter(LeaseDuration.Finite.class::isInstance)
                .flatMap(left -> open.endsAt()
                        .map(end -> end.minus(now()).toSeconds() / 2)
                        .filter(half -> left.seconds() < half))
                .isPresent();
        book.put(kept.standing(shorter ? next.renewing(Optional.of(now()), open.failures()) : next));
    }

    /** The gateway shows its list to nobody: asking again is all that can be done to be sure. */
    void unseen(Kept kept, Standing.Open open) {
        Duration later = now().plus(UNSEEN);
        Optional<Duration> renewAt =
                open.renewAt().filter(at -> at.compareTo(later) < 0).or(() -> Optional.of(later));
        boolean listsNothing = open.lease().claim().gateway().method() != Method.UPNP;
        Standing.Open next = open.looking(later, false);
        book.put(kept.standing(
                listsNothing && !open.distrusted()
                        ? next
                        : next.renewing(open.distrusted() ? Optional.of(now()) : renewAt, open.failures())));
    }

    void removed(Leaver leaver) {
        book.replace(leaver, Optional.empty());
        events.accept(new KeeperEvent.Closed(
                leaver.holding().protocol().label() + " " + leaver.holding().externalPort(),
                leaver.holding().claim().gateway()));
    }

    void notRemoved(Leaver leaver) {
        book.replace(leaver, Optional.of(leaver.failed(now())));
    }

    void unwatched(GatewayId id) {
        book.watches().remove(id);
    }

    /** A grant is a sign of life, and tells the epoch and sometimes the address. */
    private void heard(Lease lease) {
        GatewayId id = lease.claim().gateway();
        Watch watch = book.watches().getOrDefault(id, Watch.beginning(now().plus(pulse(id))));
        book.watches().put(id, watch.heard(watch.nextAt()));
        lease.epoch().ifPresent(epoch -> epoch(id, epoch));
        if (lease.externalAddress().isPresent()) {
            address(id, lease.externalAddress());
        }
    }

    private static Duration pulse(GatewayId id) {
        return id.method() == Method.UPNP ? UPNP_PULSE : PXP_PULSE;
    }

    void felt(GatewayId id, Pulse pulse) {
        Watch watch = book.watches().getOrDefault(id, Watch.beginning(now()));
        book.watches().put(id, watch.heard(now().plus(pulse(id))));
        pulse.epoch().ifPresent(epoch -> epoch(id, epoch));
        if (pulse.tellsAddress()) {
            address(id, pulse.address());
        }
    }

    private void epoch(GatewayId id, long epoch) {
        Watch watch = book.watches().getOrDefault(id, Watch.beginning(now()));
        EpochRule.Reading reading = new EpochRule.Reading(epoch, now());
        book.watches().put(id, watch.reading(reading));
        boolean lost = watch.reading()
                .filter(before -> EpochRule.tableIsLost(id.method(), before, reading))
                .isPresent();
        if (lost) {
            events.accept(new KeeperEvent.GatewayBack(id, true));
            forgotten(id);
        }
    }

    private void address(GatewayId id, Optional<InetAddress> address) {
        Watch watch = book.watches().getOrDefault(id, Watch.beginning(now()));
        book.watches().put(id, watch.told(address));
        if (watch.address().isEmpty() || watch.address().get().equals(address)) {
            return;
        }
        events.accept(new KeeperEvent.AddressChanged(id, address));
        watch.address()
                .get()
                .ifPresent(old -> address.ifPresent(it -> book.readdressed().put(old, it)));
        Reachability before = Reachability.of(watch.address().get());
        Reachability after = Reachability.of(address);
        if (before != after) {
            events.accept(new KeeperEvent.ReachabilityChanged(id, after));
        }
        doubt(id);
    }

    /** The table is gone, and all that was in it; but for what was granted a moment ago. */
    private void forgotten(GatewayId id) {
        for (Kept kept : book.openOn(id)) {
            if (kept.standing() instanceof Standing.Open open
                    && open.grantedAt().plus(MOMENT).compareTo(now()) <= 0) {
                events.accept(new KeeperEvent.Lost(kept.wish(), "the router has restarted"));
                book.put(kept.standing(new Standing.Absent(now(), 0, true, Optional.empty())));
            }
        }
    }

    /** All that is held there is asked for, or looked at, now; but for what was granted a moment ago. */
    void doubt(GatewayId id) {
        for (Kept kept : book.openOn(id)) {
            if (kept.standing() instanceof Standing.Open open
                    && open.grantedAt().plus(MOMENT).compareTo(now()) <= 0) {
                book.put(kept.standing(doubted(open)));
            }
        }
    }

    private Standing.Open doubted(Standing.Open open) {
        return open.lease().isListed() ? open.looking(now(), true) : open.renewing(Optional.of(now()), open.failures());
    }

    void unheard(GatewayId id) {
        Watch watch = book.watches().getOrDefault(id, Watch.beginning(now()));
        int silent = watch.silent() + 1;
        if (silent == 2) {
            events.accept(new KeeperEvent.GatewaySilent(id));
        }
        if (silent <= REALLY_SILENT) {
            book.watches().put(id, watch.unheard(now().plus(Backoff.silence(silent - 1))));
            return;
        }
        book.watches().remove(id);
        Failure gone = new Failure.NoGateway(id + " does not answer any more");
        for (Kept kept : book.openOn(id)) {
            events.accept(new KeeperEvent.Lost(kept.wish(), gone.detail()));
            Duration due = now().plus(Backoff.silence(silent));
            book.put(kept.standing(new Standing.Absent(due, silent, true, Optional.of(gone)))
                    .telling(Optional.of(gone)));
        }
    }

    /** It answers again. */
    void back(GatewayId id, Pulse pulse) {
        int silent = book.watches().getOrDefault(id, Watch.beginning(now())).silent();
        if (silent >= 2) {
            events.accept(new KeeperEvent.GatewayBack(id, false));
        }
        felt(id, pulse);
        List<Kept> there = book.openOn(id);
        for (Kept kept : there) {
            if (kept.standing() instanceof Standing.Open open) {
                book.put(kept.standing(
                        open.lease().isListed()
                                ? open.looking(now(), open.distrusted())
                                : open.renewing(again(open), open.failures())));
            }
        }
    }

    /** At once after a silence; what has not been answered before has to wait, or there is no end to it. */
    private Optional<Duration> again(Standing.Open open) {
        return open.failures() <= 1 ? Optional.of(now()) : open.renewAt();
    }
}
