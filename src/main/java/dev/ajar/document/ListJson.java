package dev.ajar.document;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.mapping.report.Freshness;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.MappingProtocols;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The document of {@code ajar list --json}. */
public final class ListJson {
    private static final String UNLISTED = "record";

    private ListJson() {}

    public static ExitCode exitCode(ListReport report) {
        return report.failure().map(ExitCode::of).orElse(ExitCode.DONE);
    }

    /** @param hints what keeps friends out although the ports are open */
    public static String write(ListReport report, ExitCode exitCode, Freshness freshness, List<Message> hints) {
        JsonMembers json = JsonMembers.document("list", exitCode)
                .with("gateway", report.gateway().map(GatewayJson::write))
                .with("complete", report.blind().isEmpty())
                .with(
                        "mappings",
                        Stream.concat(
                                        report.entries().stream().map(entry -> row(entry, freshness)),
                                        report.unlisted().stream().map(mapping -> row(mapping, freshness)))
                                .toList())
                .with(
                        "unreadable",
                        report.unreadable().stream().map(EntryJson::write).toList());
        ValueJson.putSentences(json, "hints", hints)
                .withNewer(report.newer())
                .withOver(report.over())
                .with("incomplete", JsonMembers.error(report.blind()));
        return FreshnessJson.put(json, freshness)
                .with("attempts", JsonMembers.attempts(report.attempts()))
                .write(report.failure());
    }

    private static Map<String, Object> row(ListReport.ListedMapping entry, Freshness freshness) {
        String label = entry.mapping().protocol().label(entry.mapping().externalPort());
        JsonMembers json =
                EntryJson.write(entry.mapping()).with("mine", entry.mine()).with("seen", true);
        if (entry.former()) {
            json.with("former_address", true);
        }
        entry.name().ifPresent(name -> json.with("name", name));
        return FreshnessJson.put(json, freshness, label, true).map();
    }

    private static Map<String, Object> row(ReportedMapping mapping, Freshness freshness) {
        JsonMembers json =
                EntryJson.write(mapping).with("mine", true).with("seen", false).with(UNLISTED, MappingJson.of(mapping));
        return FreshnessJson.put(json, freshness, mapping.label(), false).map();
    }

    /** @throws JsonException if it is no document of a version that tells all */
    public static ListReport read(JsonObject json, MappingProtocols protocols) {
        List<JsonObject> rows = json.objects("mappings");
        return new ListReport(
                json.object("gateway").map(info -> GatewayJson.read(info, protocols)),
                rows.stream()
                        .filter(row -> !row.has(UNLISTED))
                        .map(row -> new ListReport.ListedMapping(
                                EntryJson.read(row),
                                row.flag("mine"),
                                row.has("former_address") && row.flag("former_address"),
                                row.has("name") ? Optional.of(ValueJson.line(row, "name")) : Optional.empty()))
                        .toList(),
                json.has("unreadable")
                        ? json.objects("unreadable").stream()
                                .map(EntryJson::readPartial)
                                .toList()
                        : List.of(),
                rows.stream()
                        .flatMap(row -> row.object(UNLISTED).stream())
                        .map(row -> MappingJson.read(row, protocols))
                        .toList(),
                NewerJson.read(json),
                TimeOverJson.read(json),
                FailureJson.optional(json, "incomplete", protocols),
                FailureJson.optional(json, "error", protocols),
                GatewayJson.attempts(json, protocols));
    }
}
