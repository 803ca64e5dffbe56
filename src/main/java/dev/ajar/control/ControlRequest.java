package dev.ajar.control;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command for the daemon to run, as the user typed it.
 *
 * @param settings options from the user's environment and configuration file, by name
 * @param colour whether the user's terminal shows colours
 * @param unicode whether the user's terminal shows arrows
 */
public record ControlRequest(List<String> arguments, Map<String, String> settings, boolean colour, boolean unicode) {
    /** The version of the protocol, which command and daemon must share. It changes with these two records. */
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
            return line(json);
        }

        /** @throws JsonException if the bytes are no response */
        static Response of(byte[] bytes) {
            var json = JsonReader.read(bytes);
            demandVersion(json.number("ajar"));
            return new Response(Math.toIntExact(json.number("exit_code")), json.text("out"), json.text("err"));
        }
    }

    byte[] toBytes() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ajar", VERSION);
        json.put("arguments", arguments);
        json.put("settings", settings);
        json.put("colour", colour);
        json.put("unicode", unicode);
        return line(json);
    }

    /** @throws JsonException if the bytes are no request */
    static ControlRequest of(byte[] bytes) {
        var json = JsonReader.read(bytes);
        demandVersion(json.number("ajar"));
        return new ControlRequest(
                json.texts("arguments"),
                json.object("settings").map(JsonObject::allTexts).orElse(Map.of()),
                json.flag("colour"),
                json.flag("unicode"));
    }

    private static void demandVersion(long version) {
        if (version != VERSION) {
            throw new JsonException("the other process is another version of ajar");
        }
    }

    private static byte[] line(Map<String, Object> json) {
        return (JsonWriter.write(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
