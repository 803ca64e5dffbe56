package dev.ajar.service.backend;

import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes of {@code ajar run} and {@code ajar relay} that keep ports open. Pure. */
final class LaunchKeeper {
    private LaunchKeeper() {}

    /** Whether such a process keeps it open. */
    static boolean keeps(Snapshot snapshot, Predicate<Owner.Launch> runs, MappingRecord mappingRecord) {
        return owners(snapshot, runs, mappingRecord).findAny().isPresent();
    }

    private static Stream<Owner.Launch> owners(
            Snapshot snapshot, Predicate<Owner.Launch> runs, MappingRecord mappingRecord) {
        return snapshot.desiredMappings().stream()
                .filter(desired -> desired.isServedBy(mappingRecord.claim()))
                .map(DesiredMapping::owner)
                .filter(Owner.Launch.class::isInstance)
                .map(Owner.Launch.class::cast)
                .filter(runs);
    }

    /**
     * Who keeps the ports open.
     *
     * @param open the ports
     * @return the processes, and their ports where those are not all; empty where there is no such process
     */
    static Optional<Message> of(Snapshot snapshot, Predicate<Owner.Launch> runs, List<ReportedMapping> open) {
        List<MappingRecord> kept = snapshot.mappingRecords().stream()
                .filter(mappingRecord -> keeps(snapshot, runs, mappingRecord))
                .toList();
        List<ReportedMapping> shown = open.stream()
                .filter(mapping -> kept.stream()
                        .anyMatch(
                                mappingRecord -> mapping.isFor(mappingRecord.protocol(), mappingRecord.externalPort())))
                .toList();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        String process = kept.stream()
                .flatMap(mappingRecord -> owners(snapshot, runs, mappingRecord))
                .map(owner -> String.valueOf(owner.pid()))
                .distinct()
                .collect(Collectors.joining(", "));
        String ports = shown.stream().map(ReportedMapping::label).distinct().collect(Collectors.joining(", "));
        return Optional.of(
                shown.size() == open.size()
                        ? Message.of("report.launch-keeper", "process", process)
                        : Message.of("report.launch-keeper-of", "process", process, "ports", ports));
    }
}
