package dev.ajar.cli.command;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.relay.RelayRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A relay that is wanted.
 *
 * @param mappings what the router has to be asked for; empty where somebody has seen to it
 * @param stay how long; empty until it is told to end
 */
public record RelayRequest(
        List<RelayRule> rules, List<Mapping> mappings, GatewaySelector selection, Optional<Duration> stay) {
    public RelayRequest {
        rules = List.copyOf(rules);
        mappings = List.copyOf(mappings);
    }
}
