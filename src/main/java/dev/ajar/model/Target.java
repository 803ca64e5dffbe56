package dev.ajar.model;

import java.net.InetAddress;

/** The machine on the LAN that is to receive the traffic. */
public sealed interface Target {
    /** The internal port. */
    Port port();

    /** Where the traffic goes, given this machine's address on the way to the gateway. */
    default Endpoint seenFrom(InetAddress local) {
        return switch (this) {
            case ThisHost host -> new Endpoint(local, host.port());
            case OtherHost host -> new Endpoint(host.client(), host.port());
        };
    }

    /** This machine. Its address is left open: DHCP may change it. */
    record ThisHost(Port port) implements Target {}

    /** Another device of the LAN. */
    record OtherHost(InetAddress client, Port port) implements Target {}
}
