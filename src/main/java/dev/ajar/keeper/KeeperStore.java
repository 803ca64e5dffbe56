package dev.ajar.keeper;

import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.Snapshot;
import dev.ajar.state.SnapshotMerge;
import dev.ajar.state.StateStore;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The state file of a process that runs for days. A snapshot that cannot be written is kept in memory and written later: a
 * full disk must not stop renewals. It does stop new mappings, see {@link #strict}.
 *
 * <p>Other processes may write while this one cannot, so its changes are joined with theirs ({@link SnapshotMerge}). If the
 * file is deleted, what this process knows is written again.
 */
public final class KeeperStore implements StateStore {
    private final StateStore disk;
    private final Consumer<KeeperEvent> events;
    private Optional<Snapshot> unwritten = Optional.empty();

    /** The contents of the file when it was last read or written. */
    private Snapshot onDisk = Snapshot.EMPTY;

    private boolean locked;
    private boolean reported;

    public KeeperStore(StateStore disk, Consumer<KeeperEvent> events) {
        this.disk = disk;
        this.events = events;
    }

    /** The same state file, for commands that open new mappings: here a failed write is a failure. */
    public StateStore strict() {
        return new StateStore() {
            @Override
            public Result<Snapshot> load() {
                return KeeperStore.this.load();
            }

            @Override
            public Result<Written> save(Snapshot snapshot) {
                return write(snapshot);
            }

            @Override
            public Result<Lock> lock() {
                return KeeperStore.this.lock();
            }
        };
    }

    @Override
    public Result<Snapshot> load() {
        boolean missing = disk.isMissing();
        Result<Snapshot> read = disk.load();
        if (read instanceof Result.Ok<Snapshot>(Snapshot theirs)) {
            if (missing && !onDisk.equals(Snapshot.EMPTY)) {
                // Deleted, or a process was killed while it replaced the file: then the previous one may know more.
                unwritten = Optional.of(SnapshotMerge.of(Snapshot.EMPTY, unwritten.orElse(onDisk), theirs));
            } else if (!theirs.equals(onDisk)) {
                unwritten = unwritten.map(mine -> SnapshotMerge.of(onDisk, mine, theirs));
            }
            onDisk = theirs;
        }
        return unwritten.map(Result::ok).orElse(read);
    }

    @Override
    public Result<Written> save(Snapshot snapshot) {
        switch (write(snapshot)) {
            case Result.Ok<Written> ignored -> {
                if (reported) {
                    events.accept(new KeeperEvent.StateWrittenAgain());
                }
                reported = false;
            }
            case Result.Err<Written>(Failure failure) -> {
                cannotWrite(failure);
                unwritten = Optional.of(snapshot);
            }
        }
        return Result.ok(new Written());
    }

    private Result<Written> write(Snapshot snapshot) {
        Result<Written> written = disk.save(snapshot);
        if (written instanceof Result.Ok) {
            unwritten = Optional.empty();
            onDisk = snapshot;
        }
        return written;
    }

    /** Reports the failure once until the next successful write. */
    void cannotWrite(Failure why) {
        if (!reported) {
            reported = true;
            events.accept(new KeeperEvent.StateNotWritten(why));
        }
    }

    boolean hasUnwritten() {
        return unwritten.isPresent();
    }

    /** The keeper holds the lock for a whole pass; asking for it again during the pass succeeds at once. */
    @Override
    public Result<Lock> lock() {
        if (locked) {
            return Result.ok(() -> {});
        }
        return disk.lock().map(lock -> {
            locked = true;
            return () -> {
                locked = false;
                lock.close();
            };
        });
    }
}
