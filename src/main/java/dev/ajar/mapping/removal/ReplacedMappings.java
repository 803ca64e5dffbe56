package dev.ajar.mapping.removal;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.Grant;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * ajar's own mappings of a port that was asked for anew, to another client or port, and refused: the router may have
 * let go of them already to make room.
 */
public final class ReplacedMappings {
    private final GatewaySource gateways;
    private final Snapshot snapshot;
    private final Instant now;

    /** @param snapshot after the request, with what is still meant to be open */
    public ReplacedMappings(GatewaySource gateways, Snapshot snapshot, Instant now) {
        this.gateways = gateways;
        this.snapshot = snapshot;
        this.now = now;
    }

    /**
     * Asks for them again, which changes nothing where they are still there.
     *
     * @return the report, with the first of those that did not come back as the reason that more than the request
     *     failed
     */
    public OpenReport restore(OpenReport report, Deadline deadline) {
        OpenReport told = report;
        for (OpenReport.PortOutcome outcome : report.outcomes()) {
            if (outcome.result() instanceof Result.Err<Grant>(Failure refusal)) {
                for (MappingRecord record : of(outcome.mapping())) {
                    if (!restore(record.claim(), deadline) && told.failure().isEmpty()) {
                        told = told.unwritten(lost(record, refusal));
                    }
                }
            }
        }
        return told;
    }

    private static Failure lost(MappingRecord record, Failure refusal) {
        Message detail = Message.of(
                "mapping.replaced-lost",
                "port",
                record.protocol().label(record.externalPort()),
                "client",
                record.claim().internal(),
                "command",
                "ajar status");
        return new Failure.Refused(detail, refusal.router());
    }

    private List<MappingRecord> of(Mapping wanted) {
        return snapshot.on(wanted.protocol(), wanted.externalPort()).stream()
                .filter(record -> !record.leaving() && record.lease().isPresent() && !record.hasExpired(now))
                .filter(record -> !record.claim().mapping().target().equals(wanted.target()))
                .toList();
    }

    /** @return whether the gateway says that it is open */
    private boolean restore(Claim claim, Deadline deadline) {
        if (gateways.reopen(claim, deadline) instanceof Result.Ok<Gateway>(Gateway gateway)) {
            GatewayHistory history = new GatewayHistory(
                    entry -> snapshot.ownsCertainly(
                            gateway.info().id(), entry, gateway.info().localAddress(), now),
                    snapshot.learned(
                            gateway.info().id().address(), gateway.info().device()),
                    Optional.empty(),
                    true);
            return gateway.map(claim, history, deadline) instanceof Result.Ok<Grant>;
        }
        return false;
    }
}
