package dev.ajar.control;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Messages;
import dev.ajar.model.RouterText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks a daemon. */
public final class ControlClient {
    /** Many times the longest document. */
    private static final int LONGEST_ANSWER = 16 << 20;

    /** A little longer than the longest command. */
    private static final Duration COMMAND = Duration.ofSeconds(700);

    /** An exit code (docs/exit-codes.md). */
    private static final int TRY_AGAIN_LATER = 75;

    private ControlClient() {}

    /**
     * Has the daemon run a command line.
     *
     * @return empty where no daemon listens at {@code place}
     */
    public static Optional<ControlRequest.Response> ask(Path place, ControlRequest controlRequest) {
        return ask(place, controlRequest, COMMAND);
    }

    /**
     * {@link #ask(Path, ControlRequest)} for a command that does not take long.
     *
     * @param patience how long to wait for its end once the process has accepted it
     */
    public static Optional<ControlRequest.Response> ask(Path place, ControlRequest controlRequest, Duration patience) {
        return switch (converse(place, controlRequest.toBytes(), patience)) {
            case ControlAnswer.Document(JsonObject json) -> response(json);
            case ControlAnswer.Silent ignored ->
                Optional.of(new ControlRequest.Response(
                        TRY_AGAIN_LATER, "", Messages.ENGLISH.text("control.no-answer") + "\n"));
            case ControlAnswer.NoDaemon ignored -> Optional.empty();
            case ControlAnswer.Ended ignored -> Optional.empty();
            case ControlAnswer.Refused ignored -> Optional.empty();
        };
    }

    private static Optional<ControlRequest.Response> response(JsonObject json) {
        try {
            return Optional.of(ControlRequest.Response.of(json));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    /**
     * Sends a request of {@code docs/control.md}.
     *
     * @param members of the request, beside its name
     * @param patience how long to wait for the answer once the daemon has accepted the request
     */
    public static ControlAnswer request(
            Path place, String name, Map<String, ? extends @Nullable Object> members, Duration patience) {
        return converse(place, line(name, members), patience);
    }

    private static byte[] line(String name, Map<String, ? extends @Nullable Object> members) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("ajar", ControlServer.VERSION);
        json.put("request", name);
        json.putAll(members);
        return LineProtocol.line(JsonWriter.write(json));
    }

    /**
     * Hands out each document of a daemon, until {@code reader} returns false or the daemon ends.
     *
     * @return false if no daemon listens there, or one that does not know the request
     */
    public static boolean follow(Path place, Predicate<JsonObject> reader) {
        if (SocketLocation.isUnsafe(place)) {
            return false;
        }
        boolean any = false;
        try (SocketChannel channel = Connection.open(place)) {
            Connection.connect(channel, place, new TimeLimit(channel));
            LineProtocol.write(channel, line("follow", Map.of()));
            if (!isAccepted(channel)) {
                return false;
            }
            LineReader lines = new LineReader(channel, LONGEST_ANSWER);
            while (true) {
                JsonObject json = JsonReader.read(lines.next());
                if (json.has("ajar")) {
                    return any;
                }
                any = true;
                if (!reader.test(json)) {
                    return true;
                }
            }
        } catch (IOException | JsonException e) {
            return any;
        }
    }

    private static ControlAnswer converse(Path place, byte[] request, Duration patience) {
        if (SocketLocation.isUnsafe(place)) {
            return new ControlAnswer.NoDaemon();
        }
        try (SocketChannel channel = Connection.open(place)) {
            TimeLimit limit = new TimeLimit(channel);
            try {
                Connection.connect(channel, place, limit);
            } catch (IOException e) {
                // The file of a daemon that was killed.
                return limit.hasPassed() ? new ControlAnswer.Silent() : new ControlAnswer.NoDaemon();
            }
            return conversed(channel, limit, request, patience);
        } catch (IOException e) {
            return new ControlAnswer.NoDaemon();
        }
    }

    private static ControlAnswer conversed(SocketChannel channel, TimeLimit limit, byte[] request, Duration patience) {
        try {
            LineProtocol.write(channel, request);
            if (!limit.within(Connection.PATIENCE, () -> isAccepted(channel))) {
                return limit.hasPassed() ? new ControlAnswer.Silent() : new ControlAnswer.Ended();
            }
            LineReader lines = new LineReader(channel, LONGEST_ANSWER);
            return answer(JsonReader.read(limit.within(patience, lines::next)));
        } catch (IOException e) {
            return limit.hasPassed() ? new ControlAnswer.Silent() : new ControlAnswer.Ended();
        } catch (JsonException e) {
            return new ControlAnswer.Ended();
        }
    }

    /** An error has the version of the protocol; a document has its schema. */
    private static ControlAnswer answer(JsonObject json) {
        return json.object("error")
                .filter(error -> json.has("ajar"))
                .<ControlAnswer>map(
                        error -> new ControlAnswer.Refused(shown(error.text("code")), shown(error.text("message"))))
                .orElseGet(() -> new ControlAnswer.Document(json));
    }

    private static String shown(String text) {
        return new RouterText(text).display();
    }

    private static boolean isAccepted(SocketChannel channel) throws IOException {
        // Exactly these bytes, because the answer follows them.
        ByteBuffer accepted = ByteBuffer.allocate(ControlServer.ACCEPTED.length);
        while (accepted.hasRemaining() && channel.read(accepted) >= 0) {
            // Read on.
        }
        return Arrays.equals(accepted.array(), ControlServer.ACCEPTED);
    }
}
