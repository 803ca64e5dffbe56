package dev.ajar.system.host;

import dev.ajar.model.Port;
import java.util.Optional;

/**
 * Where this machine sends what comes to one of its ports.
 *
 * @param own the other port of this machine; empty where it is on another address, or cannot be told
 */
public record Redirection(Optional<Port> own) {}
