package dev.ajar.daemon;

import dev.ajar.state.StateStore;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Where requests of clients talk to routers and change the state file: each on a thread of its own, beside the
 * keeper's.
 */
@FunctionalInterface
public interface CommandThreads {
    /**
     * Does the task, after a moment's wait for the one before. For any thread.
     *
     * @param task gets the state store of the daemon
     * @return its result; cancelled if the daemon ends first
     */
    <T> CompletableFuture<T> submit(Function<StateStore, T> task);
}
