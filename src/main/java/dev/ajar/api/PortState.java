package dev.ajar.api;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How a port stands with the router. A port of both protocols has the worse state of the two. */
public sealed interface PortState {
    /** The router has not been asked yet, or has not answered yet. */
    record Opening() implements PortState {}

    /**
     * Open, as the router itself confirmed.
     *
     * @param address the router's address on the internet side; empty where it told none
     * @param tcp the external port of TCP; empty if only UDP was asked for
     * @param udp the external port of UDP; empty if only TCP was asked for
     * @param reachability whether the internet reaches that address
     * @param lease how long the router keeps the port without a renewal, which ajar does in time; empty for until it is
     *     closed, or if another program keeps it
     */
    record Open(
            Optional<InetAddress> address,
            OptionalInt tcp,
            OptionalInt udp,
            Reachability reachability,
            Optional<Duration> lease)
            implements PortState {}

    /**
     * It was open and is not, for example because the router restarts. ajar asks again, until it is open or closed.
     *
     * @param problem why, as far as the router tells
     */
    record Lost(Problem problem) implements PortState {}

    /**
     * The router did not open it. ajar asks again, at growing intervals, until it is open or closed.
     *
     * @param problem why, and what to do
     */
    record Refused(Problem problem) implements PortState {}

    /** The program closed it, or the user did with {@code ajar close}. It stays closed. */
    record Closed() implements PortState {}
}
