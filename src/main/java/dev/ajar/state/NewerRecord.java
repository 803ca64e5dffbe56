package dev.ajar.state;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A mapping record or a desired mapping that this ajar cannot read: a newer ajar has written it, of a protocol or with
 * a value that this one does not know. It is kept in the state file as it is, shown, and never renewed, removed or
 * taken over.
 *
 * @param opened whether it is a mapping record; otherwise it is a desired mapping
 * @param protocol the key of the protocol; empty where it cannot be read
 * @param label {@code tcp 25565}; empty where it cannot be read
 * @param members of the JSON object
 */
public record NewerRecord(boolean opened, String protocol, String label, Map<String, @Nullable Object> members) {
    public static NewerRecord mappingRecord(JsonObject json) {
        String protocol = readable(() -> json.text("method"));
        return new NewerRecord(
                true,
                protocol,
                label(
                        json,
                        () -> json.object("granted")
                                .flatMap(lease -> lease.optionalNumber("external_port"))
                                .orElseGet(() -> json.number("asked_port"))),
                json.toMap());
    }

    public static NewerRecord desiredMapping(JsonObject json) {
        return new NewerRecord(
                false,
                readable(() -> json.texts("methods").getFirst()),
                label(json, () -> json.number("asked_port")),
                json.toMap());
    }

    private static String label(JsonObject json, Supplier<Long> port) {
        return readable(() -> json.text("protocol") + " " + port.get());
    }

    /** A newer ajar may describe a mapping in another way. */
    private static String readable(Supplier<String> text) {
        try {
            return text.get();
        } catch (JsonException | NoSuchElementException e) {
            return "";
        }
    }
}
