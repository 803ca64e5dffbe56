package dev.ajar.system.host;

/** What this machine's firewall does with strangers. */
public sealed interface FirewallState {
    /** They get in. */
    record Open() implements FirewallState {}

    /**
     * They do not.
     *
     * @param by the firewall's name
     * @param remedy the command that lets them in
     */
    record Closed(String by, String remedy) implements FirewallState {}

    /**
     * It cannot be told.
     *
     * @param why for people
     * @param look the command that shows it; empty where there is none
     */
    record Unknown(String why, String look) implements FirewallState {}
}
