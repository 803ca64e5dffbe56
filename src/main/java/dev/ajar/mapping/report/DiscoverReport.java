package dev.ajar.mapping.report;

import dev.ajar.discovery.NetworkHints;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The result of a search on every network.
 *
 * @param gateways best first
 * @param failure why there are no gateways
 */
public record DiscoverReport(List<GatewayInfo> gateways, List<ProbeAttempt> attempts, Optional<Failure> failure) {
    public static DiscoverReport of(DiscoveryResult found, NetworkHints hints) {
        Optional<Failure> failure = found.gateways().isEmpty()
                ? Optional.of(FailureRules.noGateway(found.attempts(), Set.of(), hints))
                : Optional.empty();
        List<GatewayInfo> gateways =
                found.gateways().stream().map(Gateway::info).toList();
        return new DiscoverReport(gateways, found.attempts(), failure);
    }
}
