package dev.ajar.model;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/**
 * The gateway that a command is for.
 *
 * @param protocols the protocols to try
 * @param gateway its address; empty for the default gateway
 * @param location the URL of its root description, with which no search is needed
 * @param ipVersion the IP version over which the port is opened
 * @param from the address of this machine to ask from; empty for the one the system chooses. Without effect once the
 *     machine no longer has it
 */
public record GatewaySelector(
        ProtocolChoice protocols,
        Optional<InetAddress> gateway,
        Optional<URI> location,
        IpVersion ipVersion,
        Optional<InetAddress> from) {
    /** From the address the system chooses. */
    public GatewaySelector(
            ProtocolChoice protocols, Optional<InetAddress> gateway, Optional<URI> location, IpVersion ipVersion) {
        this(protocols, gateway, location, ipVersion, Optional.empty());
    }

    /** Over the IP version of the named gateway, or over IPv4. */
    public GatewaySelector(ProtocolChoice protocols, Optional<InetAddress> gateway, Optional<URI> location) {
        this(protocols, gateway, location, gateway.map(IpVersion::of).orElse(IpVersion.IPV4));
    }

    /** The default gateway, in any protocol that may be used unasked. */
    public static final GatewaySelector AUTO =
            new GatewaySelector(ProtocolChoice.AUTOMATIC, Optional.empty(), Optional.empty());

    /** The default gateway over IPv6. A gateway is named by its IPv4 address, which does not tell the IPv6 one. */
    public GatewaySelector overIpv6() {
        return new GatewaySelector(
                protocols,
                Optional.empty(),
                Optional.empty(),
                IpVersion.IPV6,
                from.filter(address -> IpVersion.of(address) == IpVersion.IPV6));
    }

    /** At that address. */
    public GatewaySelector to(InetAddress address) {
        return new GatewaySelector(protocols, Optional.of(address), location, ipVersion, from);
    }

    /** From that address of this machine. */
    public GatewaySelector askingFrom(InetAddress address) {
        return new GatewaySelector(protocols, gateway, location, ipVersion, Optional.of(address));
    }

    /** Whether the user named the router. */
    public boolean isNamed() {
        return gateway.isPresent() || location.isPresent();
    }
}
