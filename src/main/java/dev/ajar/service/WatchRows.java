package dev.ajar.service;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.keeper.MappingState;
import dev.ajar.keeper.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code ajar watch}: from the keeper, from the daemon's JSON, or without a daemon from the state file. */
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

    static Result<List<WatchRow>> of(String json) {
        try {
            return Result.ok(
                    read(json).objects("mappings").stream().map(WatchRows::row).toList());
        } catch (JsonException e) {
            return Result.err(new Failure.BadState(Message.of("daemon.unreadable-answer")));
        }
    }

    private static JsonObject read(String json) {
        return JsonReader.read(json.strip().getBytes(StandardCharsets.UTF_8));
    }

    static Optional<String> keeper(String json) {
        try {
            return read(json).optionalText("kept_by");
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static WatchRow row(JsonObject json) {
        return new WatchRow(
                json.text("mapping"),
                json.text("goes_to"),
                json.text("method"),
                json.text("state"),
                json.optionalNumber("seconds_left"),
                json.text("last"));
    }
}
