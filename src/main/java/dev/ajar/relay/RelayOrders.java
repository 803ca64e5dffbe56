package dev.ajar.relay;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a controller tells its relay process.
 *
 * @param stopped those of the rules that the user has stopped: they stay known, and are not relayed
 */
public record RelayOrders(RelayReport.RunBy runBy, List<RelayRule> rules, Set<RuleKey> stopped) {
    public RelayOrders {
        rules = List.copyOf(rules);
        stopped = Set.copyOf(stopped);
    }

    public static RelayOrders none(RelayReport.RunBy runBy) {
        return new RelayOrders(runBy, List.of(), Set.of());
    }

    /** These rules instead; what is stopped stays so. */
    public RelayOrders with(List<RelayRule> fresh) {
        return new RelayOrders(runBy, fresh, stopped);
    }

    /** With these rules stopped, too. Those of a command are gone: nothing would start them again. */
    public RelayOrders stopping(Set<RuleKey> keys) {
        return switch (runBy) {
            case COMMAND ->
                with(rules.stream().filter(rule -> !keys.contains(rule.key())).toList());
            case DAEMON -> {
                Set<RuleKey> all = new HashSet<>(stopped);
                rules.stream().map(RelayRule::key).filter(keys::contains).forEach(all::add);
                yield new RelayOrders(runBy, rules, all);
            }
        };
    }

    /** With all rules relayed. */
    public RelayOrders resuming() {
        return new RelayOrders(runBy, rules, Set.of());
    }
}
