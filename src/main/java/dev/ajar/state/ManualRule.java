package dev.ajar.state;

import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.time.Instant;

/**
 * A rule that the user made by hand on the router's page and told ajar about. ajar cannot read or change it there, but
 * checks whether it still leads to the right address.
 *
 * @param internal the address and port the rule leads to
 * @param here whether that was this machine's address when the rule was written down
 */
public record ManualRule(
        TransportProtocol protocol, Port externalPort, Endpoint internal, boolean here, Instant writtenAt) {
    public boolean isFor(TransportProtocol other, Port port) {
        return protocol == other && externalPort.equals(port);
    }

    /** Whether the rule leads to an address that this machine no longer has. */
    public boolean isMisdirected(InetAddress now) {
        return here && !internal.address().equals(now);
    }

    /** For people: {@code tcp 25565}. */
    public String label() {
        return protocol.label(externalPort);
    }
}
