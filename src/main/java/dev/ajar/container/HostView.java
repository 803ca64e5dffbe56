package dev.ajar.container;

import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.TargetPolicy;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * This host, as far as it decides which ports of containers can be opened.
 *
 * @param addresses those to which a router can lead; empty if they are not known
 * @param reach the addresses that a relay on this host may reach
 * @param relays the rules of the configuration, which come first
 * @param listening the rules whose relay listens now
 */
public record HostView(Set<InetAddress> addresses, TargetPolicy reach, List<RelayRule> relays, Set<RuleKey> listening) {
    public HostView {
        addresses = Set.copyOf(addresses);
        relays = List.copyOf(relays);
        listening = Set.copyOf(listening);
    }
}
