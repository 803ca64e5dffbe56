package dev.ajar.service.json;

import dev.ajar.document.FailureJson;
import dev.ajar.document.JsonMembers;
import dev.ajar.document.ValueJson;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.message.Message;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.RouterText;
import dev.ajar.relay.RelayReport;
import dev.ajar.service.StopReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The document of {@code ajar relay stop --json}. */
public final class StopJson {
    private StopJson() {}

    public static String write(StopReport report) {
        return JsonMembers.document("relay", report.exitCode())
                .with("stopped", report.rules().stream().map(StopJson::json).toList())
                .with("not_running", report.notRunning())
                .with(
                        "notes",
                        Stream.concat(report.missing().stream(), report.afterwards().stream())
                                .map(StopJson::note)
                                .toList())
                .write(report.problem());
    }

    private static Map<String, Object> note(Message note) {
        return ValueJson.putSentence(new JsonMembers(), "text", note).map();
    }

    private static Map<String, Object> json(StopReport.StoppedRule rule) {
        JsonMembers json = new JsonMembers()
                .with("rule", rule.rule())
                .with("goes_to", rule.device())
                .with("process", rule.process())
                .with("run_by", rule.runBy().map(RelayReport.RunBy::key))
                .with("outcome", rule.outcome().key())
                .with("returns", rule.returns());
        return ValueJson.putSentence(json, "message", rule.sentence()).map();
    }

    /** @throws JsonException if it is none */
    public static StopReport read(JsonObject json, MappingProtocols protocols) {
        return json.has("stopped")
                ? new StopReport(
                        json.objects("stopped").stream().map(StopJson::rule).toList(),
                        json.texts("not_running").stream()
                                .map(port -> new RouterText(port).display())
                                .toList(),
                        Optional.empty())
                : new StopReport(List.of(), List.of(), FailureJson.optional(json, "error", protocols));
    }

    private static StopReport.StoppedRule rule(JsonObject json) {
        return new StopReport.StoppedRule(
                ValueJson.line(json, "rule"),
                ValueJson.line(json, "goes_to"),
                json.number("process"),
                json.optionalText("run_by").flatMap(RelayReport.RunBy::of),
                ValueJson.choice(StopReport.Outcome.class, json.text("outcome")));
    }
}
