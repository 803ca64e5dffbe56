package dev.ajar.relay;

import java.util.List;

/** The rules of one relay process. */
public record RelayReport(long pid, List<RuleStatus> rules) {
    public RelayReport {
        rules = List.copyOf(rules);
    }
}
