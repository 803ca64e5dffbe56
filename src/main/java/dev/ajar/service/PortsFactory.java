package dev.ajar.service;

import dev.ajar.state.StateStore;

/** Makes the service that works in this process. */
@FunctionalInterface
public interface PortsFactory {
    /** @param backend renews and watches */
    LocalPorts ports(StateStore store, CommandBackend backend);
}
