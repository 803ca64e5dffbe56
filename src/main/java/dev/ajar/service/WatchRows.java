package dev.ajar.service;

import dev.ajar.keeper.MappingState;
import dev.ajar.keeper.TrackedMapping;
import dev.ajar.model.Lease;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code ajar watch}: from the keeper, or without a daemon from the state file. */
final class WatchRows {
    private WatchRows() {}

    /** @param last the last event of each mapping, in a few words */
    static List<WatchRow> of(List<TrackedMapping> tracked, Map<DesiredMapping, String> last, Duration now) {
        return tracked.stream()
                .map(mapping -> row(mapping, last.getOrDefault(mapping.desired(), ""), now))
                .toList();
    }

    private static WatchRow row(TrackedMapping tracked, String last, Duration now) {
        String label = tracked.desired().mapping().label();
        return switch (tracked.state()) {
            case MappingState.Inactive inactive ->
                new WatchRow(
                        label,
                        "",
                        "",
                        "not open",
                        Optional.empty(),
                        inactive.why().map(why -> why.detail().toString()).orElse(last));
            case MappingState.Active open ->
                new WatchRow(
                        label,
                        open.lease().internal().toString(),
                        open.lease().claim().gateway().method().title(),
                        "open",
                        open.endsAt().map(end -> Math.max(0, end.minus(now).toSeconds())),
                        last);
        };
    }

    static List<WatchRow> of(Snapshot snapshot, Instant now) {
        return snapshot.mappingRecords().stream()
                .filter(record -> !record.hasExpired(now))
                .map(record -> row(record, now))
                .toList();
    }

    private static WatchRow row(MappingRecord record, Instant now) {
        return new WatchRow(
                record.protocol().label() + " " + record.externalPort(),
                record.claim().internal().toString(),
                record.claim().gateway().method().title(),
                record.leaving() ? "closing" : "not renewed",
                record.lease()
                        .flatMap(Lease::expiresAt)
                        .map(end -> Duration.between(now, end).toSeconds()),
                "");
    }
}
