package dev.ajar.service.json;

import dev.ajar.document.JsonMembers;
import dev.ajar.document.ValueJson;
import dev.ajar.json.JsonObject;
import dev.ajar.message.Message;
import java.util.Optional;

/** The process that renews mappings, as {@code kept_by}. */
public final class KeeperJson {
    private static final String KEPT_BY = "kept_by";

    private KeeperJson() {}

    public static void put(JsonMembers json, Optional<Message> keeper) {
        ValueJson.putSentence(json, KEPT_BY, keeper);
    }

    public static Optional<Message> read(JsonObject json) {
        return json.has(KEPT_BY) ? Optional.of(ValueJson.sentence(json, KEPT_BY)) : Optional.empty();
    }
}
