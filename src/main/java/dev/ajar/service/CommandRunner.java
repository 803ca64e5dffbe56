package dev.ajar.service;

import dev.ajar.control.ControlRequest;
import dev.ajar.state.StateStore;

/** Runs a command that another process sent to the daemon. */
@FunctionalInterface
public interface CommandRunner {
    /**
     * Runs the command on the calling thread.
     *
     * @param store the daemon's own state store
     * @param backend what the command may ask of the daemon
     */
    ControlRequest.Response run(ControlRequest request, StateStore store, CommandBackend backend);
}
