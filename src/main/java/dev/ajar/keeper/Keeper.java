package dev.ajar.keeper;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.keeper.decision.LeaseEnds;
import dev.ajar.keeper.decision.NetworkChangeDetector;
import dev.ajar.keeper.decision.Reconciler;
import dev.ajar.keeper.decision.Relocation;
import dev.ajar.keeper.decision.RunSchedule;
import dev.ajar.keeper.decision.StateSync;
import dev.ajar.keeper.decision.Transitions;
import dev.ajar.keeper.exchange.Exchanges;
import dev.ajar.keeper.exchange.GatewayCache;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.keeper.exchange.StepExecutor;
import dev.ajar.keeper.model.GatewayStatus;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.KeeperStep;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.OwnerScope;
import dev.ajar.keeper.model.Plan;
import dev.ajar.keeper.model.RenewalPolicy;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.keeper.model.StateChange;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Result;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Pause;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Keeps the desired mappings open. It has no thread of its own: its owner calls {@link #pass} when something is due,
 * always from the same thread, on which everything is decided and the keeper's state is changed. Exchanges with
 * gateways take place there too, or on threads of their own ({@link #exchangeOn}).
 *
 * <p>Passes make rounds of a few seconds. A round holds the lock of the state file; between rounds other processes may
 * change it.
 */
public final class Keeper {
    /** No exchange makes a round longer that begins later in it, so that another process is not delayed for long. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(4);

    private static final Duration BUSY = Duration.ofSeconds(1);

    private static final Duration BETWEEN_NETWORK_CHECKS = Duration.ofSeconds(5);

    /** At the end: how long exchanges may take until they are cancelled, and then until they have ended. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final KeeperState keeperState = new KeeperState();
    private final Reconciler reconciler = new Reconciler();
    private final KeeperStore store;
    private final Timeline timeline;
    private final Pause pause;
    private final Consumer<KeeperEvent> events;
    private final NetworkChangeDetector network;
    private final RandomGenerator random;
    private final GatewayCache cache;
    private final ExchangeDispatcher dispatcher;
    private final StateSync stateSync;
    private final OwnerScope scope;
    private final Relocation relocation;
    private final Announcements announcements = new Announcements();
    private final CommandHold hold = new CommandHold();
    private final ShownState shown;
    private Optional<Round> round = Optional.empty();
    private Duration networkCheckedAt = Duration.ZERO;
    private boolean networkChanged;

    /** Whether the state file is to be read, although the round has begun. */
    private boolean refresh;

    private BooleanSupplier isCalled = () -> false;

    private record Round(StateStore.Lock lock, Deadline end) {}

    public Keeper(
            GatewaySource gateways,
            NetworkView network,
            KeeperStore store,
            Timeline timeline,
            Pause pause,
            RandomGenerator random,
            OwnerScope scope,
            Consumer<KeeperEvent> events) {
        this.store = store;
        this.timeline = timeline;
        this.pause = pause;
        this.events = events;
        this.scope = scope;
        this.network = new NetworkChangeDetector(network, timeline);
        this.random = random;
        LeaseEnds leaseEnds = new LeaseEnds();
        this.cache = new GatewayCache(gateways);
        this.dispatcher = new ExchangeDispatcher(
                keeperState, new StepExecutor.Common(gateways, cache, store, timeline, leaseEnds), this::observe);
        this.shown = new ShownState(keeperState, dispatcher);
        this.stateSync = new StateSync(keeperState, scope, timeline, new RenewalPolicy(random), leaseEnds, events);
        this.relocation = new Relocation(keeperState, scope, this.network, timeline, events);
    }

    /** From now on a pass ends after the current step when {@code called}; what is left stays due. */
    void yieldTo(BooleanSupplier called) {
        isCalled = called;
    }

    /** Exchanges take place there, from the first pass on. */
    void exchangeOn(Exchanges exchanges) {
        dispatcher.exchangeOn(exchanges);
    }

    /** The desired mappings and their states after the last pass. For any thread, unless exchanges are on this one. */
    public List<TrackedMapping> tracked() {
        return shown.tracked();
    }

    /** The gateways that hold mappings, by their last health checks. For any thread, as {@link #tracked}. */
    public List<GatewayStatus> gateways() {
        return shown.gateways();
    }

    /** For a keeper that makes one pass and ends, before that pass: what is open, it renews as such runs need it. */
    public Keeper forRuns(RunSchedule schedule) {
        stateSync.renewFor(schedule);
        return this;
    }

    /** Whether a keeper for runs should wait a little, because the router did not answer a renewal. */
    public boolean isUnsettled() {
        return stateSync.isRenewalOwed();
    }

    /**
     * A command begins, which asks gateways itself: until {@link #commandEnds} no exchange begins, within a limit.
     *
     * @param ready called on the keeper's thread once no exchange is under way
     */
    public void commandBegins(Runnable ready) {
        dispatcher.exchanges().hand(() -> {
            hold.begins(timeline.elapsed());
            dispatcher.whenIdle(ready);
        });
    }

    /** Ends the exchanges that a command does not want to wait for any longer; their steps stay due. For any thread. */
    public void cancelExchanges() {
        dispatcher.exchanges().hand(dispatcher::cancelQuick);
    }

    /** For any thread. */
    public void commandEnds() {
        dispatcher.exchanges().hand(() -> {
            hold.ends();
            refresh = true;
        });
    }

    /** Something in this process has changed the state file. */
    public void refresh() {
        refresh = true;
    }

    /**
     * Does what is due, also while commands are running.
     *
     * @param done called on the keeper's thread once nothing is due, or after the longest round. For any thread
     */
    public void settle(Runnable done) {
        dispatcher.exchanges().hand(() -> {
            refresh = true;
            hold.settle(done);
            if (dispatcher.exchanges().areInline()) {
                pass();
                hold.settled();
            }
        });
    }

    private boolean isHeld() {
        return hold.holds(timeline.elapsed());
    }

    /**
     * Does the steps that are due, or begins their exchanges.
     *
     * @return when the next pass is due, on the clock that counts time asleep
     */
    public Duration pass() {
        Duration now = timeline.elapsed();
        if (round.isEmpty() || now.minus(networkCheckedAt).compareTo(BETWEEN_NETWORK_CHECKS) >= 0) {
            checkNetwork();
        }
        if (round.isEmpty()) {
            switch (store.lock()) {
                case Result.Err<StateStore.Lock>(Failure.Busy ignored) -> {
                    return timeline.elapsed().plus(BUSY);
                }
                // Open mappings are renewed even while the state file cannot be written.
                case Result.Err<StateStore.Lock>(Failure failure) -> {
                    store.cannotWrite(failure);
                    beginRound(() -> {});
                }
                case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> beginRound(lock);
            }
        }
        try {
            return work();
        } finally {
            shown.publish();
            if (!goesOn()) {
                endRound();
            }
        }
    }

    /** While exchanges are under way, or another may follow in a moment. */
    private boolean goesOn() {
        return !dispatcher.isIdle()
                || (!dispatcher.exchanges().areInline()
                        && mayBegin()
                        && dispatcher.firstRested().isPresent());
    }

    private void beginRound(StateStore.Lock lock) {
        round = Optional.of(new Round(lock, Deadline.after(timeline, LONGEST_ROUND)));
        refresh = true;
    }

    private void endRound() {
        round.ifPresent(ended -> ended.lock().close());
        round = Optional.empty();
        if (dispatcher.isIdle()) {
            hold.settled();
        }
    }

    /** No round becomes longer by it, and no gateway waits for the end of an exchange with another. */
    private boolean mayBegin(KeeperStep step) {
        return mayBegin() || (!isHeld() && dispatcher.endsBeforeOthers(step));
    }

    private boolean mayBegin() {
        return !isHeld() && round.filter(now -> !now.end().hasPassed()).isPresent();
    }

    /** Whether this machine has slept or its network has changed since the last call; then a pass is due. */
    public boolean checkNetwork() {
        networkCheckedAt = timeline.elapsed();
        boolean slept = network.slept();
        Set<IpVersion> changed = network.changed();
        changed.removeIf(ipVersion -> ipVersion == IpVersion.IPV6 && !isIpv6Wanted());
        if (slept) {
            events.accept(new KeeperEvent.Resumed());
        }
        network.answersChanged(keeperState.tracked()).ifPresent(events);
        if (!changed.isEmpty()) {
            events.accept(new KeeperEvent.NetworkChanged());
            networkChanged = true;
            refresh = true;
            cache.forgetAll();
        }
        Set<IpVersion> doubtful = slept ? EnumSet.allOf(IpVersion.class) : changed;
        if (!doubtful.isEmpty()) {
            // Their questions went out from where this machine was.
            dispatcher.cancelAll();
            observe(new Observation.Moved(doubtful));
        }
        return !doubtful.isEmpty();
    }

    private boolean isIpv6Wanted() {
        return keeperState.tracked().stream()
                .anyMatch(tracked -> tracked.desired().selection().ipVersion() == IpVersion.IPV6);
    }

    private void observe(Observation observation) {
        StateChange change = Transitions.of(keeperState, observation, timeline.elapsed(), random.nextLong());
        keeperState.apply(change);
        change.events().forEach(events);
    }

    /** Takes over what is in the state file, and what this machine's present network means for it. */
    private void readState() {
        refresh = false;
        StateStore branch = store.branch();
        if (branch.load() instanceof Result.Ok<Snapshot>(Snapshot before)) {
            Snapshot after = stateSync.withoutEnded(before);
            after = relocation.readdressed(relocation.of(after, networkChanged));
            networkChanged = false;
            if (!after.equals(before) || store.hasUnwritten()) {
                branch.save(after);
            }
            stateSync.sync(after);
        }
    }

    private Duration work() {
        if (refresh) {
            readState();
        }
        announcements
                .due(timeline.elapsed(), dispatcher::isBusy)
                .forEach(gateway -> observe(new Observation.Announced(gateway)));
        Plan plan = plan();
        while (plan.due().filter(this::mayBegin).isPresent()) {
            KeeperStep step = plan.due().get();
            dispatcher.begin(step, Optional.empty());
            if (dispatcher.exchanges().areInline()) {
                pause.pause(ExchangeDispatcher.pauseAfter(step));
            }
            plan = plan();
            if (isCalled.getAsBoolean()) {
                break;
            }
        }
        return nextPass(plan);
    }

    private Plan plan() {
        return reconciler.plan(keeperState, timeline.elapsed(), dispatcher::isFree);
    }

    private Duration nextPass(Plan plan) {
        Duration now = timeline.elapsed();
        if (plan.due().isPresent() && isHeld()) {
            return hold.until();
        }
        if (plan.due().isPresent()) {
            // The end of an exchange that is under way makes a pass due.
            return dispatcher.isIdle() || mayBegin(plan.due().get()) ? now : now.plus(BUSY);
        }
        return Stream.of(Optional.of(plan.next()), announcements.next(), dispatcher.firstRested())
                .flatMap(Optional::stream)
                // What waits for the end of an exchange.
                .map(at -> at.compareTo(now) > 0 ? at : now.plus(BUSY))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Handles an announcement of a gateway. Any device can forge one: the gateway is asked, at a limited rate. */
    public void onAnnouncement(InetAddress gateway) {
        Duration now = timeline.elapsed();
        StateChange change = Transitions.of(keeperState, new Observation.Announced(gateway), now, random.nextLong());
        boolean concerns = !change.health().isEmpty() || !change.tracked().isEmpty();
        if (concerns && announcements.mayHandle(gateway, now, dispatcher.isBusy(gateway))) {
            keeperState.apply(change);
        }
    }

    /**
     * Removes the mappings it keeps. Those not removed in time stay pending in the state file for the next process.
     *
     * @param limit the longest it may take
     */
    public void stop(ShutdownPolicy policy, Duration limit) {
        stop(policy, limit, limit);
    }

    /** @param patience the longest it may take where a router's exchanges are slow */
    public void stop(ShutdownPolicy policy, Duration limit, Duration patience) {
        Deadline last = Deadline.after(timeline, patience);
        // A router that answers does so by then, and what it has granted is known.
        dispatcher.awaitIdle(isPatient() ? last : last.within(GRACE));
        dispatcher.cancelAll();
        dispatcher.awaitIdle(last.within(GRACE));
        endRound();
        Deadline deadline = last.within(limit);
        // Where another process holds the lock, the next one sees that this one has ended, and cleans up.
        store.lockBy(deadline, () -> pause.pause(ExchangeDispatcher.PACE)).ifPresent(lock -> {
            try (lock) {
                new FinalRemovals(keeperState, dispatcher, scope, relocation)
                        .run(store.branch(), stateSync, policy, deadline, last);
            }
        });
        shown.publish();
    }

    /** Whether an exchange is under way that takes long, and is let end. */
    public boolean isPatient() {
        return dispatcher.isPatient();
    }
}
