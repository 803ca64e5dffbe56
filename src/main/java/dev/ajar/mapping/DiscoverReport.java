package dev.ajar.mapping;

import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a search everywhere found.
 *
 * @param gateways best first
 * @param failure why there are none
 */
public record DiscoverReport(List<GatewayInfo> gateways, List<ProbeAttempt> attempts, Optional<Failure> failure) {
    static DiscoverReport of(DiscoveryResult discoveryResult) {
        Optional<Failure> failure = discoveryResult.gateways().isEmpty()
                ? Optional.of(FailureRules.noGateway(discoveryResult.attempts(), Set.of()))
                : Optional.empty();
        List<GatewayInfo> gateways =
                discoveryResult.gateways().stream().map(Gateway::info).toList();
        return new DiscoverReport(gateways, discoveryResult.attempts(), failure);
    }
}
