package dev.ajar.service;

import dev.ajar.document.FailureJson;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A way into the daemon's page, good once and for a short time.
 *
 * @param document of {@code ajar web --json}
 * @param address of the page
 * @param link the address with the token, which no program's arguments may have
 * @param file that only this user can read; it leads a browser to the link
 */
public record PageLink(String document, String address, String link, Path file) {
    private static final String LOOPBACK =
            "http://127\\.0\\.0\\.1:\\d{1,5}/(#[A-Za-z0-9_-]{1,100}(\\.[A-Za-z_]{2,5})?)?";

    /** A document of the daemon; a failure if it has one, or is none. */
    public static Result<PageLink> read(String document, MappingProtocols protocols) {
        return read(JsonReader.read(document.getBytes(StandardCharsets.UTF_8)), document, protocols);
    }

    public static Result<PageLink> read(JsonObject json, String document, MappingProtocols protocols) {
        try {
            Optional<Failure> failure = FailureJson.optional(json, "error", protocols);
            if (failure.isPresent()) {
                return Result.err(failure.get());
            }
            String address = json.text("address");
            String link = json.text("link");
            if (!address.matches(LOOPBACK) || !link.matches(LOOPBACK)) {
                throw new JsonException("it has an address that is none of this machine");
            }
            return Result.ok(new PageLink(document, address, link, Path.of(json.text("file"))));
        } catch (JsonException | InvalidPathException e) {
            return Result.err(new Failure.BadState(Message.of("daemon.unreadable-answer")));
        }
    }
}
