package dev.ajar.syntax;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;

/** One port as it was asked for. */
public record PortRequest(TransportProtocol protocol, Port externalPort, Port internalPort) {}
