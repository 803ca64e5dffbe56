package dev.ajar.service.json;

import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.document.ValueJson;
import dev.ajar.history.EventJson;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.RouterText;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RuleStatus;
import dev.ajar.service.GatewayRow;
import dev.ajar.service.WatchReport;
import dev.ajar.service.WatchRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON document of {@code ajar watch}, which is also what the daemon answers on its socket ({@code docs/json.md}).
 */
public final class WatchDocument {
    /** More than the most mappings of any router. */
    private static final int MOST_ROWS = 20_000;

    private WatchDocument() {}

    public static String write(WatchReport report) {
        JsonMembers json = JsonMembers.document("watch", ExitCode.DONE);
        KeeperJson.put(json, report.keeper());
        return json.with(
                        "mappings",
                        report.rows().stream().map(WatchDocument::members).toList())
                .with("relays", members(report.relays()))
                .with(
                        "gateways",
                        report.gateways().stream().map(WatchDocument::members).toList())
                .with("events", report.events().stream().map(EventJson::members).toList())
                .write(Optional.empty());
    }

    private static Map<String, Object> members(WatchRow row) {
        JsonMembers json = new JsonMembers()
                .with("mapping", row.mapping())
                .with("goes_to", row.goesTo())
                .with("method", row.method())
                .with("state", row.state().key())
                .with("seconds_left", row.secondsLeft());
        return ValueJson.putSentence(json, "last", row.last())
                .with("checked_at", row.checkedAt().map(Instant::toString))
                .with("container", row.container())
                .map();
    }

    private static Map<String, Object> members(GatewayRow row) {
        return new JsonMembers()
                .with("address", row.address())
                .with("method", row.method())
                .with("silent", row.silent())
                .with("external_address", row.externalAddress().map(Addresses::text))
                .map();
    }

    public static List<Map<String, Object>> members(List<RelayReport> relays) {
        return relays.stream()
                .map(report -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("process", report.pid());
                    json.put(
                            "rules",
                            report.rules().stream().map(RuleStatus::toJson).toList());
                    json.put("run_by", report.runBy().map(RelayReport.RunBy::key));
                    return json;
                })
                .toList();
    }

    /**
     * The state in a document; members that are not known are ignored, and those that an older daemon does not write
     * are empty.
     *
     * @param relays those of this machine, which tell their status themselves
     * @throws JsonException if it is none
     */
    public static WatchReport read(JsonObject json, List<RelayReport> relays) {
        List<JsonObject> rows = json.objects("mappings");
        if (rows.size() > MOST_ROWS) {
            throw new JsonException("it has too many mappings");
        }
        return new WatchReport(
                KeeperJson.read(json),
                rows.stream().map(WatchDocument::row).toList(),
                json.has("gateways")
                        ? json.objects("gateways").stream()
                                .map(WatchDocument::gateway)
                                .toList()
                        : List.of(),
                relays,
                json.has("events")
                        ? json.objects("events").stream()
                                .map(EventJson::read)
                                .flatMap(Optional::stream)
                                .toList()
                        : List.of());
    }

    private static WatchRow row(JsonObject json) {
        Message last = ValueJson.sentence(json, "last");
        return new WatchRow(
                ValueJson.line(json, "mapping"),
                ValueJson.line(json, "goes_to"),
                ValueJson.line(json, "method"),
                state(json.text("state")),
                json.optionalNumber("seconds_left"),
                last,
                ValueJson.optionalMoment(json, "checked_at"),
                json.optionalText("container").map(name -> new RouterText(name).display()));
    }

    private static WatchRow.State state(String key) {
        return Arrays.stream(WatchRow.State.values())
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new JsonException("it has a state that is none"));
    }

    private static GatewayRow gateway(JsonObject json) {
        return new GatewayRow(
                ValueJson.line(json, "address"),
                ValueJson.line(json, "method"),
                json.flag("silent"),
                ValueJson.optionalAddress(json, "external_address"));
    }
}
