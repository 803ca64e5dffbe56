package dev.ajar.model;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A mapping that is about to be asked for. It is saved before the gateway is asked, and is complete enough to remove
 * the mapping if the process dies in between.
 *
 * @param internal the internal client and port in the request
 */
public record Claim(Mapping mapping, GatewayId gateway, Endpoint internal, LeaseHandle handle, Instant writtenAt) {
    /** The same claim with the name of its entry: with ajar's mark, unless the user chose a name. */
    public Claim asNamed() {
        return new Claim(mapping.called(entryName()), gateway, internal, handle, writtenAt);
    }

    /** The name of the entry in the router's table. */
    public String entryName() {
        return handle.entryName(mapping.description());
    }

    /** The same claim to another external port. */
    public Claim onExternalPort(Port other) {
        return new Claim(mapping.onExternalPort(other), gateway, internal, handle, writtenAt);
    }

    /** The same claim, open to those addresses only. */
    public Claim from(Optional<Subnet> some) {
        return new Claim(mapping.from(some), gateway, internal, handle, writtenAt);
    }

    /** Whether it leads to a former address of this machine; {@code now} is its address towards the gateway. */
    public boolean isMisdirected(InetAddress now) {
        return mapping.target() instanceof Target.ThisHost
                && !internal.address().equals(now);
    }

    /** The external port to ask for. Over IPv6 it is the internal one, because no port is translated. */
    public Port externalPort() {
        return ipVersion() == IpVersion.IPV6 ? internal.port() : mapping.externalPort();
    }

    /** The IP version of the internal client. */
    public IpVersion ipVersion() {
        return IpVersion.of(internal.address());
    }
}
