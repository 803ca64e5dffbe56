package dev.ajar.model;

import java.net.InetAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which gateway is meant.
 *
 * @param methods the protocols to try
 * @param gateway its address; empty for the default gateway
 * @param location its root description, which makes the search unnecessary
 * @param family over which version of IP the port is to be reached
 */
public record Selection(Set<Method> methods, Optional<InetAddress> gateway, Optional<URI> location, Family family) {
    public Selection {
        methods = Set.copyOf(methods);
    }

    /** Over IPv4; or over what the gateway that is named speaks. */
    public Selection(Set<Method> methods, Optional<InetAddress> gateway, Optional<URI> location) {
        this(methods, gateway, location, gateway.map(Family::of).orElse(Family.IPV4));
    }

    /** The default gateway, by whatever it speaks. */
    public static final Selection AUTO = new Selection(EnumSet.allOf(Method.class), Optional.empty(), Optional.empty());

    /** The gateway of the same network's IPv6, since none can be named in both. */
    public Selection overIpv6() {
        return new Selection(methods, Optional.empty(), Optional.empty(), Family.IPV6);
    }
}
