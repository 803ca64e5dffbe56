package dev.ajar.service;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.relay.RelayRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The request of {@code ajar relay}.
 *
 * @param mappings to open on the router; empty where the user forwards the ports by hand
 * @param stay how long the relay runs; empty until a signal ends it
 */
public record RelayRequest(
        List<RelayRule> rules, List<Mapping> mappings, GatewaySelector selection, Optional<Duration> stay) {
    public RelayRequest {
        rules = List.copyOf(rules);
        mappings = List.copyOf(mappings);
    }
}
