package dev.ajar.state;

import dev.ajar.model.Result;
import java.util.function.UnaryOperator;

/** Stores the snapshot. */
public interface StateStore {
    /** The last snapshot; an empty one if none was ever written. */
    Result<Snapshot> load();

    /** What {@link #load} would return, for a hint, and on any thread; an empty one where that fails. */
    default Snapshot peek() {
        return load().toOptional().orElse(Snapshot.EMPTY);
    }

    /** Whether there is no state file: none was written yet, or it has been deleted. */
    default boolean isMissing() {
        return false;
    }

    /** Writes the whole snapshot, or nothing on a failure. */
    Result<Written> save(Snapshot snapshot);

    /**
     * Keeps other ajar processes from writing until the lock is closed; {@code Failure.Busy} if another one holds it.
     */
    Result<Lock> lock();

    /** Reads, changes and writes the snapshot under the lock. */
    default Result<Written> update(UnaryOperator<Snapshot> change) {
        return lock().flatMap(lock -> {
            try (lock) {
                return load().flatMap(snapshot -> save(change.apply(snapshot)));
            }
        });
    }

    /** The snapshot is on the disk. */
    record Written() {}

    /** The right to write, until it is closed. */
    interface Lock extends AutoCloseable {
        @Override
        void close();
    }
}
