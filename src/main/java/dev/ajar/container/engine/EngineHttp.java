package dev.ajar.container.engine;

import dev.ajar.container.EngineAddress;
import dev.ajar.message.Message;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Requests to an engine. Its socket gives its user the rights of root, so there is one kind of request here, which only
 * reads.
 */
final class EngineHttp {
    /** For a whole answer. An engine that starts a hundred containers takes seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A list of some thousand containers. */
    private static final int LONGEST_BODY = 4 << 20;

    private static final int OK = 200;

    private final EngineAddress address;
    private final Timeline timeline;

    EngineHttp(EngineAddress address, Timeline timeline) {
        this.address = address;
        this.timeline = timeline;
    }

    /** The whole body of an answer with the status 200. */
    byte[] get(String path) throws IOException {
        Deadline deadline = Deadline.after(timeline, PATIENCE);
        try (EngineChannel channel = EngineChannel.connect(address, deadline)) {
            return accepted(channel, path, deadline).body(LONGEST_BODY, deadline);
        }
    }

    /** Whether the engine answers at all, whatever it says, in that time. */
    void ping(Duration longest) throws IOException {
        Deadline deadline = Deadline.after(timeline, longest);
        try (EngineChannel channel = EngineChannel.connect(address, deadline)) {
            channel.write(request("/_ping").getBytes(StandardCharsets.US_ASCII), deadline);
            switch (channel.next(deadline)) {
                case EngineChannel.NOTHING ->
                    throw new EngineException(Message.of("containers.answer-late", "seconds", longest.toSeconds()));
                case EngineChannel.END -> throw new EngineException(Message.of("containers.answer-ended"));
                default -> {}
            }
        }
    }

    /** An answer that goes on for as long as the engine has news. */
    EventStream stream(String path) throws IOException {
        Deadline deadline = Deadline.after(timeline, PATIENCE);
        EngineChannel channel = EngineChannel.connect(address, deadline);
        try {
            return new EventStream(channel, accepted(channel, path, deadline));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static HttpAnswer accepted(EngineChannel channel, String path, Deadline deadline) throws IOException {
        channel.write(request(path).getBytes(StandardCharsets.US_ASCII), deadline);
        HttpAnswer answer = HttpAnswer.begin(channel, deadline);
        if (answer.status() != OK) {
            throw new EngineException(answer.status());
        }
        return answer;
    }

    private static String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ajar\r\nAccept: application/json\r\n"
                + "Connection: close\r\n\r\n";
    }
}
