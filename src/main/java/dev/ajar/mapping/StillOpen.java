package dev.ajar.mapping;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.model.Claim;
import dev.ajar.model.EpochRule;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks with the gateways whether they still have what the state file names, before a report calls it open: by the epoch, one
 * request for all mappings, or by the list, one request for each. What an answering gateway does not tell counts as it was
 * noted; of a gateway that does not answer nothing is known.
 */
final class StillOpen {
    /** A household has fewer; for more, a report would take too long. */
    private static final int MOST_LOOKS = 8;

    private final Gateway first;
    private final Function<Claim, Optional<Gateway>> reopen;
    private final Instant now;
    private final Deadline deadline;
    private final Map<GatewayId, Optional<Gateway>> gateways = new HashMap<>();
    private final Map<GatewayId, Optional<Long>> epochs = new HashMap<>();
    private int looks;

    /**
     * @param first the one that has answered
     * @param reopen finds the gateway of a claim, if it answers
     */
    StillOpen(Gateway first, Function<Claim, Optional<Gateway>> reopen, Instant now, Deadline deadline) {
        this.first = first;
        this.reopen = reopen;
        this.now = now;
        this.deadline = deadline;
    }

    List<ReportedMapping> reported(List<MappingRecord> records) {
        Map<MappingRecord, ReportedMapping> all = new HashMap<>();
        // Others may be silent for as long as there is time.
        for (boolean others : new boolean[] {false, true}) {
            records.stream()
                    .filter(record -> isOnFirst(record) != others)
                    .forEach(record -> all.put(record, of(record)));
        }
        return records.stream().map(all::get).toList();
    }

    private boolean isOnFirst(MappingRecord record) {
        GatewayId id = record.claim().gateway();
        return id.method().equals(first.info().method())
                && id.isSameBox(first.info().id());
    }

    private ReportedMapping of(MappingRecord record) {
        ReportedMapping noted = ReportedMapping.of(record);
        Optional<Lease> lease = record.lease();
        // No report logs in to a router.
        boolean askable = record.claim().gateway().method().traits().automatic();
        if (lease.isEmpty() || !(askable || isOnFirst(record))) {
            return noted;
        }
        Optional<Gateway> gateway = isOnFirst(record)
                ? Optional.of(first)
                : gateways.computeIfAbsent(record.claim().gateway(), id -> reopen.apply(record.claim()));
        return gateway.map(found -> hasRestartedSince(found, lease.get()) || isUnlisted(found, record, lease.get())
                        ? noted.gone()
                        : noted)
                .orElseGet(noted::unchecked);
    }

    private Optional<Long> epoch(Gateway gateway) {
        return epochs.computeIfAbsent(
                gateway.info().id(),
                id -> id.method().traits().hasEpoch()
                                && gateway.checkHealth(deadline) instanceof Result.Ok<HealthCheck>(HealthCheck health)
                        ? health.epoch()
                        : Optional.empty());
    }

    private boolean hasRestartedSince(Gateway gateway, Lease lease) {
        Optional<EpochRule.Reading> granted = lease.epoch().map(before -> new EpochRule.Reading(before, Duration.ZERO));
        Optional<EpochRule.Reading> read =
                epoch(gateway).map(told -> new EpochRule.Reading(told, Duration.between(lease.grantedAt(), now)));
        return granted.isPresent()
                && read.isPresent()
                && gateway.info().method().traits().epochRule().isTableLost(granted.get(), read.get());
    }

    private boolean isUnlisted(Gateway gateway, MappingRecord record, Lease lease) {
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
