package dev.ajar.keeper.exchange;

import java.time.Duration;
import java.util.Optional;

/**
 * Where exchanges with gateways take place. What an exchange has shown is always handled on the keeper's thread, which
 * alone decides and changes the keeper's state.
 */
public interface Exchanges {
    /** An exchange under way. */
    @FunctionalInterface
    interface Running {
        /** Ends it soon: its sockets are closed. */
        void cancel();
    }

    /**
     * Begins an exchange. Called on the keeper's thread.
     *
     * @param exchange sends requests and waits for answers
     * @param done called on the keeper's thread after it
     */
    Running begin(Runnable exchange, Runnable done);

    /** Whether {@link #begin} returns only after {@code done}. */
    boolean areInline();

    /** Does {@code task} on the keeper's thread. For any thread. */
    void hand(Runnable task);

    /**
     * Waits on the keeper's thread for one task and does it.
     *
     * @return whether one came in time
     */
    boolean await(Duration longest);

    /** Each exchange on the keeper's own thread, which waits for it. */
    static Exchanges inline() {
        return new Exchanges() {
            @Override
            public Running begin(Runnable exchange, Runnable done) {
                exchange.run();
                done.run();
                return () -> {};
            }

            @Override
            public boolean areInline() {
                return true;
            }

            @Override
            public void hand(Runnable task) {
                task.run();
            }

            @Override
            public boolean await(Duration longest) {
                return false;
            }
        };
    }

    /**
     * Each exchange on a thread of its own.
     *
     * @param inbox of the keeper's thread
     */
    static Exchanges onThreads(Inbox inbox) {
        return new Exchanges() {
            // A virtual thread, because an interrupt ends its waiting for the network.
            @Override
            public Running begin(Runnable exchange, Runnable done) {
                Thread thread = Thread.ofVirtual().name("exchange").start(() -> {
                    try {
                        exchange.run();
                    } finally {
                        inbox.add(done);
                    }
                });
                return thread::interrupt;
            }

            @Override
            public boolean areInline() {
                return false;
            }

            @Override
            public void hand(Runnable task) {
                inbox.add(task);
            }

            @Override
            public boolean await(Duration longest) {
                try {
                    Optional<Runnable> task = inbox.take(longest);
                    task.ifPresent(Runnable::run);
                    return task.isPresent();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        };
    }
}
