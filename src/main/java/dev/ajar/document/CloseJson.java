package dev.ajar.document;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.CloseReport.CloseOutcome;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocols;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The document of {@code ajar close --json}. */
public final class CloseJson {
    private CloseJson() {}

    public static ExitCode exitCode(CloseReport report) {
        return report.failure()
                .map(ExitCode::of)
                .orElseGet(() -> ExitCode.of(failures(report), report.outcomes().size()));
    }

    /** Why ports were not closed. */
    public static List<Failure> failures(CloseReport report) {
        return report.outcomes().stream()
                .flatMap(outcome -> failure(outcome).stream())
                .toList();
    }

    private static Optional<Failure> failure(CloseOutcome outcome) {
        return switch (outcome) {
            case CloseOutcome.Failed failed -> Optional.of(failed.failure());
            case CloseOutcome.Closed ignored -> Optional.empty();
            case CloseOutcome.WasNotOpen ignored -> Optional.empty();
        };
    }

    public static String write(CloseReport report, ExitCode exitCode) {
        List<Failure> failures = failures(report);
        boolean allFailed = failures.size() == report.outcomes().size();
        return JsonMembers.document("close", exitCode)
                .with(
                        "mappings",
                        report.outcomes().stream().map(CloseJson::json).toList())
                .with("notes", report.notes().stream().map(CloseJson::note).toList())
                .with("failure", JsonMembers.error(report.failure()))
                .with("attempts", JsonMembers.attempts(report.attempts()))
                .write(report.failure().or(() -> failures.stream().findFirst().filter(first -> allFailed)));
    }

    private static Map<String, Object> note(Message note) {
        return ValueJson.putSentence(new JsonMembers(), "text", note).map();
    }

    /** Of {@code ajar close} without a port: what is open. */
    public static String writeOpen(List<CloseRequest> open) {
        return JsonMembers.document("close", ExitCode.DONE)
                .with("mappings", List.of())
                .with("closable", open.stream().map(CloseJson::wanted).toList())
                .write(Optional.empty());
    }

    private static Map<String, Object> json(CloseOutcome outcome) {
        JsonMembers json = write(outcome.wanted());
        switch (outcome) {
            case CloseOutcome.Closed ignored -> json.with("status", "closed");
            case CloseOutcome.WasNotOpen not ->
                ValueJson.putSentence(json.with("status", "not_open"), "remark", not.remark());
            case CloseOutcome.Failed ignored -> json.with("status", "failed");
        }
        json.with("error", JsonMembers.error(failure(outcome)));
        json.with("internal_port", outcome.wanted().internalPort().number());
        if (outcome instanceof CloseOutcome.Closed closed) {
            json.with("goes_to", closed.internal().map(ValueJson::endpoint))
                    .with("router", GatewayJson.write(closed.gateway()));
        }
        return json.map();
    }

    private static JsonMembers write(CloseRequest wanted) {
        return new JsonMembers()
                .with("protocol", wanted.protocol().label())
                .with("external_port", wanted.externalPort().number());
    }

    /** A port to close, in a request. */
    public static Map<String, Object> wanted(CloseRequest wanted) {
        return write(wanted)
                .with("internal_port", wanted.internalPort().number())
                .map();
    }

    /** @throws JsonException if it is none */
    public static CloseRequest wanted(JsonObject json) {
        return new CloseRequest(
                ValueJson.transport(json),
                ValueJson.port(json, "external_port"),
                ValueJson.port(json, "internal_port"));
    }

    /** @throws JsonException if it is no document of a version that tells all */
    public static CloseReport read(JsonObject json, MappingProtocols protocols) {
        return new CloseReport(
                json.has("mappings")
                        ? json.objects("mappings").stream()
                                .map(one -> outcome(one, protocols))
                                .toList()
                        : List.of(),
                json.has("notes")
                        ? json.objects("notes").stream()
                                .map(note -> ValueJson.sentence(note, "text"))
                                .toList()
                        : List.of(),
                FailureJson.optional(json, "failure", protocols),
                GatewayJson.attempts(json, protocols));
    }

    private static CloseOutcome outcome(JsonObject json, MappingProtocols protocols) {
        CloseRequest wanted = wanted(json);
        return switch (json.text("status")) {
            case "closed" ->
                new CloseOutcome.Closed(
                        wanted,
                        json.object("goes_to").map(ValueJson::endpoint),
                        GatewayJson.read(
                                json.object("router").orElseThrow(() -> new JsonException("it has no router")),
                                protocols));
            case "not_open" -> new CloseOutcome.WasNotOpen(wanted, ValueJson.sentence(json, "remark"));
            case "failed" ->
                new CloseOutcome.Failed(
                        wanted,
                        FailureJson.optional(json, "error", protocols)
                                .orElseThrow(() -> new JsonException("it has no error")));
            default -> throw new JsonException("it has a status that is none");
        };
    }
}
