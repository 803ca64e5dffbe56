package dev.ajar.system.machine;

import dev.ajar.model.IpVersion;
import java.net.InetAddress;

/**
 * An address of this machine.
 *
 * @param prefixLength of the network it is on
 */
public record OwnAddress(
        String interfaceName, InetAddress address, int prefixLength, Scope scope, Lifetime lifetime, Origin origin) {
    /** How far away the address is valid. */
    public enum Scope {
        GLOBAL,
        /** Only on the link (RFC 3927, RFC 4291 section 2.5.6). */
        LINK,
        /** Only on this machine. */
        HOST
    }

    /** How long it is meant to stay. */
    public enum Lifetime {
        LASTING,
        /** For connections that this machine makes (RFC 8981). */
        TEMPORARY,
        /** To be used for old connections only (RFC 4862 section 5.5.4). */
        DEPRECATED,
        /** Another device may have it: not checked yet, or found to be so. */
        UNUSABLE
    }

    /** Where the address comes from. */
    public enum Origin {
        /** Set by hand or by a program that does not say for how long. */
        CONFIGURED,
        /** From a router or a DHCP server, for a limited time. */
        ASSIGNED,
        /** The system was not asked. */
        CANNOT_BE_TOLD
    }

    public IpVersion ipVersion() {
        return IpVersion.of(address);
    }

    /** Whether it is an address of the internet's part of IPv6 (2000::/3) that a server can be reached at tomorrow. */
    public boolean isLastingIpv6() {
        return ipVersion() == IpVersion.IPV6
                && lifetime == Lifetime.LASTING
                && (address.getAddress()[0] & 0xE0) == 0x20;
    }
}
