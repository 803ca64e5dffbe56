package dev.ajar.daemon;

import dev.ajar.state.StateStore;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The thread that alone talks to routers and writes the state file. */
@FunctionalInterface
public interface KeeperThread {
    /**
     * Does the task between two passes. For any thread.
     *
     * @param task gets the state store of the daemon
     */
    <T> CompletableFuture<T> submit(Function<StateStore, T> task);
}
