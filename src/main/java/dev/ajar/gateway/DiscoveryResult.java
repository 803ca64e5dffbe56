package dev.ajar.gateway;

import java.util.ArrayList;
import java.util.List;

/** What one search brought back: the gateways, best first, and everything that was tried. */
public record DiscoveryResult(List<Gateway> gateways, List<ProbeAttempt> attempts) {
    public static final DiscoveryResult NOTHING = new DiscoveryResult(List.of(), List.of());

    public DiscoveryResult plus(DiscoveryResult other) {
        List<Gateway> allGateways = new ArrayList<>(gateways);
        allGateways.addAll(other.gateways);
        List<ProbeAttempt> allAttempts = new ArrayList<>(attempts);
        allAttempts.addAll(other.attempts);
        return new DiscoveryResult(List.copyOf(allGateways), List.copyOf(allAttempts));
    }
}
