package dev.ajar.system.udp;

import dev.ajar.message.Message;
import java.net.InetSocketAddress;

/** How waiting for a datagram ended. */
public sealed interface ReceiveResult {
    record Packet(InetSocketAddress sender, byte[] bytes) implements ReceiveResult {}

    /** Nothing in that time. */
    record Silence() implements ReceiveResult {}

    /** An ICMP error came back: no program listens there, or there is no route. */
    record Unreachable(Message detail) implements ReceiveResult {}

    /** The waiting thread was interrupted. */
    record Interrupted() implements ReceiveResult {}
}
