package dev.ajar.relay;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The place of one connection or session among those a rule may have. For several threads. */
public final class Place {
    private final ClientSource source;

    /** Written for each read, so without a barrier: a victim chosen by a time a moment old is as good. */
    private final AtomicLong lastMoved;

    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean proven;
    private @Nullable Runnable whenLost;
    private boolean lost;

    /** @param now nanoseconds of a monotonic clock */
    Place(ClientSource source, long now, boolean proven) {
        this.source = source;
        this.lastMoved = new AtomicLong(now);
        this.proven = proven;
    }

    public ClientSource source() {
        return source;
    }

    /** @param now nanoseconds of a monotonic clock */
    public void moved(long now) {
        lastMoved.lazySet(now);
    }

    /** When bytes went through it last, in nanoseconds of that clock. */
    public long lastMoved() {
        return lastMoved.getPlain();
    }

    /** To be called by its book alone, which keeps the two kinds apart. */
    void prove() {
        proven = true;
    }

    /** Whether the client's address is known not to be forged. */
    public boolean isProven() {
        return proven;
    }

    /** To be counted as ended: true only the first time, whether it was lost or its connection ended by itself. */
    public boolean end() {
        return !ended.getAndSet(true);
    }

    /** @param action ends the connection, on any thread; run at once where the place was lost already */
    public void whenLost(Runnable action) {
        synchronized (this) {
            if (!lost) {
                whenLost = action;
                return;
            }
        }
        action.run();
    }

    /** Another client has it now. */
    public void lose() {
        @Nullable Runnable action;
        synchronized (this) {
            lost = true;
            action = whenLost;
        }
        if (action != null) {
            action.run();
        }
    }
}
