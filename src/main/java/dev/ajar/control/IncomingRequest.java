package dev.ajar.control;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;

/** A request as the server read it ({@code docs/control.md}). Members that are not known are ignored. */
sealed interface IncomingRequest {
    /** The protocol that the client speaks. */
    long version();

    record Command(long version, ControlRequest request) implements IncomingRequest {}

    record Watch(long version) implements IncomingRequest {}

    record Follow(long version) implements IncomingRequest {}

    /** A request that the handler of the server knows, or one of a newer client. */
    record Named(long version, String name, JsonObject members) implements IncomingRequest {}

    /** @throws JsonException if the bytes are no request of any version */
    static IncomingRequest read(byte[] bytes) {
        JsonObject json = JsonReader.read(bytes);
        long version = json.number("ajar");
        if (version < ControlRequest.VERSION) {
            throw new JsonException("it is of a version of ajar that is too old");
        }
        String name = json.optionalText("request").orElse("run");
        return switch (name) {
            case "run" -> new Command(version, ControlRequest.of(json));
            case "watch" -> new Watch(version);
            case "follow" -> new Follow(version);
            default -> new Named(version, name, json);
        };
    }
}
