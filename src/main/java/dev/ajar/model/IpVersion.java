package dev.ajar.model;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;

/** The version of IP by which a port is reached. */
public enum IpVersion {
    /** Behind a NAT: an external port leads to an internal one. */
    IPV4,
    /** Behind a firewall alone: the device's own address and port, and a pinhole in the firewall for them. */
    IPV6;

    public static IpVersion of(InetAddress address) {
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }

    /** The name in JSON and in the state file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
