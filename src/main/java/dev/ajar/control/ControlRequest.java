package dev.ajar.control;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command that the daemon runs as the user typed it.
 *
 * @param settings options from the user's environment and configuration file, by name
 * @param colour whether the user's terminal shows colours
 * @param unicode whether the user's terminal shows arrows
 */
public record ControlRequest(List<String> arguments, Map<String, String> settings, boolean colour, boolean unicode) {
    /** The version of the protocol that first had this request: written with it, older daemons read it too. */
    static final long VERSION = 2;

    public ControlRequest {
        arguments = List.copyOf(arguments);
        settings = Map.copyOf(settings);
    }

    /**
     * The result of a command.
     *
     * @param out for standard output
     * @param err for standard error
     */
    public record Response(int exitCode, String out, String err) {
        byte[] toBytes() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("ajar", VERSION);
            json.put("exit_code", exitCode);
            json.put("out", out);
            json.put("err", err);
            return LineProtocol.line(JsonWriter.write(json));
        }

        /** @throws JsonException if it is no response */
        static Response of(JsonObject json) {
            return new Response(Math.toIntExact(json.number("exit_code")), json.text("out"), json.text("err"));
        }
    }

    byte[] toBytes() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ajar", VERSION);
        json.put("request", "run");
        json.put("arguments", arguments);
        json.put("settings", settings);
        json.put("colour", colour);
        json.put("unicode", unicode);
        return LineProtocol.line(JsonWriter.write(json));
    }

    /** @throws JsonException if a member is missing or has the wrong type */
    static ControlRequest of(JsonObject json) {
        return new ControlRequest(
                json.texts("arguments"),
                json.object("settings").map(JsonObject::allTexts).orElse(Map.of()),
                json.flag("colour"),
                json.flag("unicode"));
    }
}
