package dev.ajar.keeper.model;

import dev.ajar.state.MappingRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The pending removals in the order in which they were added; one that failed is added again at the end. */
public final class PendingRemovals {
    /** The number of free places from which on the places are numbered anew. */
    private static final int SPARE = 64;

    private final TreeMap<Integer, PendingRemoval> pendingRemovals = new TreeMap<>();
    private final Map<MappingRecord, Integer> places = new HashMap<>();
    private final DueTimes due = new DueTimes();
    private int next;

    public Collection<PendingRemoval> all() {
        return Collections.unmodifiableCollection(pendingRemovals.values());
    }

    public boolean isEmpty() {
        return pendingRemovals.isEmpty();
    }

    public Optional<PendingRemoval> of(MappingRecord mappingRecord) {
        return Optional.ofNullable(places.get(mappingRecord)).map(pendingRemovals::get);
    }

    public void add(PendingRemoval removal) {
        if (next >= 2 * pendingRemovals.size() + SPARE) {
            replaceAll(pendingRemovals.values());
        }
        remove(removal);
        pendingRemovals.put(next, removal);
        places.put(removal.mappingRecord(), next);
        due.set(next, removal.dueAt());
        next++;
    }

    public void remove(PendingRemoval removal) {
        Integer place = places.remove(removal.mappingRecord());
        if (place != null) {
            pendingRemovals.remove(place);
            due.clear(place);
        }
    }

    public void replaceAll(Collection<PendingRemoval> others) {
        List<PendingRemoval> copy = List.copyOf(others);
        pendingRemovals.clear();
        places.clear();
        due.clear();
        next = 0;
        copy.forEach(this::add);
    }

    public Duration soonest() {
        return due.soonest();
    }

    /** The one that has been due for longest, of those that {@code mayGo}. */
    public Optional<PendingRemoval> firstDue(Duration now, Predicate<PendingRemoval> mayGo) {
        OptionalInt first = due.longestDue(now, place -> mayGo.test(at(place)));
        return first.isPresent() ? Optional.of(at(first.getAsInt())) : Optional.empty();
    }

    private PendingRemoval at(int place) {
        return Objects.requireNonNull(pendingRemovals.get(place));
    }
}
