package dev.ajar.relay.engine.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the connections of one loop share: a buffer for what is passed on at once, and pipes. On that loop alone. */
public final class LoopWorkspace {
    public static final int LARGEST = 256 * 1024;

    /** Each takes two file descriptors, of those that the limit of connections leaves free. */
    private static final int MOST_PIPES = 24;

    private final BulkRule bulkRule;
    private @Nullable ByteBuffer scratch;
    private final Deque<SplicePipe> idle = new ArrayDeque<>();
    private final Set<Runnable> ending = new LinkedHashSet<>();
    private boolean rounds;
    private int pipes;

    LoopWorkspace(BulkRule bulkRule) {
        this.bulkRule = bulkRule;
    }

    public BulkRule bulkRule() {
        return bulkRule;
    }

    public ByteBuffer scratch() {
        ByteBuffer there = scratch;
        if (there == null) {
            there = ByteBuffer.allocateDirect(LARGEST);
            scratch = there;
        }
        return there;
    }

    /** An empty pipe, or none where there are enough: then bytes are copied. */
    public Optional<SplicePipe> pipe() {
        SplicePipe there = idle.poll();
        if (there != null) {
            return Optional.of(there);
        }
        if (pipes == MOST_PIPES) {
            return Optional.empty();
        }
        try {
            SplicePipe fresh = SplicePipe.open();
            pipes++;
            return Optional.of(fresh);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** @param pipe is empty */
    public void giveBack(SplicePipe pipe) {
        idle.push(pipe);
    }

    /** For one that is not empty. */
    public void discard(SplicePipe pipe) {
        pipes--;
        pipe.close();
    }

    /** @param action run once after the events that are being handled, however often it is asked for */
    public void atEndOfRound(Runnable action) {
        if (rounds) {
            ending.add(action);
        } else {
            action.run();
        }
    }

    /** The loop calls {@link #endRound}. */
    void hasRounds() {
        rounds = true;
    }

    void endRound() {
        if (!ending.isEmpty()) {
            ending.forEach(Runnable::run);
            ending.clear();
        }
    }

    /** After the loop has ended. */
    void close() {
        idle.forEach(SplicePipe::close);
        idle.clear();
    }
}
