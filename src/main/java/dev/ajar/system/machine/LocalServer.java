package dev.ajar.system.machine;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;

/**
 * A server of this machine, by what its answers leave from.
 *
 * @param port its own port, not the router's
 */
public record LocalServer(TransportProtocol protocol, Port port) {}
