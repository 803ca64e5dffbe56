package dev.ajar.system.udp;

import dev.ajar.message.Message;
import java.net.InetSocketAddress;

/** How waiting for a datagram ended. */
public sealed interface Reception {
    record Packet(InetSocketAddress sender, byte[] bytes) implements Reception {}

    /** Nothing in that time. */
    record Silence() implements Reception {}

    /** An ICMP error came back: no program listens there, or there is no route. */
    record Unreachable(Message detail) implements Reception {}

    /** The waiting thread was interrupted. */
    record Interrupted() implements Reception {}
}
