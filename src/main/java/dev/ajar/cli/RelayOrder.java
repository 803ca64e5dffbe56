package dev.ajar.cli;

import dev.ajar.model.Mapping;
import dev.ajar.model.Selection;
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
public record RelayOrder(List<RelayRule> rules, List<Mapping> mappings, Selection selection, Optional<Duration> stay) {
    public RelayOrder {
        rules = List.copyOf(rules);
        mappings = List.copyOf(mappings);
    }
}
