package dev.ajar.cli.input;

import dev.ajar.model.Port;
import dev.ajar.model.Protocol;

/** One port as it was asked for. */
public record PortWish(Protocol protocol, Port externalPort, Port internalPort) {}
