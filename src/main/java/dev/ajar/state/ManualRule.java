package dev.ajar.state;

import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.time.Instant;

/**
 * A rule that somebody made on the router's own page and told ajar of. ajar cannot see or change it there; it watches what
 * it leads to.
 *
 * @param internal where the rule leads
 * @param here whether that was this machine
 */
public record ManualRule(
        TransportProtocol protocol, Port externalPort, Endpoint internal, boolean here, Instant writtenAt) {
    public boolean isFor(TransportProtocol other, Port port) {
        return protocol == other && externalPort.equals(port);
    }

    /** Whether it leads to an address this machine no longer has. */
    public boolean isMisdirected(InetAddress now) {
        return here && !internal.address().equals(now);
    }

    /** For people: {@code tcp 25565}. */
    public String label() {
        return protocol.label() + " " + externalPort;
    }
}
