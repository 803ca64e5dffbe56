package dev.ajar.container;

import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.TargetPolicy;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * This host, as far as it decides which ports of containers can be opened.
 *
 * @param addresses those to which a router can lead; empty if they are not known
 * @param reach the addresses that a relay on this host may reach
 * @param relays the rules of the configuration, which come first
 * @param listening the rules whose relay listens now
 * @param begun those that have listened since ajar's start; empty where a relay that has not, does not begin any more
 */
public record HostView(
        Set<InetAddress> addresses,
        TargetPolicy reach,
        List<RelayRule> relays,
        Set<RuleKey> listening,
        Optional<Set<RuleKey>> begun) {
    /** Some time after the start. */
    public HostView(Set<InetAddress> addresses, TargetPolicy reach, List<RelayRule> relays, Set<RuleKey> listening) {
        this(addresses, reach, relays, listening, Optional.empty());
    }

    public HostView {
        begun = begun.map(Set::copyOf);
        addresses = Set.copyOf(addresses);
        relays = List.copyOf(relays);
        listening = Set.copyOf(listening);
    }

    /** The same soon after the start, with the rules that have listened since then. */
    public HostView starting(Set<RuleKey> begun) {
        return new HostView(addresses, reach, relays, listening, Optional.of(begun));
    }

    /** Whether its relay may be about to listen for the first time. */
    boolean isBeginning(RelayRule rule) {
        return begun.filter(rules -> !rules.contains(rule.key())).isPresent();
    }
}
