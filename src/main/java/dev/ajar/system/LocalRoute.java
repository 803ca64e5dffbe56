package dev.ajar.system;

import dev.ajar.model.IpVersion;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One of this machine's attachments to a network.
 *
 * @param localAddress this machine's address there: the internal client of mappings made through it
 * @param prefixLength of the network
 * @param gateway the default gateway on this interface, if it has one
 * @param isOnLink whether a default route without a gateway leads here: the router is any device that answers for
 *     others
 */
public record LocalRoute(
        String interfaceName,
        InetAddress localAddress,
        int prefixLength,
        Optional<InetAddress> gateway,
        boolean isOnLink) {
    /** With the gateway's address, or without a default route. */
    public LocalRoute(String interfaceName, InetAddress localAddress, int prefixLength, Optional<InetAddress> gateway) {
        this(interfaceName, localAddress, prefixLength, gateway, false);
    }

    /** Whether the way to the internet can lead here. */
    public boolean leadsOut() {
        return gateway.isPresent() || isOnLink;
    }

    /** The version of IP it is about. */
    public IpVersion ipVersion() {
        return IpVersion.of(localAddress);
    }

    /** Whether {@code address} is on the network this interface is attached to. */
    public boolean reaches(InetAddress address) {
        byte[] a = address.getAddress();
        byte[] b = localAddress.getAddress();
        if (a.length != b.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is the network's last address, which no device has. */
    public boolean isBroadcast(InetAddress address) {
        if (!reaches(address) || prefixLength >= address.getAddress().length * 8 - 1) {
            return false;
        }
        byte[] bytes = address.getAddress();
        for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] & 0x80 >> bit % 8) == 0) {
                return false;
            }
        }
        return true;
    }
}
