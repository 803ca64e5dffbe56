package dev.ajar.document;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.mapping.report.Freshness;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.InternetSide;
import dev.ajar.model.MappingProtocols;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The document of {@code ajar status --json}. */
public final class StatusJson {
    private StatusJson() {}

    public static ExitCode exitCode(StatusReport report) {
        return report.failure().map(ExitCode::of).orElse(ExitCode.DONE);
    }

    /**
     * @param keeper the process that renews what is open; empty where none does
     * @param hints what keeps friends out although the ports are open
     */
    public static String write(
            StatusReport report,
            ExitCode exitCode,
            Optional<Message> keeper,
            Freshness freshness,
            List<Message> hints) {
        JsonMembers json = JsonMembers.document("status", exitCode)
                .with("gateway", report.gateway().map(GatewayJson::write))
                .with("external_address", JsonMembers.address(report.externalAddress()))
                .with("reachability", report.reachability().key())
                .with("internet_side", side(report.side()));
        ValueJson.putSentence(json, "kept_by", keeper)
                .with(
                        "mappings",
                        Stream.concat(report.mappings().stream(), report.manualRules().stream())
                                .map(mapping -> row(mapping, freshness))
                                .toList());
        ValueJson.putSentences(json, "hints", hints).withNewer(report.newer()).withOver(report.over());
        return FreshnessJson.put(json, freshness)
                .with("attempts", JsonMembers.attempts(report.attempts()))
                .write(report.failure());
    }

    private static Map<String, Object> row(ReportedMapping mapping, Freshness freshness) {
        return FreshnessJson.put(MappingJson.members(mapping), freshness, mapping.label(), false)
                .map();
    }

    /** @throws JsonException if it is no document of a version that tells all */
    public static StatusReport read(JsonObject json, MappingProtocols protocols) {
        List<ReportedMapping> rows = json.objects("mappings").stream()
                .map(row -> MappingJson.read(row, protocols))
                .toList();
        return new StatusReport(
                json.object("gateway").map(info -> GatewayJson.read(info, protocols)),
                ValueJson.optionalAddress(json, "external_address"),
                side(json),
                rows.stream().filter(row -> !isByHand(row)).toList(),
                rows.stream().filter(StatusJson::isByHand).toList(),
                NewerJson.read(json),
                TimeOverJson.read(json),
                FailureJson.optional(json, "error", protocols),
                GatewayJson.attempts(json, protocols));
    }

    static Map<String, Object> side(InternetSide side) {
        return new JsonMembers()
                .with("kind", side.kind().name().toLowerCase(Locale.ROOT))
                .with("address", JsonMembers.address(side.address()))
                .with("refuses", side.refuses())
                .map();
    }

    private static InternetSide side(JsonObject json) {
        return json.object("internet_side")
                .map(side -> new InternetSide(
                        ValueJson.choice(InternetSide.Kind.class, side.text("kind")),
                        ValueJson.optionalAddress(side, "address"),
                        side.has("refuses") && side.flag("refuses")))
                .orElseGet(() -> InternetSide.of(ValueJson.optionalAddress(json, "external_address")));
    }

    private static boolean isByHand(ReportedMapping row) {
        return row.status() == ReportedMapping.Status.NOTED;
    }
}
