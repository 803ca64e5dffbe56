package dev.ajar.mapping.removal;

import dev.ajar.model.LeaseDuration;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is on a router and not wanted any more, by the state file: a crash or a kill left it there. Routers drop a lease
 * by themselves, but not a rule without one.
 */
final class StalePorts {
    private StalePorts() {}

    /**
     * The snapshot in which every mapping that was left is marked for removal.
     *
     * @param ended whether the process of an {@code ajar run} is gone
     */
    static Snapshot marked(Snapshot snapshot, Instant now, Predicate<Owner.Launch> ended) {
        Snapshot rest = snapshot;
        for (DesiredMapping desired : snapshot.desiredMappings()) {
            boolean gone = desired.owner() instanceof Owner.Launch launch && ended.test(launch);
            if (gone || desired.hasEnded(now) || isInterrupted(snapshot, desired)) {
                rest = rest.ended(desired);
            }
        }
        for (MappingRecord record : rest.mappingRecords()) {
            boolean stays = record.leaving() || rest.isWanted(record) || isKept(record);
            rest = stays ? rest : rest.with(record.markedForRemoval());
        }
        return rest;
    }

    /**
     * A lease that nothing wants was left by {@code ajar run --keep}, until it ends; a killed process leaves its
     * desire.
     */
    private static boolean isKept(MappingRecord record) {
        return record.lease()
                .filter(lease -> lease.granted() instanceof LeaseDuration.Finite)
                .isPresent();
    }

    /** Whether the command that wrote it down ended before a router answered: it told its user of no success. */
    private static boolean isInterrupted(Snapshot snapshot, DesiredMapping desired) {
        List<MappingRecord> records = snapshot.mappingRecords().stream()
                .filter(record -> !record.leaving() && snapshot.serves(desired, record))
                .toList();
        return desired.owner() instanceof Owner.User
                && !records.isEmpty()
                && records.stream().allMatch(record -> record.lease().isEmpty());
    }
}
