package dev.ajar.daemon;

import dev.ajar.control.ControlRequest;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.message.Message;
import dev.ajar.state.StateStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Runs commands, each on a thread of its own. A command waits a moment for the one before it and for the keeper's
 * exchanges, because a router does best with one question at a time; but not longer, because it may be a silent router
 * that they wait for.
 */
final class CommandExecutor {
    /** For the command before, and again for the keeper's exchanges: a router that answers needs no longer. */
    private static final Duration TURN = Duration.ofMillis(300);

    /** How long the keeper's exchanges may take to end once they are cancelled. */
    private static final Duration CANCELLING = Duration.ofMillis(200);

    /** A little longer than the longest command. */
    private static final Duration COMMAND = Duration.ofMinutes(11);

    private final Keeper keeper;
    private final KeeperStore store;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    CommandExecutor(Keeper keeper, KeeperStore store) {
        this.keeper = keeper;
        this.store = store;
    }

    /** Runs the command and waits for it. */
    ControlRequest.Response run(
            ControlRequest request, BiFunction<ControlRequest, StateStore, ControlRequest.Response> worker) {
        try {
            return submit(strict -> worker.apply(request, strict)).get(COMMAND.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return failed(1, Message.of("daemon.command-bug", "error", String.valueOf(e.getMessage())));
        } catch (CancellationException e) {
            return failed(75, Message.of("daemon.ending"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(75, Message.of("daemon.ending"));
        }
    }

    private static ControlRequest.Response failed(int exitCode, Message message) {
        return new ControlRequest.Response(exitCode, "", message + "\n");
    }

    /**
     * Begins a command. For any thread.
     *
     * @param command is given the state store to use
     * @return its result; cancelled if the daemon ends before the command begins
     */
    <T> CompletableFuture<T> submit(Function<StateStore, T> command) {
        CompletableFuture<T> done = new CompletableFuture<>();
        // A virtual thread, because an interrupt ends its waiting for the network.
        Thread.ofVirtual().name("command").start(() -> {
            try {
                done.complete(inTurn(command));
            } catch (InterruptedException | CancellationException e) {
                done.cancel(false);
            } catch (RuntimeException | Error bug) {
                done.completeExceptionally(bug);
            }
        });
        return done;
    }

    private <T> T inTurn(Function<StateStore, T> command) throws InterruptedException {
        running.add(Thread.currentThread());
        boolean held = false;
        try {
            if (ended) {
                throw new CancellationException();
            }
            held = turn.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS);
            return besideKeeper(command);
        } finally {
            running.remove(Thread.currentThread());
            if (held) {
                turn.unlock();
            }
        }
    }

    private <T> T besideKeeper(Function<StateStore, T> command) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        keeper.commandBegins(ready::countDown);
        try {
            if (!ready.await(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                keeper.cancelExchanges();
                // One that does not end even now goes on beside the command.
                boolean ignored = ready.await(CANCELLING.toMillis(), TimeUnit.MILLISECONDS);
            }
            return command.apply(store.strict());
        } finally {
            keeper.commandEnds();
        }
    }

    /** No command begins any more, and those that wait for a router end. For any thread. */
    void end() {
        ended = true;
        running.forEach(Thread::interrupt);
    }
}
