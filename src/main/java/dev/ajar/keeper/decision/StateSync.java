package dev.ajar.keeper.decision;

import dev.ajar.keeper.model.DesiredMappingId;
import dev.ajar.keeper.model.GatewayHealth;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.OwnerScope;
import dev.ajar.keeper.model.PendingRemoval;
import dev.ajar.keeper.model.RenewalPolicy;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.EpochRule;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.Port;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Updates the keeper's state from the state file, which other processes and earlier runs of this one write too. */
public final class StateSync {
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** The most renewals of a lease in one run. */
    private static final int MOST_RENEWALS = 2;

    private final KeeperState keeperState;
    private final OwnerScope scope;
    private final Timeline timeline;
    private final RenewalPolicy policy;
    private final LeaseEnds leaseEnds;
    private final Consumer<KeeperEvent> events;
    private Optional<Snapshot> synced = Optional.empty();

    /** Of a keeper that makes one pass and ends. */
    private Optional<RunSchedule> runs = Optional.empty();

    private Duration begin = Duration.ZERO;

    /** The desired mappings in {@link #scope}, by {@link #key}. */
    private Map<Port, List<DesiredMapping>> desiredByPort = Map.of();

    /** {@link Snapshot#namingGateways}. */
    private List<DesiredMapping> named = List.of();

    /** @param events receives what a command has opened while this process keeps ports open */
    public StateSync(
            KeeperState keeperState,
            OwnerScope scope,
            Timeline timeline,
            RenewalPolicy policy,
            LeaseEnds leaseEnds,
            Consumer<KeeperEvent> events) {
        this.events = events;
        this.keeperState = keeperState;
        this.scope = scope;
        this.timeline = timeline;
        this.policy = policy;
        this.leaseEnds = leaseEnds;
    }

    /**
     * The snapshot without expired records, and without the desired mappings whose time is over or whose process has
     * ended; their mappings are marked for removal.
     */
    public Snapshot withoutEnded(Snapshot snapshot) {
        Instant now = timeline.instant();
        boolean reached = leaseEnds.isReached(snapshot, now);
        boolean orphaned = leaseEnds.ofLaunches(snapshot).stream().anyMatch(desired -> scope.hasEnded(desired.owner()));
        if (!reached && !orphaned) {
            return snapshot;
        }
        Snapshot rest = snapshot.current(now);
        for (DesiredMapping desired : snapshot.desiredMappings()) {
            if (desired.hasEnded(now) || scope.hasEnded(desired.owner())) {
                rest = rest.ended(desired);
            }
        }
        return rest;
    }

    public void sync(Snapshot snapshot) {
        if (synced.filter(snapshot::equals).isPresent()) {
            return;
        }
        Snapshot before = synced.orElse(Snapshot.EMPTY);
        boolean first = synced.isEmpty();
        synced = Optional.of(snapshot);
        if (!isKnown(before, snapshot)) {
            Set<DesiredMappingId> known = keeperState.tracked().stream()
                    .map(one -> DesiredMappingId.of(one.desired()))
                    .collect(Collectors.toUnmodifiableSet());
            syncTracked(before, snapshot);
            if (!first) {
                tellOpened(known);
            }
        }
        syncPendingRemovals(snapshot);
    }

    /** What a program of {@code ajar run} opens, that tells itself. */
    private void tellOpened(Set<DesiredMappingId> known) {
        for (TrackedMapping one : keeperState.tracked()) {
            DesiredMapping desired = one.desired();
            if (one.state() instanceof MappingState.Active open
                    && desired.owner() instanceof Owner.User
                    && !known.contains(DesiredMappingId.of(desired))) {
                events.accept(new KeeperEvent.Opened(
                        desired, open.lease(), open.lease().externalAddress()));
            }
        }
    }

