package dev.ajar.cli.render;

import dev.ajar.mapping.OpenReport;
import dev.ajar.mapping.ReportedMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The document of {@code ajar open --json}: an API, described in {@code docs/json.md}. */
public final class OpenJson {
    private OpenJson() {}

    /**
     * What is said beside what was done.
     *
     * @param warnings what can go wrong with it now that it is open
     * @param hints what is odd about the services behind the ports
     * @param manual the way by hand, where ajar could not help
     */
    public record Aside(List<String> warnings, List<String> hints, Optional<ManualHint> manual) {
        public Aside {
            warnings = List.copyOf(warnings);
            hints = List.copyOf(hints);
        }
    }

    /** @param keeper the process that renews it; empty where none does */
    public static String of(OpenReport report, ExitCode exitCode, Optional<String> keeper, Aside aside) {
        return document(report, exitCode, keeper, aside).write(OpenSummary.overallFailure(report));
    }

    /** Rules that the user made on the router's page: they replace the mappings of a report of nothing. */
    public static String ofManualRules(List<ReportedMapping> rules, List<String> hints) {
        OpenReport nothing = new OpenReport(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), List.of());
        Aside aside = new Aside(List.of(), hints, Optional.empty());
        return document(nothing, ExitCode.DONE, Optional.empty(), aside)
                .with("mappings", rules.stream().map(MappingJson::of).toList())
                .write(Optional.empty());
    }

    private static JsonMembers document(OpenReport report, ExitCode exitCode, Optional<String> keeper, Aside aside) {
        return JsonMembers.document("open", exitCode)
                .with("gateway", report.gateway().map(JsonMembers::gateway))
                .with("external_address", JsonMembers.address(report.externalAddress()))
                .with("reachability", report.reachability().key())
                .with("kept_by", keeper)
                .with("mappings", mappings(report))
                .with("ipv6_error", JsonMembers.error(report.ipv6()))
                .with("upstream", report.beyond().stream().map(OpenJson::hop).toList())
                .with("warnings", aside.warnings())
                .with("hints", aside.hints())
                .with("manual", aside.manual().map(ManualHint::json));
    }

    /** A router in front of the first one. */
    private static Map<String, Object> hop(OpenReport hop) {
        return new JsonMembers()
                .with("gateway", hop.gateway().map(JsonMembers::gateway))
                .with("external_address", JsonMembers.address(hop.externalAddress()))
                .with("reachability", hop.reachability().key())
                .with("mappings", mappings(hop))
                .with("error", JsonMembers.error(OpenSummary.overallFailure(hop)))
                .map();
    }

    private static List<Map<String, Object>> mappings(OpenReport report) {
        return report.outcomes().stream()
                .map(outcome -> MappingJson.of(outcome.reported()))
                .toList();
    }
}
