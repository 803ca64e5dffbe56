package dev.ajar.keeper.decision;

import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The earliest moment at which something in the state file ends by itself. Before that moment a pass need not look at
 * every entry. It is kept up to date from the one or two entries that change between passes. For any thread.
 */
public final class LeaseEnds {
    private Snapshot known = Snapshot.EMPTY;
    private Instant from = Instant.MAX;
    private List<DesiredMapping> ofLaunches = List.of();

    /** The desired mappings that end with a process. */
    synchronized List<DesiredMapping> ofLaunches(Snapshot snapshot) {
        update(snapshot);
        return ofLaunches;
    }

    /** Whether a desired mapping may have ended by now, or a record may be dropped. */
    synchronized boolean isReached(Snapshot snapshot, Instant now) {
        update(snapshot);
        if (now.isBefore(from)) {
            return false;
        }
        // The entry with the earliest end may have been extended or removed since.
        from = snapshot.firstEnd().orElse(Instant.MAX);
        return !now.isBefore(from);
    }

    /** {@link Snapshot#current}. */
    public synchronized Snapshot current(Snapshot snapshot, Instant now) {
        return isReached(snapshot, now) ? snapshot.current(now) : snapshot;
    }

    private synchronized void update(Snapshot snapshot) {
        if (snapshot.equals(known)) {
            return;
        }
        boolean onlyRecordsChanged = snapshot.desiredMappings().equals(known.desiredMappings())
                && snapshot.learned().equals(known.learned());
        if (onlyRecordsChanged) {
            snapshot.recordsSince(known).stream()
                    .map(MappingRecord::forgettableFrom)
                    .flatMap(Optional::stream)
                    .forEach(end -> from = end.isBefore(from) ? end : from);
        } else {
            from = snapshot.firstEnd().orElse(Instant.MAX);
            ofLaunches = snapshot.desiredMappings().stream()
                    .filter(desired -> desired.owner() instanceof Owner.Launch)
                    .toList();
        }
        known = snapshot;
    }
}
