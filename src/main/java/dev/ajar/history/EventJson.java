package dev.ajar.history;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.json.sentence.SentenceJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** An event as one line of JSON. Members that this version does not know are skipped. */
public final class EventJson {
    private static final long SCHEMA = 1;
    private static final Pattern CODES = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** The year 9999 ends here; formats for people go no further. */
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private EventJson() {}

    /** Without its line feed. */
    static String line(LoggedEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("schema", SCHEMA);
        line.putAll(members(event));
        return JsonWriter.write(line);
    }

    /** The members of an event, in documents too. */
    public static Map<String, Object> members(LoggedEvent event) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("at", event.at().toString());
        members.put("event", event.code());
        event.members().forEach((member, value) -> members.put(member.key(), value));
        event.reason().ifPresent(reason -> members.put("reason", reason(reason)));
        members.put("message", SentenceJson.shown(event.sentence().toString()));
        if (!event.sentence().isVerbatim()) {
            members.putAll(SentenceJson.write(event.sentence()));
        }
        return members;
    }

    private static Map<String, Object> reason(LoggedEvent.Reason reason) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", reason.code());
        json.put("message", reason.message());
        return json;
    }

    /** The event of a line; empty for a damaged line and one of another schema. */
    static Optional<LoggedEvent> read(byte[] line) {
        try {
            JsonObject json = JsonReader.read(line);
            return json.number("schema") == SCHEMA ? Optional.of(event(json)) : Optional.empty();
        } catch (JsonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The event in a document; empty where it makes no sense. */
    public static Optional<LoggedEvent> read(JsonObject json) {
        try {
            return Optional.of(event(json));
        } catch (JsonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** When the event of a line happened, whatever its schema; empty for a damaged line. */
    static Optional<Instant> at(byte[] line) {
        try {
            return Optional.of(at(JsonReader.read(line)));
        } catch (JsonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant at(JsonObject json) {
        Instant at = Instant.parse(json.text("at"));
        if (at.isBefore(Instant.EPOCH) || at.isAfter(END)) {
            throw new JsonException("\"at\" is out of range");
        }
        return at;
    }

    private static LoggedEvent event(JsonObject json) {
        Map<EventMember, Object> members = new EnumMap<>(EventMember.class);
        for (EventMember member : EventMember.values()) {
            if (json.has(member.key())) {
                members.put(member, member.read(json));
            }
        }
        return new LoggedEvent(
                at(json),
                code(json.text("event")),
                members,
                json.object("reason").map(EventJson::reason),
                SentenceJson.read(json.toMap(), json.text("message")));
    }

    private static LoggedEvent.Reason reason(JsonObject json) {
        return new LoggedEvent.Reason(code(json.text("code")), SentenceJson.shown(json.text("message")));
    }

    private static String code(String text) {
        if (!CODES.matcher(text).matches()) {
            throw new JsonException("it is not a code");
        }
        return text;
    }
}
