package dev.ajar.document;

import dev.ajar.json.JsonObject;
import dev.ajar.mapping.report.NewerMapping;
import java.util.List;

/** What a newer ajar opened. */
final class NewerJson {
    private NewerJson() {}

    static List<NewerMapping> read(JsonObject json) {
        return json.has("newer")
                ? json.objects("newer").stream()
                        .map(one -> new NewerMapping(ValueJson.line(one, "method"), ValueJson.line(one, "mapping")))
                        .toList()
                : List.of();
    }
}