    /** Whether all that changed are leases that the keeper itself obtained, as after each renewal. */
    private boolean isKnown(Snapshot before, Snapshot now) {
        if (!before.desiredMappings().equals(now.desiredMappings())) {
            return false;
        }
        return now.recordsSince(before).stream()
                .filter(mappingRecord -> !mappingRecord.leaving())
                .allMatch(this::isKnown);
    }

    private boolean isKnown(MappingRecord mappingRecord) {
        return desiredByPort.getOrDefault(key(mappingRecord), List.of()).stream()
                .filter(desired -> Snapshot.serves(desired, mappingRecord, named))
                .allMatch(desired -> mappingRecord.lease().stream().allMatch(lease -> isOpen(desired, lease)));
    }

    private boolean isOpen(DesiredMapping desired, Lease lease) {
        return keeperState.of(desired).filter(known -> isKnown(known, lease)).isPresent();
    }

    private void syncTracked(Snapshot before, Snapshot snapshot) {
        Map<Port, List<MappingRecord>> recordsBefore = byPort(before);
        Map<Port, List<MappingRecord>> records = byPort(snapshot);
        named = snapshot.namingGateways();
        List<DesiredMapping> ours = snapshot.desiredMappings().stream()
                .filter(desired -> scope.includes(desired.owner()))
                .toList();
        desiredByPort = ours.stream().collect(Collectors.groupingBy(StateSync::key));
        List<TrackedMapping> now = new ArrayList<>();
        for (DesiredMapping desired : ours) {
            now.add(tracked(desired, leasesOf(desired, records), leasesOf(desired, recordsBefore)));
        }
        keeperState.replaceAll(now);
        for (TrackedMapping one : now) {
            if (one.state() instanceof MappingState.Active open) {
                addHealth(open);
            }
        }
    }

    private static Map<Port, List<MappingRecord>> byPort(Snapshot snapshot) {
        return snapshot.mappingRecords().stream()
                .filter(mappingRecord -> !mappingRecord.leaving())
                .collect(Collectors.groupingBy(StateSync::key));
    }

    private static Port key(MappingRecord mappingRecord) {
        return mappingRecord.isPinhole()
                ? mappingRecord.claim().internal().port()
                : mappingRecord.claim().mapping().externalPort();
    }

    private static Port key(DesiredMapping desired) {
        return switch (desired.selection().ipVersion()) {
            case IPV4 -> desired.externalPort();
            case IPV6 -> desired.mapping().target().port();
        };
    }

    private List<Lease> leasesOf(DesiredMapping desired, Map<Port, List<MappingRecord>> byPort) {
        return byPort.getOrDefault(key(desired), List.of()).stream()
                .filter(mappingRecord -> Snapshot.serves(desired, mappingRecord, named))
                .flatMap(mappingRecord -> mappingRecord.lease().stream())
                .sorted(Comparator.comparing(Lease::grantedAt).reversed())
                .toList();
    }

    private TrackedMapping tracked(DesiredMapping desired, List<Lease> leases, List<Lease> leasesBefore) {
        Optional<TrackedMapping> known = keeperState.of(desired).filter(old -> isSame(old.desired(), desired));
        if (known.isEmpty()) {
            return TrackedMapping.initial(
                    desired, initialState(desired, leases.stream().findFirst()));
        }
        TrackedMapping old = known.get();
        TrackedMapping updated = old.desired(desired);
        // Another process may have opened or renewed it.
        return leases.stream()
                .filter(lease -> !leasesBefore.contains(lease) && !isKnown(old, lease))
                .findFirst()
                .map(lease -> updated.state(active(desired, lease)))
                .orElse(updated);
    }

    /**
     * Also a lease that is lost by now: the state file still has it, and no other process has opened the port by it.
     */
    private static boolean isKnown(TrackedMapping tracked, Lease lease) {
        return tracked.held().equals(Optional.of(lease));
    }

    private static boolean isSame(DesiredMapping one, DesiredMapping other) {
        return one.mapping().equals(other.mapping())
                && one.selection().equals(other.selection())
                && one.owner().equals(other.owner());
    }

