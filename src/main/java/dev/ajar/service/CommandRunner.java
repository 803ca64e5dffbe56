package dev.ajar.service;

import dev.ajar.control.ControlRequest;
import dev.ajar.message.Message;
import dev.ajar.state.StateStore;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs a command that another process sent to the daemon. */
@FunctionalInterface
public interface CommandRunner {
    /**
     * Runs the command on the calling thread.
     *
     * @param store the daemon's own state store
     * @param backend what the command may ask of the daemon
     * @param user who can confirm a change on the router itself is told what to do; empty where there is none
     */
    ControlRequest.Response run(
            ControlRequest request, StateStore store, CommandBackend backend, Optional<Consumer<Message>> user);
}
