package dev.ajar.keeper;

import dev.ajar.model.Lease;
import dev.ajar.model.Port;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Timeline;
import java.time.Duration;
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
    private Optional<Snapshot> adopted = Optional.empty();

    StateSync(KeeperState keeperState, OwnerScope scope, Timeline timeline, Transitions transitions) {
        this.keeperState = keeperState;
        this.scope = scope;
        this.timeline = timeline;
        this.transitions = transitions;
    }

    /** Without the wishes whose time or whose owner has come to an end; what they had open is to be removed. */
    Snapshot ended(Snapshot snapshot) {
        Snapshot rest = snapshot;
        for (DesiredMapping desired : snapshot.desiredMappings()) {
            if (desired.hasEnded(timeline.instant()) || scope.hasEnded(desired.owner())) {
                rest = rest.ended(desired);
            }
        }
        return rest;
    }

    void sync(Snapshot snapshot) {
        if (adopted.filter(snapshot::equals).isPresent()) {
            return;
        }
        Map<Port, List<MappingRecord>> before = byPort(adopted.orElse(Snapshot.EMPTY));
        Map<Port, List<MappingRecord>> noted = byPort(snapshot);
        adopted = Optional.of(snapshot);
        List<DesiredMapping> named = snapshot.namingGateways();
        List<TrackedMapping> now = new ArrayList<>();
        for (DesiredMapping desired : snapshot.desiredMappings()) {
            if (scope.includes(desired.owner())) {
                now.add(tracked(desired, leasesOf(desired, noted, named), leasesOf(desired, before, named)));
            }
        }
        keeperState.replaceAll(now);
        for (TrackedMapping tracked : now) {
            if (tracked.state() instanceof MappingState.Active open) {
                watch(open);
            }
        }
        adoptPendingRemovals(snapshot);
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

    private static List<Lease> leasesOf(
            DesiredMapping desired, Map<Port, List<MappingRecord>> byPort, List<DesiredMapping> named) {
        Port key = switch (desired.selection().ipVersion()) {
            case IPV4 -> desired.externalPort();
            case IPV6 -> desired.mapping().target().port();
        };
        return byPort.getOrDefault(key, List.of()).stream()
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
        keeperState.watches().computeIfAbsent(lease.claim().gateway(), id -> {
            GatewayHealth watch = GatewayHealth.beginning(timeline.elapsed());
            Optional<GatewayHealth> read =
                    lease.epoch().map(epoch -> watch.reading(new EpochRule.Reading(epoch, open.grantedAt())));
            return lease.externalAddress().isPresent()
                    ? read.orElse(watch).told(lease.externalAddress())
                    : read.orElse(watch);
        });
    }

    private void adoptPendingRemovals(Snapshot snapshot) {
        List<MappingRecord> leaving = snapshot.mappingRecords().stream()
                .filter(MappingRecord::leaving)
                .toList();
        List<PendingRemoval> known = List.copyOf(keeperState.pendingRemovals());
        keeperState.pendingRemovals().clear();
        for (MappingRecord mappingRecord : leaving) {
            keeperState
                    .pendingRemovals()
                    .add(known.stream()
                            .filter(old -> old.mappingRecord().equals(mappingRecord))
                            .findFirst()
                            .orElse(new PendingRemoval(mappingRecord, timeline.elapsed(), 0)));
        }
    }
}
