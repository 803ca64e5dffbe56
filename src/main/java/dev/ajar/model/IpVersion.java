package dev.ajar.model;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;

/** The version of IP by which a port is reached. */
public enum IpVersion {
    /** With NAT: an external port leads to an internal one. */
    IPV4,
    /** Without NAT: a pinhole in the firewall admits traffic to the device's own address and port. */
    IPV6;

    public static IpVersion of(InetAddress address) {
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }

    /** The name in sentences, the same in every language. */
    public String label() {
        return switch (this) {
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
        };
    }

    /** The name in JSON and in the state file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
