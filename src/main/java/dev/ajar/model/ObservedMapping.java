package dev.ajar.model;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of the gateway's table; any client may have made it.
 *
 * @param internalClient normally an address, but the router may write any text
 * @param remoteHost the address that may connect; empty for all
 * @param lease the rest of the lease; empty where the router gives none that can be true
 */
public record ObservedMapping(
        TransportProtocol protocol,
        Port externalPort,
        RouterText internalClient,
        Port internalPort,
        RouterText remoteHost,
        RouterText description,
        boolean enabled,
        Optional<LeaseDuration> lease) {
    private static final Set<String> ANY = Set.of("", "0.0.0.0", "0.0.0.0/0", "255.255.255.255", "::", "::/0");

    /** The same entry so long after it was read. */
    public ObservedMapping aged(Duration passed) {
        return lease.filter(LeaseDuration.Finite.class::isInstance).isEmpty()
                ? this
                : with(lease.map(left -> LeaseDuration.ofSeconds(Math.max(1, left.seconds() - passed.toSeconds()))));
    }

    /** What stays the same from one look at it to the next. */
    public ObservedMapping withoutLease() {
        return with(Optional.empty());
    }

    private ObservedMapping with(Optional<LeaseDuration> rest) {
        return new ObservedMapping(
                protocol, externalPort, internalClient, internalPort, remoteHost, description, enabled, rest);
    }

    /** Whether both have the same key in the table. */
    public boolean hasKeyOf(ObservedMapping other) {
        return protocol == other.protocol
                && externalPort.equals(other.externalPort)
                && remoteHost.equals(other.remoteHost);
    }

    /**
     * Whether all addresses may connect: the remote host is empty, or what routers write for that, which is neither an
     * address nor a name on the internet ("any", "*", "None", "0").
     */
    public boolean isForAnySource() {
        String host = remoteHost.raw().strip();
        return ANY.contains(host) || (host.indexOf('.') < 0 && host.indexOf(':') < 0);
    }

    /**
     * Whether it has that remote host.
     *
     * @param host an address; empty for all
     */
    public boolean isFor(String host) {
        return host.isEmpty() ? isForAnySource() : remoteHost.raw().strip().equals(host);
    }

    /**
     * Whether where it leads cannot be told: some routers list the client's name in place of its address, or an
     * unspecified address.
     */
    public boolean hidesClient() {
        return Addresses.ipv4(internalClient.raw().strip())
                .filter(address -> !address.isAnyLocalAddress())
                .isEmpty();
    }

    /** Whether it may lead to that address and port, as far as can be read. */
    public boolean mayPointTo(Endpoint internal) {
        return pointsTo(internal) || (hidesClient() && internalPort.equals(internal.port()));
    }

    /** The same entry under another name. */
    public ObservedMapping under(RouterText name) {
        return new ObservedMapping(
                protocol, externalPort, internalClient, internalPort, remoteHost, name, enabled, lease);
    }

    /** Whether it leads to that address and port. */
    public boolean pointsTo(Endpoint internal) {
        return internalPort.equals(internal.port())
                && internalClient.raw().strip().equals(internal.address().getHostAddress());
    }
}
