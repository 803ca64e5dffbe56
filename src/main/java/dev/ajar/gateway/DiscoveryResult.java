package dev.ajar.gateway;

import java.util.List;

/** What one search brought back: the gateways, best first, and everything that was tried. */
public record DiscoveryResult(List<Gateway> gateways, List<ProbeAttempt> attempts) {
    public static final DiscoveryResult NOTHING = new DiscoveryResult(List.of(), List.of());
}
