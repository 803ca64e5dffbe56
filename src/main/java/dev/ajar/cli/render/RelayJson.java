package dev.ajar.cli.render;

import dev.ajar.relay.RuleStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Relays as {@code docs/json.md} describes them. */
public final class RelayJson {
    private RelayJson() {}

    /** {@code ajar relay status --json}. */
    public static String status(List<RelayReport> reports) {
        Map<String, Object> document = JsonMembers.document("relay", ExitCode.DONE);
        document.put("relays", list(reports));
        document.put("error", Optional.empty());
        return JsonMembers.write(document);
    }

    static List<Map<String, Object>> list(List<RelayReport> reports) {
        return reports.stream()
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
}