    private MappingState initialState(DesiredMapping desired, Optional<Lease> lease) {
        Duration now = timeline.elapsed();
        MappingState.Inactive inactive = new MappingState.Inactive(now, 0, lease.isPresent(), Optional.empty());
        if (lease.isEmpty()) {
            return inactive;
        }
        MappingState.Active open = active(desired, lease.get());
        if (open.endsAt().filter(end -> end.compareTo(now) <= 0).isPresent()) {
            return inactive;
        }
        if (lease.get().grantedAt().isAfter(timeline.instant())) {
            // The clock has been set back since, so the rest of the lease is unknown.
            return open.renewingAt(Optional.of(now), 0);
        }
        MappingState.Active checked =
                lease.get().isListed() && age(lease.get()).compareTo(FRESH) > 0 ? open.verifyingAt(now, false) : open;
        return isDueInThisRun(open) ? checked.renewingAt(Optional.of(now), 0) : checked;
    }

    /** Whether a keeper that ends after its pass has to renew what it found open. */
    private boolean isDueInThisRun(MappingState.Active open) {
        Duration age = timeline.elapsed().minus(open.grantedAt());
        return open.renewAt().isPresent()
                && runs.isPresent()
                && open.endsAt()
                        .filter(end -> runs.get().isRenewalDue(end.minus(open.grantedAt()), age))
                        .isPresent();
    }

    /** From now on what is found open is renewed as runs of that schedule need it. */
    public void renewFor(RunSchedule schedule) {
        runs = Optional.of(schedule);
        begin = timeline.elapsed();
    }

    /** Whether a renewal of this run has not been answered, and is to be tried once more in it. */
    public boolean isRenewalOwed() {
        return keeperState.tracked().stream()
                .anyMatch(tracked -> tracked.state() instanceof MappingState.Active open
                        && open.grantedAt().compareTo(begin) < 0
                        && open.failures() < MOST_RENEWALS
                        && isDueInThisRun(open));
    }

    /**
     * By wall time, the only clock that two processes share. If it has jumped, the mapping is only verified too early.
     */
    private Duration age(Lease lease) {
        Duration age = Duration.between(lease.grantedAt(), timeline.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private MappingState.Active active(DesiredMapping desired, Lease lease) {
        return policy.active(
                desired, lease, grantedAt(lease), keeperState.tracked().size(), timeline.elapsed());
    }

    private Duration grantedAt(Lease lease) {
        return timeline.elapsed().minus(age(lease));
    }

    /** The epoch recorded with the lease shows later whether the gateway has lost its table since. */
    private void addHealth(MappingState.Active open) {
        Lease lease = open.lease();
        GatewayId gateway = lease.claim().gateway();
        if (keeperState.health(gateway).isPresent()) {
            return;
        }
        GatewayHealth initial = GatewayHealth.initial(timeline.elapsed());
        GatewayHealth health = lease.epoch()
                .map(epoch -> new EpochRule.Reading(epoch, open.grantedAt()))
                .map(reading -> initial.withReading(reading, 0))
                .orElse(initial);
        keeperState.putHealth(
                gateway, lease.externalAddress().isPresent() ? health.withAddress(lease.externalAddress()) : health);
    }

    private void syncPendingRemovals(Snapshot snapshot) {
        if (!snapshot.hasPendingRemovals() && keeperState.pendingRemovals().isEmpty()) {
            return;
        }
        List<PendingRemoval> now = snapshot.mappingRecords().stream()
                .filter(MappingRecord::leaving)
                .map(mappingRecord -> keeperState
                        .pendingRemovals()
                        .of(mappingRecord)
                        .orElseGet(() -> new PendingRemoval(mappingRecord, timeline.elapsed(), 0)))
                .toList();
        keeperState.pendingRemovals().replaceAll(now);
    }
}
