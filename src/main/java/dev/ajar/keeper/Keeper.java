package dev.ajar.keeper;

import dev.ajar.discovery.Gateways;
import dev.ajar.model.Failure;
import dev.ajar.model.Family;
import dev.ajar.model.GatewayId;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Method;
import dev.ajar.model.Result;
import dev.ajar.state.Holding;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.state.Wish;
import dev.ajar.system.Deadline;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Pause;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Keeps what is wanted open. It does nothing by itself: whoever owns it calls {@link #pass} when it is time, always from
 * the same thread. Between passes the notes are anybody's.
 */
public final class Keeper {
    /** A pass ends after that, so that whoever wants something meanwhile is not kept waiting. */
    private static final Duration LONGEST_PASS = Duration.ofSeconds(4);

    private static final Duration BUSY = Duration.ofSeconds(1);

    /** Between two questions to a router: three requests make a UPnP renewal, one packet a NAT-PMP one. */
    private static final Duration PACE = Duration.ofMillis(60);

    private static final Duration SLOW_PACE = Duration.ofMillis(200);

    /** Whatever a router announces, it is asked at most that often. */
    private static final Duration BETWEEN_HINTS = Duration.ofSeconds(5);

    private final Book book = new Book();
    private final Reconciler reconciler = new Reconciler();
    private final KeeperStore store;
    private final Timeline timeline;
    private final Pause pause;
    private final Consumer<KeeperEvent> events;
    private final Surroundings surroundings;
    private final Verdicts verdicts;
    private final Hands hands;
    private final Adoption adoption;
    private final Mandate mandate;
    private final Relocation relocation;
    private Optional<Duration> lastHint = Optional.empty();
    private boolean moved;

    public Keeper(
            Gateways gateways,
            NetworkView network,
            KeeperStore store,
            Timeline timeline,
            Pause pause,
            RandomGenerator random,
            Mandate mandate,
            Consumer<KeeperEvent> events) {
        this.store = store;
        this.timeline = timeline;
        this.pause = pause;
        this.events = events;
        this.mandate = mandate;
        this.surroundings = new Surroundings(network, timeline);
        this.verdicts = new Verdicts(book, timeline, random, events);
        this.hands = new Hands(gateways, store, timeline, verdicts);
        this.adoption = new Adoption(book, mandate, timeline, verdicts);
        this.relocation = new Relocation(book, mandate, surroundings, timeline, events);
    }

    /** How everything stands. */
    public List<Kept> kept() {
        return List.copyOf(book.kept());
    }

    /** Whether something still is to be removed. */
    public boolean hasLeavers() {
        return !book.leavers().isEmpty();
    }

    /**
     * Does what is due.
     *
     * @return when something will be due again, on the clock in which sleep counts
     */
    public Duration pass() {
        notices();
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure.Busy ignored) ->
                timeline.elapsed().plus(BUSY);
            // Without a place to write, what is open is kept open all the same.
            case Result.Err<StateStore.Lock>(Failure failure) -> {
                store.cannotWrite(failure);
                yield work();
            }
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield work();
                }
            }
        };
    }

    /** Whether this machine has slept or its network has changed since the last time: then a pass is due. */
    public boolean notices() {
        boolean slept = surroundings.slept();
        Set<Family> changed = concerned(surroundings.changed());
        if (slept) {
            events.accept(new KeeperEvent.Woke());
        }
        if (!changed.isEmpty()) {
            events.accept(new KeeperEvent.NetworkChanged());
            moved = true;
            hands.forgetGateways();
        }
        if (slept) {
            everythingIsDue(EnumSet.allOf(Family.class));
        } else if (!changed.isEmpty()) {
            everythingIsDue(changed);
        }
        return slept || !changed.isEmpty();
    }

    /** Another prefix of IPv6 is nobody's concern where nothing is wanted over it. */
    private Set<Family> concerned(Set<Family> changed) {
        boolean ipv6IsWanted =
                book.kept().stream().anyMatch(kept -> kept.wish().selection().family() == Family.IPV6);
        if (!ipv6IsWanted) {
            changed.remove(Family.IPV6);
        }
        return changed;
    }

    /** But a change of one version of IP gives no reason to doubt what is open over the other. */
    private void everythingIsDue(Set<Family> families) {
        Duration now = timeline.elapsed();
        for (Map.Entry<GatewayId, Watch> entry : book.watches().entrySet()) {
            if (families.contains(Family.of(entry.getKey().address()))) {
                entry.setValue(entry.getValue().at(now));
                verdicts.doubt(entry.getKey());
            }
        }
        for (Leaver leaver : List.copyOf(book.leavers())) {
            book.replace(leaver, Optional.of(new Leaver(leaver.holding(), now, 0)));
        }
        for (Kept kept : kept()) {
            if (kept.standing() instanceof Standing.Absent absent) {
                book.put(kept.standing(new Standing.Absent(now, 0, absent.lost(), absent.why())));
            }
        }
    }

    private Duration work() {
        Result<Snapshot> loaded = store.load();
        if (loaded instanceof Result.Ok<Snapshot>(Snapshot before)) {
            Snapshot after = adoption.ended(before.current(timeline.instant()));
            after = moved ? relocation.of(after) : after;
            after = relocation.readdressed(after);
            moved = false;
            if (!after.equals(before) || store.isBehind()) {
                store.save(after);
            }
            adoption.adopt(after);
        }
        Deadline end = Deadline.after(timeline, LONGEST_PASS);
        Plan plan = reconciler.plan(book, timeline.elapsed());
        while (plan.due().isPresent() && !end.hasPassed()) {
            Step step = plan.due().get();
            hands.carryOut(step);
            if (step instanceof Step.Remove) {
                noteRemovals();
            }
            pause.pause(pace(step));
            plan = reconciler.plan(book, timeline.elapsed());
        }
        return plan.due().isPresent() ? timeline.elapsed() : plan.next();
    }

    private static Duration pace(Step step) {
        return switch (step) {
            case Step.Open ignored -> SLOW_PACE;
            case Step.Renew(var kept, Standing.Open open) ->
                open.lease().claim().gateway().method() == Method.UPNP ? SLOW_PACE : PACE;
            case Step.Remove ignored -> SLOW_PACE;
            case Step.Look ignored -> PACE;
            case Step.End ignored -> Duration.ZERO;
            case Step.Feel ignored -> Duration.ZERO;
            case Step.Seek ignored -> Duration.ZERO;
        };
    }

    /** What is not in the book to be removed any more has been removed. */
    private void noteRemovals() {
        if (!(store.load() instanceof Result.Ok<Snapshot>(Snapshot snapshot))) {
            return;
        }
        Snapshot after = snapshot;
        for (Holding holding : snapshot.holdings()) {
            boolean done = holding.leaving()
                    && book.leavers().stream()
                            .noneMatch(leaver -> leaver.holding().equals(holding));
            after = done ? after.without(holding) : after;
        }
        if (!after.equals(snapshot)) {
            store.save(after);
        }
    }

    /** A gateway has announced something. Anybody can say so in its name, so it is asked, and not too often. */
    public void stirred(InetAddress gateway) {
        Duration now = timeline.elapsed();
        boolean soon = lastHint.filter(at -> now.minus(at).compareTo(BETWEEN_HINTS) < 0)
                .isPresent();
        if (soon) {
            return;
        }
        for (Map.Entry<GatewayId, Watch> entry : book.watches().entrySet()) {
            if (mayBeOf(gateway, entry.getKey())) {
                lastHint = Optional.of(now);
                entry.setValue(entry.getValue().at(now));
                lookAt(entry.getKey(), now);
            }
        }
        for (Kept kept : kept()) {
            if (kept.standing() instanceof Standing.Absent absent
                    && absent.why().filter(Failure::isSilence).isPresent()) {
                lastHint = Optional.of(now);
                book.put(kept.standing(absent.at(now)));
            }
        }
    }

    /** A router announces itself over IPv4, and its IPv6 firewall has come back with it. */
    private static boolean mayBeOf(InetAddress announcer, GatewayId id) {
        return id.address().equals(announcer) || Family.of(id.address()) == Family.IPV6;
    }

    /** What no table shows is asked for again, which does no harm where it is there. */
    private void lookAt(GatewayId id, Duration now) {
        for (Kept kept : book.openOn(id)) {
            if (kept.standing() instanceof Standing.Open open && id.method() == Method.UPNP) {
                book.put(kept.standing(
                        open.lease().isListed()
                                ? open.looking(now, open.distrusted())
                                : open.renewing(Optional.of(now), open.failures())));
            }
        }
    }

    /**
     * Removes what it keeps, as far as there is time, and leaves the rest in the notes for whoever comes next.
     *
     * @param leaveLeases what ends by itself may stay
     */
    public void stop(boolean leaveLeases, Duration patience) {
        Deadline deadline = Deadline.after(timeline, patience);
        hands.hurry(deadline);
        Result<StateStore.Lock> lock = store.lock();
        while (lock instanceof Result.Err<StateStore.Lock>(Failure.Busy ignored) && !deadline.hasPassed()) {
            pause.pause(PACE);
            lock = store.lock();
        }
        if (lock instanceof Result.Err<StateStore.Lock>(Failure.Busy ignored)) {
            // Its notes are somebody else's for now; whoever comes next finds ours, and that we are
            // gone.
            return;
        }
        StateStore.Lock held = lock.toOptional().orElse(() -> {});
        try (held) {
            if (store.load() instanceof Result.Ok<Snapshot>(Snapshot snapshot)) {
                Snapshot after = leaving(snapshot, leaveLeases);
                store.save(after);
                adoption.adopt(after);
                removeAll(deadline);
            }
        }
    }

    private Snapshot leaving(Snapshot snapshot, boolean leaveLeases) {
        Snapshot after = snapshot;
        for (Holding holding : snapshot.holdings()) {
            boolean stays = leaveLeases && endsByItself(holding);
            boolean goes = mandate.concerns(snapshot, holding) && !isOthers(snapshot, holding) && !stays;
            after = goes ? after.with(holding.thatLeaves()) : after;
        }
        for (Wish wish : snapshot.wishes()) {
            boolean over = mandate.includes(wish.owner()) && wish.owner() instanceof Owner.Launch;
            after = over ? after.without(wish) : after;
        }
        return after;
    }

    /** Whether somebody else's wish is served by it as well. */
    private boolean isOthers(Snapshot snapshot, Holding holding) {
        return snapshot.wishes().stream()
                .filter(wish -> !mandate.includes(wish.owner()))
                .anyMatch(wish -> wish.isServedBy(holding.claim()));
    }

    private static boolean endsByItself(Holding holding) {
        return holding.lease()
                .filter(lease -> lease.granted() instanceof LeaseDuration.Finite)
                .isPresent();
    }

    private void removeAll(Deadline deadline) {
        for (Leaver leaver : List.copyOf(book.leavers())) {
            boolean hopeless = book.leavers().stream()
                    .anyMatch(other -> other.failures() > leaver.failures()
                            && isSameGateway(other, leaver)
                            // That one failed for its own reason.
                            && !relocation.isElsewhere(other.holding().claim()));
            if (!deadline.hasPassed() && !hopeless) {
                hands.carryOut(new Step.Remove(leaver));
            }
        }
        noteRemovals();
    }

    private static boolean isSameGateway(Leaver one, Leaver other) {
        return one.holding().claim().gateway().equals(other.holding().claim().gateway());
    }
}
