package dev.ajar.relay.engine;

import java.util.concurrent.atomic.AtomicLong;

/** What has been read and not been taken yet, of all connections together. For several threads. */
final class PendingBytes {
    /** From here on nobody reads much at once. */
    private static final long MUCH = 48L * 1024 * 1024;

    /**
     * From here on whoever brings more is cut off. Only those get here who end their side with the system's own buffer
     * still full: then Netty reads all of it, whatever waits already.
     */
    private static final long TOO_MUCH = 160L * 1024 * 1024;

    private final AtomicLong bytes = new AtomicLong();

    void add(long more) {
        if (more != 0) {
            bytes.addAndGet(more);
        }
    }

    boolean isMuch() {
        return bytes.get() > MUCH;
    }

    boolean isTooMuch() {
        return bytes.get() > TOO_MUCH;
    }

    long bytes() {
        return bytes.get();
    }
}
