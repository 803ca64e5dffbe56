package dev.ajar.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Limits how long a client waits for a daemon. */
final class TimeLimit {
    /** A part of a conversation. */
    @FunctionalInterface
    interface Part<T> {
        T run() throws IOException;
    }

    private final SocketChannel channel;
    private final AtomicBoolean passed = new AtomicBoolean();

    TimeLimit(SocketChannel channel) {
        this.channel = channel;
    }

    /** Whether a part took too long. */
    boolean hasPassed() {
        return passed.get();
    }

    /**
     * Runs a part. A read of a channel has no time-out, so another thread closes the channel after the limit.
     *
     * @throws IOException if the conversation has ended, or {@code limit} has passed
     */
    <T> T within(Duration limit, Part<T> part) throws IOException {
        Thread closing = Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(limit.toNanos());
            if (!Thread.currentThread().isInterrupted()) {
                passed.set(true);
                LineProtocol.close(channel);
            }
        });
        try {
            return part.run();
        } finally {
            closing.interrupt();
        }
    }
}
