package dev.ajar.service;

import dev.ajar.message.Message;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Who renews what is open where no daemon does: each {@code ajar run} and {@code ajar relay} what it has opened itself. */
final class Launches {
    private Launches() {}

    /** Whether such a program, which still runs, renews it. */
    static boolean renews(Snapshot snapshot, MappingRecord record, Predicate<Owner.Launch> running) {
        return snapshot.desiredMappings().stream()
                .anyMatch(desired -> desired.owner() instanceof Owner.Launch launch
                        && running.test(launch)
                        && desired.isServedBy(record.claim()));
    }

    /** Those programs, and whether they renew everything that is open; empty where none runs. */
    static Optional<Message> of(Snapshot snapshot, Instant now, Predicate<Owner.Launch> running) {
        List<MappingRecord> open = snapshot.mappingRecords().stream()
                .filter(record -> !record.hasExpired(now) && !record.leaving())
                .toList();
        String processes = snapshot.desiredMappings().stream()
                .filter(desired -> open.stream().anyMatch(record -> desired.isServedBy(record.claim())))
                .flatMap(desired -> desired.owner() instanceof Owner.Launch launch && running.test(launch)
                        ? Optional.of(launch).stream()
                        : Optional.<Owner.Launch>empty().stream())
                .map(launch -> String.valueOf(launch.pid()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        boolean all = open.stream().allMatch(record -> renews(snapshot, record, running));
        return processes.isEmpty()
                ? Optional.empty()
                : Optional.of(Message.of(all ? "report.launch" : "report.launch-partly", "process", processes));
    }
}
