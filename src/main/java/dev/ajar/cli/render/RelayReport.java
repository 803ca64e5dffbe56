package dev.ajar.cli.render;

import dev.ajar.relay.RuleStatus;
import java.util.List;

/** How the relay of one process stands. */
public record RelayReport(long pid, List<RuleStatus> rules) {
    public RelayReport {
        rules = List.copyOf(rules);
    }
}
