package dev.ajar.state;

import dev.ajar.model.Result;

/** Keeps the snapshot in memory: for the demo, which writes no files. */
public final class MemoryStateStore implements StateStore {
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    @Override
    public Result<Snapshot> load() {
        return Result.ok(snapshot);
    }

    @Override
    public Result<Written> save(Snapshot newer) {
        snapshot = newer;
        return Result.ok(new Written());
    }

    @Override
    public Result<Lock> lock() {
        return Result.ok(() -> {});
    }
}
