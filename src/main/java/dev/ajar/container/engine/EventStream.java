package dev.ajar.container.engine;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.message.Message;
import dev.ajar.system.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The news of an engine: one JSON object on each line. */
final class EventStream implements Closeable {
    /** Labels of a container come with each event. */
    private static final int LONGEST_LINE = 1 << 18;

    private final EngineChannel channel;
    private final HttpAnswer answer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    EventStream(EngineChannel channel, HttpAnswer answer) {
        this.channel = channel;
        this.answer = answer;
    }

    /** The next event; empty if none came before the deadline. */
    Optional<EngineEvent> next(Deadline deadline) throws IOException {
        while (true) {
            int next = answer.next(deadline);
            if (next == EngineChannel.NOTHING) {
                return Optional.empty();
            }
            if (next == EngineChannel.END) {
                throw new EngineException(Message.of("containers.answer-ended"));
            }
            if (next == '\n' && line.size() > 1) {
                byte[] whole = line.toByteArray();
                line.reset();
                return Optional.of(event(whole));
            }
            // The rest of a line that is too long is dropped, which makes it no JSON: an unknown event.
            if (next != '\n' && line.size() < LONGEST_LINE) {
                line.write(next);
            }
        }
    }

    private static EngineEvent event(byte[] whole) {
        try {
            JsonObject json = JsonReader.read(whole);
            String type = json.optionalText("Type").orElse("");
            String action = json.optionalText("Action")
                    .or(() -> json.optionalText("status"))
                    .orElse("");
            String id = json.object("Actor")
                    .flatMap(actor -> actor.optionalText("ID"))
                    .or(() -> json.optionalText("id"))
                    .orElse("");
            return new EngineEvent(type, action, id);
        } catch (JsonException e) {
            return EngineEvent.UNKNOWN;
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
