package dev.ajar.mapping.report;

import dev.ajar.model.Lease;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mapping whose time is over, on a router that keeps it until it is removed: nothing has closed it yet.
 *
 * @param label {@code tcp 25565}
 * @param since when it was to be closed
 */
public record TimeOver(String label, Instant since) {
    public static List<TimeOver> of(Snapshot snapshot, Instant now) {
        return snapshot.mappingRecords().stream()
                .filter(record -> record.lease().flatMap(Lease::expiresAt).isEmpty())
                .filter(record -> record.lease().isPresent() && !record.leaving())
                .flatMap(record -> end(snapshot, record, now)
                        .map(since -> new TimeOver(record.protocol().label(record.externalPort()), since))
                        .stream())
                .toList();
    }

    /** When the last of those who wanted it wanted it no more; empty while one does, or where none has said. */
    private static Optional<Instant> end(Snapshot snapshot, MappingRecord record, Instant now) {
        List<DesiredMapping> desired = snapshot.desiredMappings().stream()
                .filter(one -> one.isServedBy(record.claim()))
                .toList();
        return desired.stream().allMatch(one -> one.hasEnded(now))
                ? desired.stream().flatMap(one -> one.until().stream()).max(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** When the time of the mapping of that label was over. */
    public static Stream<Instant> of(List<TimeOver> all, String label) {
        return all.stream().filter(one -> one.label().equals(label)).map(TimeOver::since);
    }
}
