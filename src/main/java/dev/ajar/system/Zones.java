package dev.ajar.system;

import dev.ajar.model.Addresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * The zone of link-local addresses (RFC 4007): which network they are meant on. ajar's values have none, since it means
 * something on one machine and until its next start only; it is put on where a packet leaves.
 */
public final class Zones {
    private Zones() {}

    public static InetSocketAddress of(InetSocketAddress destination, LocalRoute route) {
        return of(destination, route.interfaceName());
    }

    /** @param local an address of this machine on the network that is meant */
    public static InetSocketAddress of(InetSocketAddress destination, InetAddress local) {
        try {
            NetworkInterface owner =
                    needsOne(destination.getAddress()) ? NetworkInterface.getByInetAddress(local) : null;
            return owner == null ? destination : of(destination, owner.getName());
        } catch (SocketException e) {
            return destination;
        }
    }

    /** The same address without its zone. */
    public static InetAddress without(InetAddress address) {
        return Addresses.of(address.getAddress()).orElse(address);
    }

    private static boolean needsOne(InetAddress address) {
        return address instanceof Inet6Address && (address.isLinkLocalAddress() || address.isMulticastAddress());
    }

    private static InetSocketAddress of(InetSocketAddress destination, String interfaceName) {
        if (!needsOne(destination.getAddress())) {
            return destination;
        }
        try {
            NetworkInterface network = NetworkInterface.getByName(interfaceName);
            return network == null
                    ? destination
                    : new InetSocketAddress(
                            Inet6Address.getByAddress(
                                    null, destination.getAddress().getAddress(), network),
                            destination.getPort());
        } catch (SocketException | UnknownHostException e) {
            return destination;
        }
    }
}
