package dev.ajar.model;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A mapping that is about to be asked for: written down before the gateway hears of it, and complete enough to remove
 * the mapping again if the process dies in between.
 *
 * @param internal the internal client and port that the gateway will be told
 */
public record Claim(Mapping mapping, GatewayId gateway, Endpoint internal, LeaseHandle handle, Instant writtenAt) {
    /** The same with the name the router is told: with ajar's mark, unless the user chose a name. */
    public Claim asNamed() {
        return new Claim(mapping.called(entryName()), gateway, internal, handle, writtenAt);
    }

    /** What the entry is called in the router's table. */
    public String entryName() {
        return handle instanceof LeaseHandle.UpnpEntry(var location, String mark)
                ? EntryName.marked(mapping.description(), mark)
                : mapping.description();
    }

    /** Whether {@code name} has the mark that ajar gave this entry. */
    public boolean isMarkedIn(String name) {
        return handle instanceof LeaseHandle.UpnpEntry(var location, String mark)
                && !mark.isEmpty()
                && name.toLowerCase(Locale.ROOT).endsWith(" " + mark);
    }

    /** The same claim of another external port. */
    public Claim onExternalPort(Port other) {
        return new Claim(mapping.onExternalPort(other), gateway, internal, handle, writtenAt);
    }

    /** The same claim, open to those addresses alone. */
    public Claim from(Optional<Subnet> some) {
        return new Claim(mapping.from(some), gateway, internal, handle, writtenAt);
    }

    /** Whether it leads to this machine, but to another address than {@code now}, its address towards the gateway. */
    public boolean isMisdirected(InetAddress now) {
        return mapping.target() instanceof Target.ThisHost
                && !internal.address().equals(now);
    }

    /** The external port to ask for: over IPv6 nothing is translated, so it is the internal one. */
    public Port externalPort() {
        return ipVersion() == IpVersion.IPV6 ? internal.port() : mapping.externalPort();
    }

    /** The version of IP it is about. */
    public IpVersion ipVersion() {
        return IpVersion.of(internal.address());
    }
}
