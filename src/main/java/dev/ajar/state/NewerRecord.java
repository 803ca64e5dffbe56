package dev.ajar.state;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mapping record or a desired mapping of a protocol that this ajar does not know: a newer ajar has written it. It is kept
 * in the state file as it is, shown, and never renewed, removed or taken over.
 *
 * @param opened whether it is a mapping record; otherwise it is a desired mapping
 * @param protocol the key of the unknown protocol
 * @param label {@code tcp 25565}
 * @param members of the JSON object
 */
public record NewerRecord(boolean opened, String protocol, String label, Map<String, @Nullable Object> members) {
    static NewerRecord mappingRecord(JsonObject json) {
        Optional<Long> granted = json.object("granted").flatMap(lease -> lease.optionalNumber("external_port"));
        return of(true, json.text("method"), granted, json);
    }

    static NewerRecord desiredMapping(String protocol, JsonObject json) {
        return of(false, protocol, Optional.empty(), json);
    }

    private static NewerRecord of(boolean opened, String protocol, Optional<Long> granted, JsonObject json) {
        try {
            String label = json.text("protocol") + " " + granted.orElseGet(() -> json.number("asked_port"));
            return new NewerRecord(opened, protocol, label, json.toMap());
        } catch (JsonException e) {
            // A newer ajar may describe a mapping in another way.
            return new NewerRecord(opened, protocol, "", json.toMap());
        }
    }
}
