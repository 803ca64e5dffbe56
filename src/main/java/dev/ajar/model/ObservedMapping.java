package dev.ajar.model;

import java.util.Optional;

/**
 * A mapping as the gateway's table shows it; any client may have made it.
 *
 * @param internalClient an address, normally; whatever the router wrote there
 * @param remoteHost the address that may connect; empty for all
 * @param lease what is left of it as the router says; empty where it says nothing sensible
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

    /** Whether both stand in the same place of the table. */
    public boolean hasKeyOf(ObservedMapping other) {
        return protocol == other.protocol
                && externalPort.equals(other.externalPort)
                && remoteHost.equals(other.remoteHost);
    }

    /** Whether all addresses may connect: no remote host, or one of the ways in which routers write that. */
    public boolean isForAnySource() {
        String host = remoteHost.raw().strip();
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("*");
    }

    /**
     * Whether it is for that remote host.
     *
     * @param host an address; empty for all
     */
    public boolean isFor(String host) {
        return host.isEmpty() ? isForAnySource() : remoteHost.raw().strip().equals(host);
    }

    /** Whether the traffic goes to that very address and port. */
    public boolean pointsTo(Endpoint internal) {
        return internalPort.equals(internal.port())
                && internalClient.raw().strip().equals(internal.address().getHostAddress());
    }
}
