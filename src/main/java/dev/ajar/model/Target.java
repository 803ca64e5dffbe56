package dev.ajar.model;

import java.net.InetAddress;

/** The machine that receives the traffic. */
public sealed interface Target {
    /** The internal port. */
    Port port();

    /** Where the traffic goes, given this machine's address on the way to the gateway. */
    default Endpoint seenFrom(InetAddress local) {
        return switch (this) {
            case ThisHost host -> new Endpoint(local, host.port());
            case OtherHost host -> new Endpoint(host.client(), host.port());
            case InnerRouter router -> new Endpoint(router.far(), router.port());
        };
    }

    /** This machine. Its address is left open: DHCP may change it. */
    record ThisHost(Port port) implements Target {}

    /** Another device of the LAN. */
    record OtherHost(InetAddress client, Port port) implements Target {}

    /**
     * The router between this machine and the gateway, which forwards the traffic to this machine. The gateway sees
     * this machine's requests as coming from it.
     *
     * @param far its address on the gateway's side
     */
    record InnerRouter(InetAddress far, Port port) implements Target {}
}
