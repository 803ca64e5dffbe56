package dev.ajar.model;

import java.net.InetAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The gateway that a command is for.
 *
 * @param methods the protocols to try
 * @param gateway its address; empty for the default gateway
 * @param location its root description, which makes the search unnecessary
 * @param ipVersion over which version of IP the port is to be reached
 */
public record GatewaySelector(
        Set<MappingProtocol> methods, Optional<InetAddress> gateway, Optional<URI> location, IpVersion ipVersion) {
    public GatewaySelector {
        methods = Set.copyOf(methods);
    }

    /** Over IPv4; or over what the gateway that is named speaks. */
    public GatewaySelector(Set<MappingProtocol> methods, Optional<InetAddress> gateway, Optional<URI> location) {
        this(methods, gateway, location, gateway.map(IpVersion::of).orElse(IpVersion.IPV4));
    }

    /** The default gateway, in any protocol it answers. */
    public static final GatewaySelector AUTO =
            new GatewaySelector(EnumSet.allOf(MappingProtocol.class), Optional.empty(), Optional.empty());

    /** The gateway of the same network's IPv6, since none can be named in both. */
    public GatewaySelector overIpv6() {
        return new GatewaySelector(methods, Optional.empty(), Optional.empty(), IpVersion.IPV6);
    }
}
