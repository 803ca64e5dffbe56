package dev.ajar.manager;

import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.Finding;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayInfo;
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
public record DiscoverReport(List<GatewayInfo> gateways, List<Attempt> attempts, Optional<Failure> failure) {
    static DiscoverReport of(Finding finding) {
        Optional<Failure> failure = finding.gateways().isEmpty()
                ? Optional.of(Refusals.noGateway(finding.attempts(), Set.of()))
                : Optional.empty();
        List<GatewayInfo> gateways =
                finding.gateways().stream().map(Gateway::info).toList();
        return new DiscoverReport(gateways, finding.attempts(), failure);
    }
}
