package dev.ajar.service.json;

import dev.ajar.document.ExitCode;
import dev.ajar.document.FailureJson;
import dev.ajar.document.JsonMembers;
import dev.ajar.document.ValueJson;
import dev.ajar.history.EventJson;
import dev.ajar.history.LoggedEvent;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.MappingProtocols;
import dev.ajar.service.CommandBackend.RenewalResult;
import dev.ajar.service.CommandBackend.ShortLease;
import dev.ajar.service.CommandBackend.UnopenedMapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The document of {@code ajar renew --json}. */
public final class RenewJson {
    private static final String FAILED = "failed";

    private RenewJson() {}

    public static ExitCode exitCode(RenewalResult result) {
        List<Failure> failures = failures(result);
        return ExitCode.of(failures, failures.size() + result.open());
    }

    private static List<Failure> failures(RenewalResult result) {
        return result.troubles().stream().map(UnopenedMapping::failure).toList();
    }

    /** The events that changed something. */
    public static List<LoggedEvent> changes(RenewalResult result) {
        return result.events().stream()
                .filter(event -> !event.code().equals(FAILED))
                .toList();
    }

    public static String write(RenewalResult result) {
        return JsonMembers.document("renew", exitCode(result))
                .with("open", result.open())
                .with(
                        "changes",
                        changes(result).stream()
                                .map(event -> event.sentence().toString())
                                .toList())
                .with(
                        "too_short",
                        result.tooShort().stream().map(RenewJson::tooShort).toList())
                .with(
                        "unopened",
                        result.troubles().stream().map(RenewJson::unopened).toList())
                .with("events", result.events().stream().map(EventJson::members).toList())
                .write(failures(result).stream().findFirst());
    }

    private static Map<String, Object> tooShort(ShortLease one) {
        return new JsonMembers()
                .with("mapping", one.label())
                .with("lease_seconds", one.lease().seconds())
                .with("interval_seconds", one.interval().toSeconds())
                .with("told", one.told())
                .map();
    }

    private static Map<String, Object> unopened(UnopenedMapping one) {
        return new JsonMembers()
                .with("mapping", one.label())
                .with("error", FailureJson.write(one.failure()))
                .map();
    }

    /** @throws JsonException if it is no document of a version that tells all */
    public static RenewalResult read(JsonObject json, MappingProtocols protocols) {
        return new RenewalResult(
                json.objects("events").stream()
                        .map(EventJson::read)
                        .flatMap(Optional::stream)
                        .toList(),
                json.objects("unopened").stream()
                        .map(one -> new UnopenedMapping(
                                ValueJson.line(one, "mapping"),
                                FailureJson.optional(one, "error", protocols)
                                        .orElseThrow(() -> new JsonException("it has no error"))))
                        .toList(),
                Math.toIntExact(Math.clamp(json.number("open"), 0, Integer.MAX_VALUE)),
                json.objects("too_short").stream().map(RenewJson::shortLease).toList());
    }

    private static ShortLease shortLease(JsonObject json) {
        return new ShortLease(
                ValueJson.line(json, "mapping"),
                ValueJson.lease(json).orElse(LeaseDuration.PERMANENT),
                Duration.ofSeconds(Math.clamp(json.number("interval_seconds"), 1, Integer.MAX_VALUE)),
                json.flag("told"));
    }
}
