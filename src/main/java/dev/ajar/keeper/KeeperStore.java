package dev.ajar.keeper;

import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The notes of one who goes on for days: what the disk does not take is kept in memory and written as soon as it can be.
 * Keeping what is open must not end because a disk is full; only opening something new must.
 */
public final class KeeperStore implements StateStore {
    private final StateStore disk;
    private final Consumer<KeeperEvent> events;
    private Optional<Snapshot> unwritten = Optional.empty();
    private boolean locked;
    private boolean told;

    public KeeperStore(StateStore disk, Consumer<KeeperEvent> events) {
        this.disk = disk;
        this.events = events;
    }

    /** The same notes, for opening something new: nothing is opened that cannot be written down. */
    public StateStore strict() {
        return new StateStore() {
            @Override
            public Result<Snapshot> load() {
                return KeeperStore.this.load();
            }

            @Override
            public Result<Written> save(Snapshot snapshot) {
                Result<Written> written = disk.save(snapshot);
                if (written instanceof Result.Ok) {
                    unwritten = Optional.empty();
                }
                return written;
            }

            @Override
            public Result<Lock> lock() {
                return KeeperStore.this.lock();
            }
        };
    }

    @Override
    public Result<Snapshot> load() {
        return unwritten.map(Result::ok).orElseGet(disk::load);
    }

    @Override
    public Result<Written> save(Snapshot snapshot) {
        switch (disk.save(snapshot)) {
            case Result.Ok<Written> ignored -> {
                if (told) {
                    events.accept(new KeeperEvent.StateWrittenAgain());
                }
                told = false;
                unwritten = Optional.empty();
            }
            case Result.Err<Written>(Failure failure) -> {
                cannotWrite(failure);
                unwritten = Optional.of(snapshot);
            }
        }
        return Result.ok(new Written());
    }

    /** Told once, until they are written again. */
    void cannotWrite(Failure why) {
        if (!told) {
            told = true;
            events.accept(new KeeperEvent.StateNotWritten(why));
        }
    }

    boolean isBehind() {
        return unwritten.isPresent();
    }

    /** One lock for a whole pass; within it, whoever asks for it has it. */
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
