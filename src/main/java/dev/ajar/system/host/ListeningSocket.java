package dev.ajar.system.host;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;

/**
 * A socket on which a program listens.
 *
 * @param address on which it can be reached; the wildcard for all of this machine's
 */
public record ListeningSocket(TransportProtocol protocol, InetAddress address, Port port) {
    public boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** Whether it can be reached at {@code local}. */
    public boolean isReachableAt(InetAddress local) {
        return address.isAnyLocalAddress() || address.equals(local);
    }
}
