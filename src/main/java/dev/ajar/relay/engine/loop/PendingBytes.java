package dev.ajar.relay.engine.loop;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that were read and not yet written, of all connections together. For several threads. */
public final class PendingBytes {
    /** From here on every connection reads little at a time. */
    private static final long MUCH = 48L * 1024 * 1024;

    /**
     * From here on a connection that adds more is cut off. Only a side that closes while the system's buffer is still
     * full gets here: Netty then reads all of it, however much waits already.
     */
    private static final long TOO_MUCH = 160L * 1024 * 1024;

    private final AtomicLong bytes = new AtomicLong();

    public void add(long more) {
        if (more != 0) {
            bytes.addAndGet(more);
        }
    }

    public boolean isMuch() {
        return bytes.get() > MUCH;
    }

    public boolean isTooMuch() {
        return bytes.get() > TOO_MUCH;
    }

    public long bytes() {
        return bytes.get();
    }
}
