package dev.ajar.system.host;

import dev.ajar.message.Message;
import dev.ajar.model.Port;

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
    record Closed(String by, String remedy) implements FirewallState {
        /** The same for all ports from the first one, which the command names, to the last one. */
        public String remedy(Port first, Port last) {
            return PortRanges.inCommand(remedy, first, last);
        }
    }

    /**
     * It lets them in, and lets no answer out to the internet.
     *
     * @param by the firewall's name
     * @param remedy the command that lets answers out
     */
    record KeepsAnswers(String by, String remedy) implements FirewallState {
        /** The same for all ports from the first one, which the command names, to the last one. */
        public String remedy(Port first, Port last) {
            return PortRanges.inCommand(remedy, first, last);
        }
    }

    /**
     * ajar cannot tell.
     *
     * @param look the command that shows it; empty where there is none
     */
    record Unknown(Message why, String look) implements FirewallState {}

    /** Whether friends are certain to get no answer, as far as the firewall can be read. */
    default boolean bars() {
        return switch (this) {
            case Closed ignored -> true;
            case KeepsAnswers ignored -> true;
            case Open ignored -> false;
            case Unknown ignored -> false;
        };
    }
}
