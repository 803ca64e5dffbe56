package dev.ajar.state;

import dev.ajar.model.Result;

/** Where the snapshot is kept. */
public interface StateStore {
    /** The last snapshot; an empty one when none was ever written. */
    Result<Snapshot> load();

    /** Writes all of it or nothing. */
    Result<Written> save(Snapshot snapshot);

    /** Keeps other ajars from writing until it is closed. */
    Result<Lock> lock();

    /** It is on the disk. */
    record Written() {}

    /** The right to write. */
    interface Lock extends AutoCloseable {
        @Override
        void close();
    }
}
