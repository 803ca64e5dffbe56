package dev.ajar.mapping.status;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.model.Claim;
import dev.ajar.model.Durations;
import dev.ajar.model.EpochRule;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Checks with the gateways whether they still have what the state file names, before a report calls it open: by the
 * epoch, one request for all mappings, or by the list, one request for each. What an answering gateway does not tell
 * counts as it was noted; of a gateway that does not answer nothing is known. Each gateway has time of its own, so that
 * a silent one costs the others nothing.
 */
final class StillOpen {
    /** A household has fewer; for more, a report would take too long. */
    private static final int MOST_LOOKS = 8;

    /** Whether the gateway shows a mapping. */
    private enum Shown {
        YES,
        NO,
        UNTOLD
    }

    private final Gateway first;
    private final BiFunction<Claim, Deadline, Optional<Gateway>> reopen;
    private final Instant now;
    private final Deadline whole;
    private final Duration each;
    private final Map<GatewayId, Optional<Long>> epochs = new HashMap<>();
    private int looks;

    /**
     * @param first the one that has answered
     * @param reopen finds the gateway of a claim, if it answers in time
     * @param each for one gateway, if the whole has as much left
     */
    StillOpen(
            Gateway first,
            BiFunction<Claim, Deadline, Optional<Gateway>> reopen,
            Instant now,
            Deadline whole,
            Duration each) {
        this.first = first;
        this.reopen = reopen;
        this.now = now;
        this.whole = whole;
        this.each = each;
    }

    /** One gateway's mappings, asked for until {@code end}. */
    private final class Question {
        private final Optional<Gateway> gateway;
        private final Deadline end;
        private boolean silent;

        Question(Optional<Gateway> gateway, Deadline end) {
            this.gateway = gateway;
            this.end = end;
            this.silent = gateway.isEmpty();
        }

        ReportedMapping of(MappingRecord record, Lease lease) {
            ReportedMapping noted = ReportedMapping.of(record);
            Shown shown = silent ? Shown.UNTOLD : byEpoch(gateway.orElseThrow(), lease);
            shown = silent || shown != Shown.YES ? shown : shown(gateway.orElseThrow(), record, lease);
            return switch (shown) {
                case NO -> noted.gone();
                case UNTOLD -> noted.unchecked();
                case YES -> silent ? noted.unchecked() : noted;
            };
        }

        private Optional<Long> epoch(Gateway asked) {
            return epochs.computeIfAbsent(asked.info().id(), id -> {
                if (!id.method().traits().hasEpoch()) {
                    return Optional.empty();
                }
                return switch (asked.checkHealth(end)) {
                    case Result.Ok<HealthCheck>(HealthCheck health) -> health.epoch();
                    case Result.Err<HealthCheck>(Failure failure) -> {
                        silent = failure.isSilence();
                        yield Optional.empty();
                    }
                };
            });
        }

        /**
         * A counter out of step that need not have begun since the grant may stand still, run backwards or at a speed
         * of its own, and does not tell whether the mapping is there.
         */
        private Shown byEpoch(Gateway asked, Lease lease) {
            Duration passed = Duration.between(lease.grantedAt(), now);
            Optional<EpochRule.Reading> granted =
                    lease.epoch().map(before -> new EpochRule.Reading(before, Duration.ZERO));
            Optional<EpochRule.Reading> read = epoch(asked).map(told -> new EpochRule.Reading(told, passed));
            boolean fits = granted.isEmpty()
                    || read.isEmpty()
                    || !asked.info().method().traits().epochRule().isTableLost(granted.get(), read.get());
            if (fits) {
                return Shown.YES;
            }
            return EpochRule.hasBegunAnew(granted.get(), read.get()) ? Shown.NO : Shown.UNTOLD;
        }

        /** A closing without a clear answer may have happened; then only a list tells. */
        private Shown shown(Gateway asked, MappingRecord record, Lease lease) {
            boolean listed = asked.info().capabilities().contains(Capability.LISTS_MAPPINGS) && !record.isPinhole();
            if (silent || !listed || looks >= MOST_LOOKS) {
                return !listed && record.leaving() && !lease.verified() ? Shown.UNTOLD : Shown.YES;
            }
            looks++;
            Presence presence = asked.look(
                    lease.protocol(),
                    lease.externalPort(),
                    lease.claim().mapping().remote(),
                    end);
            silent = presence instanceof Presence.Unknown unknown && !unknown.withheld() && end.hasPassed();
            return switch (presence) {
                case Presence.Absent(boolean doubtful) -> doubtful && record.wasNeverShown() ? Shown.YES : Shown.NO;
                case Presence.Present(ObservedMapping entry) ->
                    !entry.enabled()
                                    || !entry.mayPointTo(lease.internal())
                                    || (entry.hidesClient() && !record.mayBe(entry))
                            ? Shown.NO
                            : Shown.YES;
                // What can be read of it may show that another device has the port.
                case Presence.Unknown unknown ->
                    !unknown.partial().isEmpty() && unknown.partial().stream().allMatch(record::contradicts)
                            ? Shown.UNTOLD
                            : Shown.YES;
            };
        }
    }

    List<ReportedMapping> reported(List<MappingRecord> records) {
        Map<GatewayId, Question> others = new LinkedHashMap<>();
        Question ofFirst = new Question(Optional.of(first), whole.within(each));
        Map<MappingRecord, ReportedMapping> all = new HashMap<>();
        List<MappingRecord> elsewhere = new ArrayList<>();
        for (MappingRecord record : records) {
            if (isOnFirst(record)) {
                all.put(
                        record,
                        record.lease()
                                .map(lease -> ofFirst.of(record, lease))
                                .orElseGet(() -> ReportedMapping.of(record)));
            } else {
                elsewhere.add(record);
            }
        }
        long left = elsewhere.stream()
                .map(record -> record.claim().gateway())
                .distinct()
                .count();
        for (MappingRecord record : elsewhere) {
            // No report logs in to a router.
            boolean askable = record.claim().gateway().method().traits().automatic();
            if (record.lease().isEmpty() || !askable) {
                all.put(record, ReportedMapping.of(record));
                continue;
            }
            if (!others.containsKey(record.claim().gateway())) {
                Deadline end = whole.within(share(left - others.size()));
                others.put(record.claim().gateway(), new Question(reopen.apply(record.claim(), end), end));
            }
            all.put(
                    record,
                    others.get(record.claim().gateway())
                            .of(record, record.lease().orElseThrow()));
        }
        return records.stream().map(all::get).toList();
    }

    /** Where the time does not suffice for all, each has the same of it. */
    private Duration share(long gateways) {
        Duration equal = Durations.divided(whole.remaining(), Math.max(1, gateways));
        return equal.compareTo(each) < 0 ? equal : each;
    }

    private boolean isOnFirst(MappingRecord record) {
        GatewayId id = record.claim().gateway();
        return id.method().equals(first.info().method())
                && id.isSameBox(first.info().id());
    }
}
