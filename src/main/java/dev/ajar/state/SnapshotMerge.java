package dev.ajar.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;

/**
 * Joins what two processes made of the same state file: one could not write for a while, and the other has written
 * meanwhile. What only one of them changed is taken from that one, and nothing that either of them added is dropped.
 */
public final class SnapshotMerge {
    private SnapshotMerge() {}

    /**
     * The state after the changes of both.
     *
     * @param base what both began with; {@link Snapshot#EMPTY} where that cannot be told, so that all of both is kept
     * @param mine with the changes that were not written
     * @param theirs the file as it is now
     */
    public static Snapshot of(Snapshot base, Snapshot mine, Snapshot theirs) {
        return new Snapshot(
                merged(
                        base.desiredMappings(),
                        mine.desiredMappings(),
                        theirs.desiredMappings(),
                        DesiredMapping::isSameDesire,
                        SnapshotMerge::later),
                merged(
                        base.mappingRecords(),
                        mine.mappingRecords(),
                        theirs.mappingRecords(),
                        SnapshotMerge::isSame,
                        SnapshotMerge::joined),
                merged(
                        base.learned(),
                        mine.learned(),
                        theirs.learned(),
                        (one, other) -> one.isAbout(other.gateway(), other.device()),
                        (one, other) -> one.learntAt().isBefore(other.learntAt()) ? other : one),
                merged(
                        base.manualRules(),
                        mine.manualRules(),
                        theirs.manualRules(),
                        (one, other) -> one.isFor(other.protocol(), other.externalPort()),
                        (one, other) -> one.writtenAt().isBefore(other.writtenAt()) ? other : one),
                merged(base.newer(), mine.newer(), theirs.newer(), Objects::equals, (one, other) -> other));
    }

    /** @param both chooses where each has changed it: of mine and theirs */
    private static <T> List<T> merged(
            List<T> base, List<T> mine, List<T> theirs, BiPredicate<T, T> same, BinaryOperator<T> both) {
        List<T> all = new ArrayList<>();
        for (T their : theirs) {
            Optional<T> before = find(base, their, same);
            Optional<T> my = find(mine, their, same);
            boolean theyChanged = !before.equals(Optional.of(their));
            boolean iChanged = !before.equals(my);
            if (!iChanged) {
                all.add(their);
            } else if (!theyChanged) {
                // Changed here, or removed here.
                my.ifPresent(all::add);
            } else {
                // What one has removed and the other has changed stays: it may be open.
                all.add(my.map(here -> both.apply(here, their)).orElse(their));
            }
        }
        for (T my : mine) {
            boolean removedByThem = find(base, my, same).equals(Optional.of(my));
            if (find(theirs, my, same).isEmpty() && !removedByThem) {
                all.add(my);
            }
        }
        return all;
    }

    private static <T> Optional<T> find(List<T> some, T one, BiPredicate<T, T> same) {
        return some.stream().filter(other -> same.test(other, one)).findFirst();
    }

    private static boolean isSame(MappingRecord one, MappingRecord other) {
        return one.isSameClaim(other.claim()) || other.isSameClaim(one.claim());
    }

    private static DesiredMapping later(DesiredMapping mine, DesiredMapping theirs) {
        return mine.madeAt().isAfter(theirs.madeAt()) ? mine : theirs;
    }

    /** The grant that came last is the one the router has now. A removal that either of them has asked for stays. */
    private static MappingRecord joined(MappingRecord mine, MappingRecord theirs) {
        MappingRecord last = since(mine).isAfter(since(theirs)) ? mine : theirs;
        return mine.leaving() || theirs.leaving() ? last.markedForRemoval() : last;
    }

    /** A lease counts for more than a claim, whose answer is unknown. */
    private static Instant since(MappingRecord record) {
        return record.lease().map(lease -> lease.grantedAt()).orElse(Instant.MIN);
    }
}
