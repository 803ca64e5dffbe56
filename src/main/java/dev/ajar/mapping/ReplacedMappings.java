package dev.ajar.mapping;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.Grant;
import dev.ajar.model.Claim;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * ajar's own mappings of a port that was asked for anew, to another client or port, and refused: the router may have let go of
 * them already to make room.
 */
final class ReplacedMappings {
    private final GatewaySource gateways;
    private final Snapshot snapshot;
    private final Instant now;

    /** @param snapshot after the request, with what is still meant to be open */
    ReplacedMappings(GatewaySource gateways, Snapshot snapshot, Instant now) {
        this.gateways = gateways;
        this.snapshot = snapshot;
        this.now = now;
    }

    /** Asks for them again, which changes nothing where they are still there. */
    void restore(OpenReport report, Deadline deadline) {
        for (OpenReport.PortOutcome outcome : report.outcomes()) {
            if (outcome.result() instanceof Result.Err<Grant>) {
                of(outcome.mapping()).forEach(record -> restore(record.claim(), deadline));
            }
        }
    }

    private List<MappingRecord> of(Mapping wanted) {
        return snapshot.on(wanted.protocol(), wanted.externalPort()).stream()
                .filter(record -> !record.leaving() && record.lease().isPresent() && !record.hasExpired(now))
                .filter(record -> !record.claim().mapping().target().equals(wanted.target()))
                .toList();
    }

    private void restore(Claim claim, Deadline deadline) {
        if (gateways.reopen(claim, deadline) instanceof Result.Ok<Gateway>(Gateway gateway)) {
            GatewayHistory history = new GatewayHistory(
                    entry -> snapshot.ownsCertainly(
                            gateway.info().id(), entry, gateway.info().localAddress()),
                    snapshot.learned(
                            gateway.info().id().address(), gateway.info().device()),
                    Optional.empty());
            // What comes of it is seen by the next look, as for any mapping.
            var unused = gateway.map(claim, history, deadline);
        }
    }
}
