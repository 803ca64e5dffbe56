package dev.ajar.keeper.exchange;

import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.SnapshotMerge;
import dev.ajar.state.StateStore;
import java.util.Optional;
import java.util.function.Function;

/**
 * The state file as one exchange or command sees it, while others go on beside it. What it saves is joined with what
 * the others have saved since it last read or saved. For one thread.
 */
final class StoreBranch implements StateStore {
    private final KeeperStore whole;
    private final Function<Snapshot, Result<Written>> save;

    /** The contents of the file when it was last read or saved here. */
    private Optional<Snapshot> base = Optional.empty();

    /** @param save saves in {@code whole} */
    StoreBranch(KeeperStore whole, Function<Snapshot, Result<Written>> save) {
        this.whole = whole;
        this.save = save;
    }

    @Override
    public Result<Snapshot> load() {
        Result<Snapshot> loaded = whole.load();
        base = loaded.toOptional().or(() -> base);
        return loaded;
    }

    @Override
    public Result<Written> save(Snapshot mine) {
        synchronized (whole) {
            Result<Written> written = save.apply(joined(mine));
            if (written instanceof Result.Ok) {
                base = Optional.of(mine);
            }
            return written;
        }
    }

    private Snapshot joined(Snapshot mine) {
        Optional<Snapshot> theirs =
                base.flatMap(before -> whole.latest().toOptional()).filter(now -> !now.equals(base.orElseThrow()));
        return theirs.map(now -> joined(base.orElseThrow(), mine, now)).orElse(mine);
    }

    /** What is no longer wanted because another has ended it meanwhile, and was asked for here, is to be removed. */
    private static Snapshot joined(Snapshot before, Snapshot mine, Snapshot theirs) {
        Snapshot all = SnapshotMerge.of(before, mine, theirs);
        for (MappingRecord record : all.recordsSince(theirs)) {
            boolean ended =
                    !record.leaving() && before.isWanted(record) && !theirs.isWanted(record) && !all.isWanted(record);
            all = ended ? all.with(record.markedForRemoval()) : all;
        }
        return all;
    }

    @Override
    public Result<Lock> lock() {
        return whole.lock();
    }
}
