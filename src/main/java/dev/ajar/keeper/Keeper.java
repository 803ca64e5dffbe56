package dev.ajar.keeper;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Pause;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Keeps the desired mappings open. It has no thread of its own: its owner calls {@link #pass} when something is due, always
 * from the same thread. Between passes other processes may change the state file.
 */
public final class Keeper {
    /** A pass ends after this time, so that a waiting command is not delayed for long. */
    private static final Duration LONGEST_PASS = Duration.ofSeconds(4);

    private static final Duration BUSY = Duration.ofSeconds(1);

    /** The pause between two steps: a UPnP renewal takes three requests, a NAT-PMP one a single packet. */
    private static final Duration PACE = Duration.ofMillis(60);

    private static final Duration SLOW_PACE = Duration.ofMillis(200);

    /** The shortest time between two reactions to announcements. */
    private static final Duration BETWEEN_ANNOUNCEMENTS = Duration.ofSeconds(5);

    private static final int MOST_POSTPONED = 16;

    private final KeeperState keeperState = new KeeperState();
    private final Reconciler reconciler = new Reconciler();
    private final KeeperStore store;
    private final Timeline timeline;
    private final Pause pause;
    private final Consumer<KeeperEvent> events;
    private final NetworkChangeDetector network;
    private final RandomGenerator random;
    private final StepExecutor executor;
    private final StateSync stateSync;
    private final OwnerScope scope;
    private final Relocation relocation;
    private Optional<Duration> lastAnnouncement = Optional.empty();

    /** The gateways whose announcements came too soon after the last. */
    private final Set<InetAddress> postponed = new LinkedHashSet<>();

    private boolean networkChanged;
    private BooleanSupplier isCalled = () -> false;

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
        this.executor = new StepExecutor(gateways, store, timeline, leaseEnds);
        this.stateSync = new StateSync(keeperState, scope, timeline, new RenewalPolicy(random), leaseEnds);
        this.relocation = new Relocation(keeperState, scope, this.network, timeline, events);
    }

    /** From now on a pass ends after the current step when {@code called}; what is left stays due. */
    void yieldTo(BooleanSupplier called) {
        isCalled = called;
    }

    /** The desired mappings with their states. */
    public List<TrackedMapping> tracked() {
        return List.copyOf(keeperState.tracked());
    }

    /** The gateways that hold mappings, as their last health checks showed them. */
    public List<GatewayStatus> gateways() {
        return keeperState.healthByGateway().entrySet().stream()
                .map(entry -> new GatewayStatus(
                        entry.getKey(),
                        entry.getValue().isSilent(),
                        entry.getValue().address().flatMap(address -> address)))
                .toList();
    }

    /** For a keeper that makes one pass and ends, before that pass: what it finds open, it renews as such runs need it. */
    public Keeper forRuns(RunSchedule schedule) {
        stateSync.renewFor(schedule);
        return this;
    }

    /** Whether a keeper for runs should wait a little, because the router did not answer a renewal. */
    public boolean isUnsettled() {
        return stateSync.isRenewalOwed();
    }

    /** Whether a mapping still has to be removed. */
    public boolean hasPendingRemovals() {
        return !keeperState.pendingRemovals().isEmpty();
    }

    /**
     * Does the steps that are due.
     *
     * @return when the next step is due, on the clock that counts time asleep
     */
    public Duration pass() {
        checkNetwork();
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure.Busy ignored) ->
                timeline.elapsed().plus(BUSY);
            // Open mappings are renewed even while the state file cannot be written.
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

    /** Whether this machine has slept or its network has changed since the last call; then a pass is due. */
    public boolean checkNetwork() {
        boolean slept = network.slept();
        Set<IpVersion> changed = network.changed();
        if (changed.contains(IpVersion.IPV6) && !isIpv6Wanted()) {
            changed.remove(IpVersion.IPV6);
        }
        if (slept) {
            events.accept(new KeeperEvent.Resumed());
        }
        if (!changed.isEmpty()) {
            events.accept(new KeeperEvent.NetworkChanged());
            networkChanged = true;
            executor.forgetGateways();
        }
        Set<IpVersion> doubtful = slept ? EnumSet.allOf(IpVersion.class) : changed;
        if (!doubtful.isEmpty()) {
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

    private void execute(KeeperStep step) {
        executor.execute(step).forEach(this::observe);
    }

    private Duration work() {
        Result<Snapshot> loaded = store.load();
        if (loaded instanceof Result.Ok<Snapshot>(Snapshot before)) {
            Snapshot after = stateSync.withoutEnded(before);
            after = networkChanged ? relocation.of(after) : after;
            after = relocation.readdressed(after);
            networkChanged = false;
            if (!after.equals(before) || store.hasUnwritten()) {
                store.save(after);
            }
            stateSync.sync(after);
        }
        handlePostponed();
        Deadline end = Deadline.after(timeline, LONGEST_PASS);
        Plan plan = reconciler.plan(keeperState, timeline.elapsed());
        while (plan.due().isPresent() && !end.hasPassed()) {
            KeeperStep step = plan.due().get();
            execute(step);
            if (step instanceof KeeperStep.Remove(PendingRemoval removal)) {
                recordRemovals(List.of(removal));
            }
            pause.pause(pauseAfter(step));
            plan = reconciler.plan(keeperState, timeline.elapsed());
            if (isCalled.getAsBoolean()) {
                break;
            }
        }
        if (plan.due().isPresent()) {
            return timeline.elapsed();
        }
        boolean announced = !postponed.isEmpty() && announcementsFrom().compareTo(plan.next()) < 0;
        return announced ? announcementsFrom() : plan.next();
    }

    private static Duration pauseAfter(KeeperStep step) {
        return switch (step) {
            case KeeperStep.Open ignored -> SLOW_PACE;
            case KeeperStep.Renew(var tracked, MappingState.Active open) ->
                open.lease().claim().gateway().method().traits().pace();
            case KeeperStep.Remove ignored -> SLOW_PACE;
            case KeeperStep.Verify ignored -> PACE;
            case KeeperStep.Expire ignored -> Duration.ZERO;
            case KeeperStep.Probe ignored -> Duration.ZERO;
            case KeeperStep.Rediscover ignored -> Duration.ZERO;
        };
    }

    /**
     * Drops the records of those that have been removed. Only of those: a step before may have marked other records, which
     * are not pending until the state file is read again.
     */
    private void recordRemovals(Collection<PendingRemoval> attempted) {
        if (!(store.load() instanceof Result.Ok<Snapshot>(Snapshot snapshot))) {
            return;
        }
        Snapshot after = snapshot;
        for (PendingRemoval removal : attempted) {
            MappingRecord mappingRecord = removal.mappingRecord();
            boolean removed = keeperState.pendingRemovals().of(mappingRecord).isEmpty();
            after = removed ? after.withoutThis(mappingRecord) : after;
        }
        if (!after.equals(snapshot)) {
            store.save(after);
        }
    }

    /** Handles an announcement of a gateway. Any device can forge one, so the gateway itself is asked, at a limited rate. */
    public void onAnnouncement(InetAddress gateway) {
        Duration now = timeline.elapsed();
        StateChange change = Transitions.of(keeperState, new Observation.Announced(gateway), now, random.nextLong());
        boolean concerns = !change.health().isEmpty() || !change.tracked().isEmpty();
        if (!concerns) {
            return;
        }
        if (announcementsFrom().compareTo(now) > 0) {
            if (postponed.size() < MOST_POSTPONED) {
                postponed.add(gateway);
            }
            return;
        }
        lastAnnouncement = Optional.of(now);
        keeperState.apply(change);
    }

    /** When the next announcement may be handled. */
    private Duration announcementsFrom() {
        return lastAnnouncement.map(at -> at.plus(BETWEEN_ANNOUNCEMENTS)).orElse(Duration.ZERO);
    }

    /** An announcement that came too early may be of another restart. */
    private void handlePostponed() {
        Duration now = timeline.elapsed();
        if (!postponed.isEmpty() && announcementsFrom().compareTo(now) <= 0) {
            lastAnnouncement = Optional.of(now);
            List<InetAddress> all = List.copyOf(postponed);
            postponed.clear();
            all.forEach(gateway -> observe(new Observation.Announced(gateway)));
        }
    }

    /**
     * Removes the mappings it keeps. Those that are not removed in time stay pending in the state file for the next process.
     *
     * @param leaveLeases whether mappings that end by themselves stay open
     * @param limit the longest it may take
     */
    public void stop(boolean leaveLeases, Duration limit) {
        Deadline deadline = Deadline.after(timeline, limit);
        executor.limitTime(deadline);
        Result<StateStore.Lock> lock = store.lock();
        while (lock instanceof Result.Err<StateStore.Lock>(Failure.Busy ignored) && !deadline.hasPassed()) {
            pause.pause(PACE);
            lock = store.lock();
        }
        if (lock instanceof Result.Err<StateStore.Lock>(Failure.Busy ignored)) {
            // Another process holds the lock. The next process sees that this one has ended and cleans up.
            return;
        }
        StateStore.Lock held = lock.toOptional().orElse(() -> {});
        try (held) {
            if (store.load() instanceof Result.Ok<Snapshot>(Snapshot snapshot)) {
                Snapshot after = markedForRemoval(snapshot, leaveLeases);
                store.save(after);
                stateSync.sync(after);
                removeAll(deadline);
            }
        }
    }

    private Snapshot markedForRemoval(Snapshot snapshot, boolean leaveLeases) {
        Snapshot after = snapshot;
        for (MappingRecord mappingRecord : snapshot.mappingRecords()) {
            boolean stays = leaveLeases && endsByItself(mappingRecord);
            boolean remove =
                    scope.concerns(snapshot, mappingRecord) && !isWantedByOthers(snapshot, mappingRecord) && !stays;
            after = remove ? after.with(mappingRecord.markedForRemoval()) : after;
        }
        for (DesiredMapping desired : snapshot.desiredMappings()) {
            boolean ended = scope.includes(desired.owner()) && desired.owner() instanceof Owner.Launch;
            after = ended ? after.without(desired) : after;
        }
        return after;
    }

    /** Whether it also serves a desired mapping of an owner outside {@link #scope}. */
    private boolean isWantedByOthers(Snapshot snapshot, MappingRecord mappingRecord) {
        return snapshot.desiredMappings().stream()
                .filter(desired -> !scope.includes(desired.owner()))
                .anyMatch(desired -> desired.isServedBy(mappingRecord.claim()));
    }

    private static boolean endsByItself(MappingRecord mappingRecord) {
        return mappingRecord
                .lease()
                .filter(lease -> lease.granted() instanceof LeaseDuration.Finite)
                .isPresent();
    }

    private void removeAll(Deadline deadline) {
        List<PendingRemoval> all = List.copyOf(keeperState.pendingRemovals().all());
        for (PendingRemoval removal : all) {
            boolean gatewayFailed = keeperState.pendingRemovals().all().stream()
                    .anyMatch(other -> other.failures() > removal.failures()
                            && isSameGateway(other, removal)
                            // A mapping to a former address of this machine fails because of that address.
                            && !relocation.isOnOtherNetwork(
                                    other.mappingRecord().claim()));
            if (!deadline.hasPassed() && !gatewayFailed) {
                executor.limitTime(deadline.within(share(deadline, all)));
                execute(new KeeperStep.Remove(removal));
            }
        }
        recordRemovals(all);
    }

    /** A silent gateway must leave time for the others. */
    private Duration share(Deadline deadline, List<PendingRemoval> all) {
        long gateways = all.stream()
                .filter(removal -> keeperState
                        .pendingRemovals()
                        .of(removal.mappingRecord())
                        .isPresent())
                .map(removal -> removal.mappingRecord().claim().gateway())
                .distinct()
                .count();
        return deadline.remaining().dividedBy(Math.max(1, gateways));
    }

    private static boolean isSameGateway(PendingRemoval one, PendingRemoval other) {
        return one.mappingRecord()
                .claim()
                .gateway()
                .equals(other.mappingRecord().claim().gateway());
    }
}
