package dev.ajar.doctor;

import dev.ajar.system.host.FirewallState;

/**
 * What this machine's own firewall does with what ajar and the router say to each other.
 *
 * @param searched with answers to a search by multicast, which come from an address that was not asked
 * @param answers with those of the router that was asked
 * @param questions with what ajar asks the router
 */
public record RouterTraffic(FirewallState searched, FirewallState answers, FirewallState questions) {
    public static final RouterTraffic OPEN =
            new RouterTraffic(new FirewallState.Open(), new FirewallState.Open(), new FirewallState.Open());
}
