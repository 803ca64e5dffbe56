package dev.ajar.system.host;

import dev.ajar.message.Message;

/** What this machine's firewall does with connections from outside to a port. */
public sealed interface FirewallState {
    /** It lets them in. */
    record Open() implements FirewallState {}

    /**
     * It keeps them out.
     *
     * @param by the firewall's name
     * @param remedy the command that lets them in
     */
    record Closed(String by, String remedy) implements FirewallState {}

    /**
     * It lets them in, and lets no answer out to the internet.
     *
     * @param by the firewall's name
     * @param remedy the command that lets answers out
     */
    record KeepsAnswers(String by, String remedy) implements FirewallState {}

    /**
     * ajar cannot tell.
     *
     * @param look the command that shows it; empty where there is none
     */
    record Unknown(Message why, String look) implements FirewallState {}
}
