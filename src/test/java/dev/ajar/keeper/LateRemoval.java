package dev.ajar.keeper;

import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A state file in which one more record is marked for removal while a pass is under way. */
final class LateRemoval implements StateStore {
    private final StateStore disk;
    private Optional<MappingRecord> late = Optional.empty();
    private BooleanSupplier moment = () -> false;

    LateRemoval(StateStore disk) {
        this.disk = disk;
    }

    /** @param now whether the moment has come */
    void mark(MappingRecord mappingRecord, BooleanSupplier now) {
        late = Optional.of(mappingRecord.markedForRemoval());
        moment = now;
    }

    @Override
    public Result<Snapshot> load() {
        if (late.isPresent() && moment.getAsBoolean()) {
            disk.load().toOptional().ifPresent(snapshot -> disk.save(snapshot.with(late.get())));
            late = Optional.empty();
        }
        return disk.load();
    }

    @Override
    public Result<Written> save(Snapshot snapshot) {
        return disk.save(snapshot);
    }

    @Override
    public Result<Lock> lock() {
        return disk.lock();
    }
}
