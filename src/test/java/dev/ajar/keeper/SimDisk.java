package dev.ajar.keeper;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;

/** A disk that may be full, with a state file that outlives the process. */
public final class SimDisk implements StateStore {
    private Snapshot written = Snapshot.EMPTY;
    private boolean full;
    private boolean missing;
    private int saves;
    private int locks;

    public boolean isLocked() {
        return locks > 0;
    }

    /** The state file is deleted, and the previous one with it. */
    public void delete() {
        written = Snapshot.EMPTY;
        missing = true;
    }

    @Override
    public boolean isMissing() {
        return missing;
    }

    public void fill(boolean now) {
        full = now;
    }

    public Snapshot written() {
        return written;
    }

    int saves() {
        return saves;
    }

    @Override
    public Result<Snapshot> load() {
        return Result.ok(written);
    }

    @Override
    public Result<Written> save(Snapshot snapshot) {
        if (full) {
            return Result.err(new Failure.BadState(Message.verbatim("no space left")));
        }
        saves++;
        missing = false;
        written = snapshot;
        return Result.ok(new Written());
    }

    @Override
    public Result<Lock> lock() {
        locks++;
        return Result.ok(() -> locks--);
    }
}
