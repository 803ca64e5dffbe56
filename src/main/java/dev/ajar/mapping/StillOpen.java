package dev.ajar.mapping;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.model.EpochRule;
import dev.ajar.model.Lease;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Checks with a gateway whether it still has what the state file names, before a report calls it open: by its epoch, one
 * request for all mappings, or by its list, one request for each. What cannot be told counts as it was noted.
 */
final class StillOpen {
    /** A household has fewer; for more, a report would take too long. */
    private static final int MOST_LOOKS = 8;

    private final Gateway gateway;
    private final Instant now;
    private final Deadline deadline;
    private Optional<Long> epoch = Optional.empty();
    private int looks;

    StillOpen(Gateway gateway, Instant now, Deadline deadline) {
        this.gateway = gateway;
        this.now = now;
        this.deadline = deadline;
    }

    List<ReportedMapping> reported(List<MappingRecord> records) {
        boolean asked = records.stream().anyMatch(this::isOnGateway)
                && gateway.info().method().traits().hasEpoch();
        if (asked && gateway.checkHealth(deadline) instanceof Result.Ok<HealthCheck>(HealthCheck health)) {
            epoch = health.epoch();
        }
        return records.stream()
                .map(record -> isGone(record) ? ReportedMapping.of(record).gone() : ReportedMapping.of(record))
                .toList();
    }

    private boolean isOnGateway(MappingRecord record) {
        return record.lease().isPresent()
                && record.claim().gateway().isSameBox(gateway.info().id());
    }

    private boolean isGone(MappingRecord record) {
        return isOnGateway(record)
                && record.lease()
                        .filter(lease -> hasRestartedSince(lease) || isUnlisted(record, lease))
                        .isPresent();
    }

    private boolean hasRestartedSince(Lease lease) {
        Optional<EpochRule.Reading> granted = lease.epoch().map(before -> new EpochRule.Reading(before, Duration.ZERO));
        Optional<EpochRule.Reading> read =
                epoch.map(told -> new EpochRule.Reading(told, Duration.between(lease.grantedAt(), now)));
        return granted.isPresent()
                && read.isPresent()
                && gateway.info().method().traits().epochRule().isTableLost(granted.get(), read.get());
    }

    private boolean isUnlisted(MappingRecord record, Lease lease) {
        boolean listed = gateway.info().capabilities().contains(Capability.LISTS_MAPPINGS) && !record.isPinhole();
        if (!listed || looks >= MOST_LOOKS) {
            return false;
        }
        looks++;
        return gateway.look(
                        lease.protocol(),
                        lease.externalPort(),
                        lease.claim().mapping().remote(),
                        deadline)
                instanceof Presence.Absent;
    }
}
