package dev.ajar.keeper;

import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.Port;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Brings the book up to what the notes say: other processes write them too, and so did we before we were restarted. */
final class StateSync {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final KeeperState keeperState;
    private final OwnerScope scope;
    private final Timeline timeline;
    private final Transitions transitions;
    private final LeaseEnds endings;
    private Optional<Snapshot> adopted = Optional.empty();

    /** The wishes it keeps, by the port that {@link #key} finds them at. */
    private Map<Port, List<DesiredMapping>> tracked = Map.of();

    /** {@link Snapshot#namingGateways}. */
    private List<DesiredMapping> named = List.of();

    StateSync(
            KeeperState keeperState, OwnerScope scope, Timeline timeline, Transitions transitions, LeaseEnds endings) {
        this.keeperState = keeperState;
        this.scope = scope;
        this.timeline = timeline;
        this.transitions = transitions;
        this.endings = endings;
    }

    /**
     * Without what may be forgotten, and without the wishes whose time or whose owner has come to an end; what they had
     * open is to be removed.
     */
    Snapshot ended(Snapshot snapshot) {
        Instant now = timeline.instant();
        boolean reached = endings.isReached(snapshot, now);
        boolean orphaned = endings.ofLaunches(snapshot).stream().anyMatch(desired -> scope.hasEnded(desired.owner()));
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

    void sync(Snapshot snapshot) {
        if (adopted.filter(snapshot::equals).isPresent()) {
            return;
        }
        Snapshot before = adopted.orElse(Snapshot.EMPTY);
        adopted = Optional.of(snapshot);
        if (!isOurDoing(before, snapshot)) {
            adoptKept(before, snapshot);
        }
        adoptPendingRemovals(snapshot);
    }

    /** Whether all that is new are leases the book has: so it is after each renewal, and nothing is to be learnt then. */
    private boolean isOurDoing(Snapshot before, Snapshot now) {
        if (!before.desiredMappings().equals(now.desiredMappings())) {
            return false;
        }
        return now.holdingsSince(before).stream()
                .filter(mappingRecord -> !mappingRecord.leaving())
                .allMatch(this::isInTheBook);
    }

    private boolean isInTheBook(MappingRecord mappingRecord) {
        return tracked.getOrDefault(key(mappingRecord), List.of()).stream()
                .filter(desired -> Snapshot.serves(desired, mappingRecord, named))
                .allMatch(desired -> mappingRecord.lease().stream().allMatch(lease -> isOpen(desired, lease)));
    }

    private boolean isOpen(DesiredMapping desired, Lease lease) {
        return keeperState.of(desired).filter(there -> isKnown(there, lease)).isPresent();
    }

    private void adoptKept(Snapshot earlier, Snapshot snapshot) {
        Map<Port, List<MappingRecord>> before = byPort(earlier);
        Map<Port, List<MappingRecord>> noted = byPort(snapshot);
        named = snapshot.namingGateways();
        List<DesiredMapping> ours = snapshot.desiredMappings().stream()
                .filter(desired -> scope.includes(desired.owner()))
                .toList();
        tracked = ours.stream().collect(Collectors.groupingBy(StateSync::key));
        List<TrackedMapping> now = new ArrayList<>();
        for (DesiredMapping desired : ours) {
            now.add(tracked(desired, leasesOf(desired, noted), leasesOf(desired, before)));
        }
        keeperState.replaceAll(now);
        for (TrackedMapping one : now) {
            if (one.state() instanceof MappingState.Active open) {
                watch(open);
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

    private TrackedMapping tracked(DesiredMapping desired, List<Lease> noted, List<Lease> before) {
        Optional<TrackedMapping> known = keeperState.of(desired).filter(old -> isSame(old.desired(), desired));
        if (known.isEmpty()) {
            return TrackedMapping.fresh(desired, fresh(noted.stream().findFirst()));
        }
        TrackedMapping old = known.get();
        TrackedMapping renamed = new TrackedMapping(desired, old.state(), old.told(), old.reclaims());
        // Somebody else has opened or renewed it meanwhile.
        return noted.stream()
                .filter(lease -> !before.contains(lease) && !isKnown(old, lease))
                .findFirst()
                .map(lease -> renamed.state(transitions.open(lease, grantedAt(lease))))
                .orElse(renamed);
    }

    private static boolean isKnown(TrackedMapping tracked, Lease lease) {
        return tracked.state() instanceof MappingState.Active open
                && open.lease().equals(lease);
    }

    private static boolean isSame(DesiredMapping one, DesiredMapping other) {
        return one.mapping().equals(other.mapping())
                && one.selection().equals(other.selection())
                && one.owner().equals(other.owner());
    }

    private MappingState fresh(Optional<Lease> lease) {
        Duration now = timeline.elapsed();
        MappingState.Inactive absent = new MappingState.Inactive(now, 0, lease.isPresent(), Optional.empty());
        if (lease.isEmpty()) {
            return absent;
        }
        MappingState.Active open = transitions.open(lease.get(), grantedAt(lease.get()));
        boolean over = open.endsAt().filter(end -> end.compareTo(now) <= 0).isPresent();
        if (over) {
            return absent;
        }
        if (lease.get().grantedAt().isAfter(timeline.instant())) {
            // The clock has been set back since: how much of it is left cannot be known.
            return open.renewing(Optional.of(now), 0);
        }
        return lease.get().isListed() && age(lease.get()).compareTo(FRESH) > 0 ? open.looking(now, false) : open;
    }

    /** By wall time, the only one that both processes know; it may have jumped, and then we look too early. */
    private Duration age(Lease lease) {
        Duration age = Duration.between(lease.grantedAt(), timeline.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private Duration grantedAt(Lease lease) {
        return timeline.elapsed().minus(age(lease));
    }

    /** The epoch noted with the lease tells whether the gateway has lost its table since. */
    private void watch(MappingState.Active open) {
        Lease lease = open.lease();
        GatewayId gateway = lease.claim().gateway();
        if (keeperState.watch(gateway).isPresent()) {
            return;
        }
        GatewayHealth watch = GatewayHealth.beginning(timeline.elapsed());
        GatewayHealth read = lease.epoch()
                .map(epoch -> new EpochRule.Reading(epoch, open.grantedAt()))
                .map(watch::reading)
                .orElse(watch);
        keeperState.watch(gateway, lease.externalAddress().isPresent() ? read.told(lease.externalAddress()) : read);
    }

    private void adoptPendingRemovals(Snapshot snapshot) {
        if (!snapshot.isAnyLeaving() && keeperState.pendingRemovals().isEmpty()) {
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
