package dev.ajar.keeper.exchange;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.Snapshot;
import dev.ajar.state.SnapshotMerge;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The state file of a process that runs for days. A snapshot that cannot be written is kept in memory and written
 * later: a full disk must not stop renewals. It does stop new mappings, see {@link #strict}.
 *
 * <p>Other processes may write while this one cannot, so its changes are joined with theirs ({@link SnapshotMerge}). If
 * the file is deleted, what this process knows is written again.
 *
 * <p>For any thread.
 */
public final class KeeperStore implements StateStore {
    private final StateStore disk;
    private final Consumer<KeeperEvent> events;
    private Optional<Snapshot> unwritten = Optional.empty();

    /** The contents of the file when it was last read or written. */
    private Snapshot onDisk = Snapshot.EMPTY;

    private Optional<Lock> lock = Optional.empty();
    private int holders;
    private boolean reported;

    public KeeperStore(StateStore disk, Consumer<KeeperEvent> events) {
        this.disk = disk;
        this.events = events;
    }

    /**
     * The same state file, for a command that opens new mappings: here a failed write is a failure. What others have
     * changed since the command last read or wrote it stays.
     */
    public StateStore strict() {
        return new StoreBranch(this, this::write);
    }

    /**
     * The same state file, for an exchange beside others: what they have changed since it last read or wrote it stays.
     */
    public StateStore branch() {
        return new StoreBranch(this, this::save);
    }

    @Override
    public synchronized Result<Snapshot> load() {
        boolean missing = disk.isMissing();
        Result<Snapshot> read = Uninterrupted.run(disk::load);
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

    /** The last snapshot; it is read again only if another process may have written since. */
    synchronized Result<Snapshot> latest() {
        return holders > 0 ? Result.ok(unwritten.orElse(onDisk)) : load();
    }

    @Override
    public synchronized Result<Written> save(Snapshot snapshot) {
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

    private synchronized Result<Written> write(Snapshot snapshot) {
        Result<Written> written = Uninterrupted.run(() -> disk.save(snapshot));
        if (written instanceof Result.Ok) {
            unwritten = Optional.empty();
            onDisk = snapshot;
        }
        return written;
    }

    /** Reports the failure once until the next successful write. */
    public synchronized void cannotWrite(Failure why) {
        if (!reported) {
            reported = true;
            events.accept(new KeeperEvent.StateNotWritten(why));
        }
    }

    public synchronized boolean hasUnwritten() {
        return unwritten.isPresent();
    }

    @Override
    public synchronized Result<Written> update(UnaryOperator<Snapshot> change) {
        return StateStore.super.update(change);
    }

    /**
     * Changes what this process goes by, also where the file can be neither locked, read nor written: then in memory,
     * and in the file later. For what is to be closed; another process that holds the lock is waited for.
     *
     * @return {@code Failure.Busy} if another process holds the lock, and nothing has changed
     */
    public synchronized Result<Written> updateAnyway(UnaryOperator<Snapshot> change) {
        Result<Lock> lock = lock();
        if (lock instanceof Result.Err<Lock>(Failure.Busy busy)) {
            return Result.err(busy);
        }
        Lock held = lock.toOptional().orElse(() -> {});
        try (held) {
            Snapshot known = load().toOptional().orElseGet(() -> unwritten.orElse(onDisk));
            return save(change.apply(known));
        }
    }

    /** Of the whole process: its exchanges and commands share it, and the last one to close it releases it. */
    @Override
    public synchronized Result<Lock> lock() {
        if (lock.isEmpty()) {
            switch (Uninterrupted.run(disk::lock)) {
                case Result.Err<Lock>(Failure failure) -> {
                    return Result.err(failure);
                }
                case Result.Ok<Lock>(Lock held) -> lock = Optional.of(held);
            }
        }
        holders++;
        AtomicBoolean closed = new AtomicBoolean();
        return Result.ok(() -> {
            if (closed.compareAndSet(false, true)) {
                release();
            }
        });
    }

    /**
     * The lock, waited for while another process holds it. Where there is no lock to be had, as on a full disk, one
     * that locks nothing.
     *
     * @param waiting called between two tries
     * @return empty if another process holds it for longer
     */
    public Optional<Lock> lockBy(Deadline deadline, Runnable waiting) {
        Result<Lock> tried = lock();
        while (isBusy(tried) && !deadline.hasPassed()) {
            waiting.run();
            tried = lock();
        }
        return isBusy(tried) ? Optional.empty() : Optional.of(tried.toOptional().orElse(() -> {}));
    }

    private static boolean isBusy(Result<Lock> tried) {
        return tried instanceof Result.Err<Lock>(Failure.Busy ignored);
    }

    private synchronized void release() {
        holders--;
        if (holders == 0) {
            lock.ifPresent(Lock::close);
            lock = Optional.empty();
        }
    }
}
