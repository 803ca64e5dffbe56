package dev.ajar.relay;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;

/**
 * Protocol and port, which no two rules share.
 *
 * @param port the external port on the router
 */
public record RuleKey(TransportProtocol protocol, Port port) {
    /** For people: {@code tcp 8554}. */
    @Override
    public String toString() {
        return protocol.label(port);
    }
}
