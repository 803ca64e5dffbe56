package dev.ajar.mapping.removal;

import dev.ajar.discovery.GatewayCandidates;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.Grant;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Closes a pinhole whose deletion its PCP server refuses. miniupnpd 2.3.1 forgets the nonce of a pinhole that was
 * renewed, and from then on refuses to delete it by PCP, but not by UPnP. Where there is no UPnP, the pinhole is
 * renewed with the shortest lease.
 */
final class PinholeRemoval {
    private static final Duration SEARCH = Duration.ofMillis(1500);

    private final GatewaySource gateways;
    private final Deadline deadline;

    PinholeRemoval(GatewaySource gateways, Deadline deadline) {
        this.gateways = gateways;
        this.deadline = deadline;
    }

    /** Whether to try this after {@code failure}. */
    static boolean isFor(MappingRecord record, Failure failure) {
        return record.isPinhole() && failure instanceof Failure.Refused;
    }

    Result<Gateway.Removed> remove(MappingRecord record, Gateway pcp, Failure refusal) {
        try (GatewayCandidates search = gateways.search(GatewaySelector.AUTO.overIpv6(), deadline.within(SEARCH))) {
            Optional<Gateway> firewall = search.next(Set.of(Capability.REMOVES_OTHERS_PINHOLES));
            if (firewall.isPresent()) {
                // Servers with this fault ignore a filter, so the pinhole is open to all.
                Claim same = firewall.get()
                        .claim(record.claim().mapping(), Optional.empty())
                        .from(Optional.empty());
                boolean ours = same.internal().equals(record.claim().internal());
                if (ours
                        && firewall.get().unmap(same, record.externalPort(), deadline)
                                instanceof Result.Ok<Gateway.Removed> removed) {
                    return removed;
                }
            }
        }
        return Result.err(shortened(record, pcp).orElse(refusal));
    }

    private Optional<Failure> shortened(MappingRecord record, Gateway pcp) {
        Claim claim = record.claim();
        Claim brief = new Claim(
                claim.mapping().lasting(LeaseDuration.ofSeconds(1)),
                claim.gateway(),
                claim.internal(),
                claim.handle(),
                claim.writtenAt());
        return pcp.map(brief, GatewayHistory.NONE, deadline)
                        instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var learned, var refusal))
                ? Optional.of(new Failure.Refused(
                        Message.of(
                                "mapping.pinhole-shortened",
                                "time",
                                lease.granted().text()),
                        Optional.empty()))
                : Optional.empty();
    }
}
