package dev.ajar.service;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RuleStatus;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON document of {@code ajar watch}, which is also what the daemon answers on its socket ({@code docs/json.md}). */
public final class WatchDocument {
    private WatchDocument() {}

    /** @param keeper the process that renews the mappings; empty where none does */
    public static String write(List<WatchRow> rows, Optional<String> keeper, List<RelayReport> relays) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", 1);
        json.put("command", "watch");
        json.put("exit_code", 0);
        json.put("kept_by", keeper);
        json.put("mappings", rows.stream().map(WatchDocument::members).toList());
        json.put("relays", members(relays));
        json.put("error", Optional.empty());
        return JsonWriter.write(json);
    }

    private static Map<String, Object> members(WatchRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mapping", row.mapping());
        json.put("goes_to", row.goesTo());
        json.put("method", row.method());
        json.put("state", row.state());
        json.put("seconds_left", row.secondsLeft());
        json.put("last", row.last());
        return json;
    }

    public static List<Map<String, Object>> members(List<RelayReport> relays) {
        return relays.stream()
                .map(report -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("process", report.pid());
                    json.put(
                            "rules",
                            report.rules().stream().map(RuleStatus::toJson).toList());
                    return json;
                })
                .toList();
    }

    /** The rows of a document; members that are not known are ignored. */
    static Result<List<WatchRow>> rows(String json) {
        try {
            return Result.ok(read(json).objects("mappings").stream()
                    .map(WatchDocument::row)
                    .toList());
        } catch (JsonException e) {
            return Result.err(new Failure.BadState(Message.of("daemon.unreadable-answer")));
        }
    }

    static Optional<String> keeper(String json) {
        try {
            return read(json).optionalText("kept_by");
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static JsonObject read(String json) {
        return JsonReader.read(json.strip().getBytes(StandardCharsets.UTF_8));
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
