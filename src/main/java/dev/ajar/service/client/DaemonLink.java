package dev.ajar.service.client;

import dev.ajar.control.ControlAnswer;
import dev.ajar.control.ControlClient;
import dev.ajar.control.ControlRequest;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.service.PageLink;
import dev.ajar.service.json.KeeperJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A daemon that listens, and what it can be asked. One of an older version knows fewer requests, but every version
 * since 2 runs a command line.
 *
 * @param requests that it knows
 * @param keeper its name, as it told it
 */
public record DaemonLink(Path place, Set<String> requests, Optional<Message> keeper) {
    /** Asks a daemon what it knows. */
    public static final String HELLO = "hello";

    /** Asks it to stop relays. */
    public static final String STOP_RELAY = "stop_relay";

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** The longest output of a command. */
    private static final int LONGEST_OUTPUT = 16 << 20;

    /** @return empty where no daemon of this user listens */
    public static Optional<DaemonLink> connect(Path place) {
        return switch (ControlClient.request(place, HELLO, Map.of(), PATIENCE)) {
            case ControlAnswer.NoDaemon ignored -> Optional.empty();
            case ControlAnswer.Document(JsonObject json) -> Optional.of(of(place, json));
            case ControlAnswer.Refused ignored -> Optional.of(older(place));
            case ControlAnswer.Ended ignored -> Optional.of(older(place));
            // Its answer to the request itself tells the user.
            case ControlAnswer.Silent ignored -> Optional.of(older(place));
        };
    }

    private static DaemonLink of(Path place, JsonObject json) {
        try {
            return new DaemonLink(place, Set.copyOf(json.texts("requests")), KeeperJson.read(json));
        } catch (JsonException e) {
            return older(place);
        }
    }

    private static DaemonLink older(Path place) {
        return new DaemonLink(place, Set.of(), Optional.empty());
    }

    /** Whether it answers that request; else it is older than this client. */
    public boolean knows(String request) {
        return requests.contains(request);
    }

    /** Whether it stops relays; else it is older than this client. */
    public boolean stopsRelays() {
        return knows(STOP_RELAY);
    }

    /** Has it run a command line; what it prints is harmless on a terminal. Empty if it has ended meanwhile. */
    public Optional<ControlRequest.Response> run(
            List<String> arguments, Map<String, String> settings, boolean unicode) {
        return ControlClient.ask(place, new ControlRequest(arguments, settings, false, unicode))
                .map(response ->
                        new ControlRequest.Response(response.exitCode(), lines(response.out()), lines(response.err())));
    }

    /**
     * Switches its page on, and makes a way into it.
     *
     * @param protocols that a failure may name
     * @param language the code of the one to show it in; empty for the browser's
     */
    public Result<PageLink> page(MappingProtocols protocols, String language) {
        if (!knows("web")) {
            return Result.err(new Failure.BadState(Message.of("web.older-daemon")));
        }
        return ask("web", language.isEmpty() ? Map.of() : Map.of("language", language), PATIENCE)
                .flatMap(json -> PageLink.read(json, JsonWriter.write(json.toMap()), protocols));
    }

    /** Sends it a request; a failure where no document comes back. */
    Result<JsonObject> ask(String name, Map<String, ? extends @Nullable Object> members, Duration patience) {
        return switch (ControlClient.request(place, name, members, patience)) {
            case ControlAnswer.Document(JsonObject json) -> Result.ok(json);
            case ControlAnswer.NoDaemon ignored -> Result.err(new Failure.Busy(Message.of("daemon.has-ended")));
            case ControlAnswer.Ended ignored -> Result.err(new Failure.Busy(Message.of("daemon.has-ended")));
            case ControlAnswer.Silent ignored -> Result.err(new Failure.Busy(Message.of("control.silent")));
            case ControlAnswer.Refused(String code, String message) -> Result.err(refused(code, message));
        };
    }

    private static Failure refused(String code, String message) {
        return code.equals("busy")
                ? new Failure.Busy(Message.verbatim(message))
                : new Failure.BadState(Message.of("daemon.refused", "message", message));
    }

    private static String lines(String text) {
        return new RouterText(text).displayLines(LONGEST_OUTPUT);
    }
}
