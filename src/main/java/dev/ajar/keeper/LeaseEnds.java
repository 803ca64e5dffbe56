package dev.ajar.keeper;

import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * From when on something of the notes may end by itself: before that moment no pass has to look at each entry of them.
 * What changes from one pass to the next is an entry or two.
 */
final class LeaseEnds {
    private Snapshot known = Snapshot.EMPTY;
    private Instant from = Instant.MAX;
    private List<DesiredMapping> ofLaunches = List.of();

    /** The wishes that end with a process. */
    List<DesiredMapping> ofLaunches(Snapshot snapshot) {
        note(snapshot);
        return ofLaunches;
    }

    /** Whether a wish may have run out by now, or a note may be forgotten. */
    boolean isReached(Snapshot snapshot, Instant now) {
        note(snapshot);
        if (now.isBefore(from)) {
            return false;
        }
        // What had the soonest end may have been extended or taken out since.
        from = snapshot.firstEnd().orElse(Instant.MAX);
        return !now.isBefore(from);
    }

    /** {@link Snapshot#current}. */
    Snapshot current(Snapshot snapshot, Instant now) {
        return isReached(snapshot, now) ? snapshot.current(now) : snapshot;
    }

    private void note(Snapshot snapshot) {
        if (snapshot.equals(known)) {
            return;
        }
        boolean sameButHoldings = snapshot.desiredMappings().equals(known.desiredMappings())
                && snapshot.learned().equals(known.learned());
        if (sameButHoldings) {
            snapshot.holdingsSince(known).stream()
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
