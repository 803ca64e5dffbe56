package dev.ajar.document;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.mapping.report.Freshness;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** When the rows of a document were seen: {@code checked_at} and {@code stale}, of the document and of each row. */
public final class FreshnessJson {
    private static final String REPORTED_AT = "reported_at";
    private static final String CHECKED_AT = "checked_at";
    private static final String STALE = "stale";

    private FreshnessJson() {}

    static JsonMembers put(JsonMembers json, Freshness freshness) {
        return json.with(REPORTED_AT, freshness.reportedAt().map(Instant::toString))
                .with(CHECKED_AT, freshness.at().map(Instant::toString))
                .with(STALE, freshness.stale());
    }

    static JsonMembers put(JsonMembers json, Freshness freshness, String label, boolean shown) {
        return json.with(CHECKED_AT, freshness.checked(label, shown).map(Instant::toString))
                .with(STALE, freshness.isStale(label, shown));
    }

    /** @throws JsonException if it is none */
    public static Freshness read(JsonObject json) {
        Map<String, Instant> confirmed = new HashMap<>();
        for (JsonObject row : json.objects("mappings")) {
            if (row.has("seen") && row.flag("seen")) {
                // Seen when the document was checked.
                continue;
            }
            Optional<Instant> moment = ValueJson.optionalMoment(row, CHECKED_AT);
            String label = ValueJson.transport(row).label(ValueJson.port(row, "external_port"));
            moment.ifPresent(at -> confirmed.put(label, at));
        }
        return new Freshness(
                ValueJson.optionalMoment(json, REPORTED_AT),
                ValueJson.optionalMoment(json, CHECKED_AT),
                json.has(STALE) && json.flag(STALE),
                confirmed);
    }
}
