package dev.ajar.document;

import dev.ajar.json.JsonObject;
import dev.ajar.mapping.report.TimeOver;
import java.util.List;

/** What was to be closed by now. */
final class TimeOverJson {
    private TimeOverJson() {}

    static List<TimeOver> read(JsonObject json) {
        return json.has("time_over")
                ? json.objects("time_over").stream()
                        .flatMap(one -> ValueJson.optionalMoment(one, "since")
                                .map(since -> new TimeOver(ValueJson.line(one, "mapping"), since))
                                .stream())
                        .toList()
                : List.of();
    }
}
