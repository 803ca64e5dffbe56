package dev.ajar.state.file;

import java.util.Optional;

/**
 * What a state file says beside the snapshot.
 *
 * @param schema the version of its format
 * @param minReader the lowest schema an ajar must know to change the file; one that knows less may only read it
 * @param clock the clocks when it was written; empty in older files and where the system does not tell
 * @param unknown what this ajar does not know and writes again as it was
 */
record Envelope(long schema, long minReader, Optional<BootTime> clock, UnknownMembers unknown) {
    /** Of a new file. */
    static final Envelope CURRENT =
            new Envelope(SnapshotJson.SCHEMA, SnapshotJson.MIN_READER, Optional.empty(), UnknownMembers.NONE);

    boolean mayBeChanged() {
        return minReader <= SnapshotJson.SCHEMA;
    }

    boolean isOld() {
        return schema < SnapshotJson.SCHEMA;
    }

    /** Of the file that this ajar writes in its place: a newer format stays what it is. */
    Envelope rewritten(Optional<BootTime> now) {
        return new Envelope(
                Math.max(schema, SnapshotJson.SCHEMA), Math.max(minReader, SnapshotJson.MIN_READER), now, unknown);
    }
}
