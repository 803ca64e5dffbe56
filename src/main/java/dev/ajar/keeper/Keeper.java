package dev.ajar.keeper;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.MappingProtocol;
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

    private final KeeperState keeperState = new KeeperState();
    private final Reconciler reconciler = new Reconciler();
    private final KeeperStore store;
    private final Timeline timeline;
    private final Pause pause;
    private final Consumer<KeeperEvent> events;
    private final NetworkChangeDetector context;
    private final Transitions transitions;
    private final StepExecutor executor;
    private final StateSync stateSync;
    private final OwnerScope scope;
    private final Relocation relocation;
    private Optional<Duration> lastHint = Optional.empty();
    private boolean moved;

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
        this.context = new NetworkChangeDetector(network, timeline);
        this.transitions = new Transitions(keeperState, timeline, random, events);
        LeaseEnds endings = new LeaseEnds();
        this.executor = new StepExecutor(gateways, store, timeline, transitions, endings);
        this.stateSync = new StateSync(keeperState, scope, timeline, transitions, endings);
        this.relocation = new Relocation(keeperState, scope, context, timeline, events);
    }

    /** How everything stands. */
    public List<TrackedMapping> tracked() {
        return List.copyOf(keeperState.tracked());
    }

    /** Whether something still is to be removed. */
    public boolean hasPendingRemovals() {
        return !keeperState.pendingRemovals().isEmpty();
    }

    /**
     * Does what is due.
     *
     * @return when something will be due again, on the clock in which sleep counts
     */
    public Duration pass() {
        checkNetwork();
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
    public boolean checkNetwork() {
        boolean slept = context.slept();
        Set<IpVersion> changed = concerned(context.changed());
        if (slept) {
            events.accept(new KeeperEvent.Resumed());
        }
        if (!changed.isEmpty()) {
            events.accept(new KeeperEvent.NetworkChanged());
            moved = true;
            executor.forgetGateways();
        }
        if (slept) {
            everythingIsDue(EnumSet.allOf(IpVersion.class));
        } else if (!changed.isEmpty()) {
            everythingIsDue(changed);
        }
        return slept || !changed.isEmpty();
    }

    /** Another prefix of IPv6 is nobody's concern where nothing is wanted over it. */
    private Set<IpVersion> concerned(Set<IpVersion> changed) {
        if (changed.contains(IpVersion.IPV6) && !isIpv6Wanted()) {
            changed.remove(IpVersion.IPV6);
        }
        return changed;
    }

    private boolean isIpv6Wanted() {
        return keeperState.tracked().stream()
                .anyMatch(tracked -> tracked.desired().selection().ipVersion() == IpVersion.IPV6);
    }

    /** But a change of one version of IP gives no reason to doubt what is open over the other. */
    private void everythingIsDue(Set<IpVersion> ipVersions) {
        Duration now = timeline.elapsed();
        for (Map.Entry<GatewayId, GatewayHealth> entry : keeperState.watches().entrySet()) {
            if (ipVersions.contains(IpVersion.of(entry.getKey().address()))) {
                keeperState.watch(entry.getKey(), entry.getValue().at(now));
                transitions.doubt(entry.getKey());
            }
        }
        for (PendingRemoval removal : List.copyOf(keeperState.pendingRemovals().all())) {
            keeperState.pendingRemovals().add(new PendingRemoval(removal.mappingRecord(), now, 0));
        }
        for (TrackedMapping tracked : tracked()) {
            if (tracked.state() instanceof MappingState.Inactive absent) {
                keeperState.put(tracked.state(new MappingState.Inactive(now, 0, absent.lost(), absent.why())));
            }
        }
    }

    private Duration work() {
        Result<Snapshot> loaded = store.load();
        if (loaded instanceof Result.Ok<Snapshot>(Snapshot before)) {
            Snapshot after = stateSync.ended(before);
            after = moved ? relocation.of(after) : after;
            after = relocation.readdressed(after);
            moved = false;
            if (!after.equals(before) || store.isBehind()) {
                store.save(after);
            }
            stateSync.sync(after);
        }
        Deadline end = Deadline.after(timeline, LONGEST_PASS);
        Plan plan = reconciler.plan(keeperState, timeline.elapsed());
        while (plan.due().isPresent() && !end.hasPassed()) {
            KeeperStep step = plan.due().get();
            executor.carryOut(step);
            if (step instanceof KeeperStep.Remove) {
                recordRemovals();
            }
            pause.pause(pace(step));
            plan = reconciler.plan(keeperState, timeline.elapsed());
        }
        return plan.due().isPresent() ? timeline.elapsed() : plan.next();
    }

    private static Duration pace(KeeperStep step) {
        return switch (step) {
            case KeeperStep.Open ignored -> SLOW_PACE;
            case KeeperStep.Renew(var tracked, MappingState.Active open) ->
                open.lease().claim().gateway().method() == MappingProtocol.UPNP ? SLOW_PACE : PACE;
            case KeeperStep.Remove ignored -> SLOW_PACE;
            case KeeperStep.Verify ignored -> PACE;
            case KeeperStep.Expire ignored -> Duration.ZERO;
            case KeeperStep.Probe ignored -> Duration.ZERO;
            case KeeperStep.Rediscover ignored -> Duration.ZERO;
        };
    }

    /** What is not in the book to be removed any more has been removed. */
    private void recordRemovals() {
        if (!(store.load() instanceof Result.Ok<Snapshot>(Snapshot snapshot))) {
            return;
        }
        Snapshot after = snapshot;
        for (MappingRecord mappingRecord : snapshot.mappingRecords()) {
            boolean done = mappingRecord.leaving()
                    && keeperState.pendingRemovals().of(mappingRecord).isEmpty();
            after = done ? after.without(mappingRecord) : after;
        }
        if (!after.equals(snapshot)) {
            store.save(after);
        }
    }

    /** A gateway has announced something. Anybody can say so in its name, so it is asked, and not too often. */
    public void onAnnouncement(InetAddress gateway) {
        Duration now = timeline.elapsed();
        boolean soon = lastHint.filter(at -> now.minus(at).compareTo(BETWEEN_HINTS) < 0)
                .isPresent();
        if (soon) {
            return;
        }
        for (Map.Entry<GatewayId, GatewayHealth> entry : keeperState.watches().entrySet()) {
            if (mayBeOf(gateway, entry.getKey())) {
                lastHint = Optional.of(now);
                keeperState.watch(entry.getKey(), entry.getValue().at(now));
                lookAt(entry.getKey(), now);
            }
        }
        for (TrackedMapping tracked : tracked()) {
            if (tracked.state() instanceof MappingState.Inactive absent
                    && absent.why().filter(Failure::isSilence).isPresent()) {
                lastHint = Optional.of(now);
                keeperState.put(tracked.state(absent.at(now)));
            }
        }
    }

    /** A router announces itself over IPv4, and its IPv6 firewall has come back with it. */
    private static boolean mayBeOf(InetAddress announcer, GatewayId id) {
        return id.address().equals(announcer) || IpVersion.of(id.address()) == IpVersion.IPV6;
    }

    /** What no table shows is asked for again, which does no harm where it is there. */
    private void lookAt(GatewayId id, Duration now) {
        for (TrackedMapping tracked : keeperState.openOn(id)) {
            if (tracked.state() instanceof MappingState.Active open && id.method() == MappingProtocol.UPNP) {
                keeperState.put(tracked.state(
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
        executor.limitTime(deadline);
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
                stateSync.sync(after);
                removeAll(deadline);
            }
        }
    }

    private Snapshot leaving(Snapshot snapshot, boolean leaveLeases) {
        Snapshot after = snapshot;
        for (MappingRecord mappingRecord : snapshot.mappingRecords()) {
            boolean stays = leaveLeases && endsByItself(mappingRecord);
            boolean goes = scope.concerns(snapshot, mappingRecord) && !isOthers(snapshot, mappingRecord) && !stays;
            after = goes ? after.with(mappingRecord.markedForRemoval()) : after;
        }
        for (DesiredMapping desired : snapshot.desiredMappings()) {
            boolean over = scope.includes(desired.owner()) && desired.owner() instanceof Owner.Launch;
            after = over ? after.without(desired) : after;
        }
        return after;
    }

    /** Whether somebody else's wish is served by it as well. */
    private boolean isOthers(Snapshot snapshot, MappingRecord mappingRecord) {
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
        for (PendingRemoval removal : List.copyOf(keeperState.pendingRemovals().all())) {
            boolean hopeless = keeperState.pendingRemovals().all().stream()
                    .anyMatch(other -> other.failures() > removal.failures()
                            && isSameGateway(other, removal)
                            // That one failed for its own reason.
                            && !relocation.isOnOtherNetwork(
                                    other.mappingRecord().claim()));
            if (!deadline.hasPassed() && !hopeless) {
                executor.carryOut(new KeeperStep.Remove(removal));
            }
        }
        recordRemovals();
    }

    private static boolean isSameGateway(PendingRemoval one, PendingRemoval other) {
        return one.mappingRecord()
                .claim()
                .gateway()
                .equals(other.mappingRecord().claim().gateway());
    }
}
