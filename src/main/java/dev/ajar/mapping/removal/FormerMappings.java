package dev.ajar.mapping.removal;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.model.Durations;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Deadline;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is in the way of a port that is asked for anew: ajar's own mapping to a former address of this machine. */
public final class FormerMappings {
    /** Routers that do not let go of them must leave time for the requests themselves. */
    private static final int SHARE = 3;

    private final GatewaySource gateways;
    private final RouterTables tables;
    private final Gateway gateway;
    private final Instant now;

    /** Those whose entry may be another device's by now, so that no router was asked to close it. */
    private final Set<MappingRecord> unproven = new HashSet<>();

    /** A router that holds several of them is searched for once. */
    private final Map<GatewayId, Result<Gateway>> reopened = new HashMap<>();

    public FormerMappings(GatewaySource gateways, Gateway gateway, Instant now) {
        this.gateways = gateways;
        this.tables = new RouterTables(gateways);
        this.gateway = gateway;
        this.now = now;
    }

    private Optional<FormerMapping> of(Mapping wanted, Snapshot snapshot) {
        if (!(wanted.target() instanceof Target.ThisHost)) {
            return Optional.empty();
        }
        return snapshot.on(wanted.protocol(), wanted.externalPort()).stream()
                .filter(record -> !record.hasExpired(now))
                .filter(record -> FormerMapping.is(record, gateway.info(), gateways))
                .map(record -> new FormerMapping(record, now))
                .findFirst();
    }

    /** The state without those that could be removed. */
    public Snapshot removed(List<Mapping> mappings, Snapshot snapshot, Deadline deadline) {
        Deadline share = deadline.within(Durations.divided(deadline.remaining(), SHARE));
        Snapshot rest = snapshot;
        for (Mapping wanted : mappings) {
            Optional<MappingRecord> record = of(wanted, rest).map(FormerMapping::mapping);
            if (record.isPresent() && isRemoved(record.get(), share)) {
                rest = rest.without(record.get());
            }
        }
        return rest;
    }

    private boolean isRemoved(MappingRecord record, Deadline share) {
        return reopened.computeIfAbsent(record.claim().gateway(), ignored -> gateways.reopen(record.claim(), share))
                        instanceof Result.Ok<Gateway>(Gateway itsOwn)
                && switch (new Removal(gateways, tables, share).of(record, itsOwn, now)) {
                    case Removal.RemovalOutcome.Removed ignored -> true;
                    case Removal.RemovalOutcome.NotThere ignored -> true;
                    case Removal.RemovalOutcome.Failed(Failure.FormerAddress failure)
                    when failure.cause() instanceof Failure.Unsafe -> {
                        unproven.add(record);
                        yield false;
                    }
                    case Removal.RemovalOutcome.Failed ignored -> false;
                };
    }

    /** The report in which refusals because of them name them. */
    public OpenReport named(OpenReport report, Snapshot snapshot) {
        return report.withOutcomes(report.outcomes().stream()
                .map(outcome -> named(outcome, snapshot))
                .toList());
    }

    private OpenReport.PortOutcome named(OpenReport.PortOutcome outcome, Snapshot snapshot) {
        return outcome.result() instanceof Result.Err<Grant>(Failure failure)
                ? of(outcome.mapping(), snapshot)
                        .filter(former -> isReason(failure, former))
                        .map(former -> new OpenReport.PortOutcome(
                                outcome.mapping(),
                                outcome.gateway(),
                                Result.err(former.inTheWay(
                                        failure, outcome.mapping(), unproven.contains(former.mapping())))))
                        .orElse(outcome)
                : outcome;
    }

    /** Unless the router named another client, or gave another reason. */
    private static boolean isReason(Failure failure, FormerMapping former) {
        return failure instanceof Failure.Conflict conflict
                && conflict.holder()
                        .map(Endpoint::address)
                        .map(former.mapping().claim().internal().address()::equals)
                        .orElse(true);
    }
}
