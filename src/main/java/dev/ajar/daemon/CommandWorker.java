package dev.ajar.daemon;

import dev.ajar.control.ControlRequest;
import dev.ajar.message.Message;
import dev.ajar.state.StateStore;
import java.util.Optional;
import java.util.function.Consumer;

/** Does the commands that clients send to the daemon. */
@FunctionalInterface
public interface CommandWorker {
    /**
     * Runs the command on the calling thread.
     *
     * @param store the daemon's own state store
     * @param user who can confirm a change on the router itself is told what to do; empty where there is none
     */
    ControlRequest.Response run(ControlRequest request, StateStore store, Optional<Consumer<Message>> user);
}
