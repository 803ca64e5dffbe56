package dev.ajar.system.host;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Set;

/**
 * A socket on which a program listens.
 *
 * @param address on which it can be reached; the wildcard for all of this machine's
 * @param versions over which it can be, as far as the system's list tells
 */
public record ListeningSocket(TransportProtocol protocol, InetAddress address, Port port, Set<IpVersion> versions) {
    public ListeningSocket {
        versions = Set.copyOf(versions);
    }

    /**
     * The wildcard of IPv6 is that of IPv4 as well, unless the program has asked for IPv6 alone (RFC 3493 section 5.3).
     */
    public ListeningSocket(TransportProtocol protocol, InetAddress address, Port port) {
        this(
                protocol,
                address,
                port,
                address.isAnyLocalAddress() && IpVersion.of(address) == IpVersion.IPV6
                        ? EnumSet.allOf(IpVersion.class)
                        : Set.of(IpVersion.of(address)));
    }

    public boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    /** Whether it can be reached at {@code local}. */
    public boolean isReachableAt(InetAddress local) {
        return (address.isAnyLocalAddress() && versions.contains(IpVersion.of(local))) || address.equals(local);
    }
}
