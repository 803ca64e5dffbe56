package dev.ajar.system.udp;

import java.net.InetSocketAddress;

/** What came of waiting for a datagram. */
public sealed interface Reception {
    record Packet(InetSocketAddress sender, byte[] bytes) implements Reception {}

    /** Nothing in that time. */
    record Silence() implements Reception {}

    /** ICMP said that nobody listens there, or that there is no way to get there: a quick no. */
    record Unreachable(String detail) implements Reception {}

    /** The waiting thread was told to stop. */
    record Interrupted() implements Reception {}
}
