package dev.ajar.control;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A daemon whose state a test publishes; it answers a command with the command's words, and counts its followers. */
final class TestDaemon implements ControlHandler {
    final PublishedState<String> state;
    final AtomicInteger followers = new AtomicInteger();
    final CountDownLatch left = new CountDownLatch(1);

    TestDaemon(String document) {
        this.state = new PublishedState<>(document);
    }

    @Override
    public ControlRequest.Response run(ControlRequest request) {
        return new ControlRequest.Response(0, "ran " + String.join(" ", request.arguments()), "");
    }

    @Override
    public String watch() {
        return state.state();
    }

    @Override
    public void follow(Predicate<String> documents) throws InterruptedException {
        followers.incrementAndGet();
        try {
            state.follow(documents);
        } finally {
            followers.decrementAndGet();
            left.countDown();
        }
    }

    @Override
    public Set<String> requests() {
        return Set.of("echo");
    }

    @Override
    public String answer(String name, JsonObject request) {
        return "{\"schema\":1,\"command\":\"" + name + "\",\"text\":\"" + request.text("text") + "\"}";
    }

    /** A connection on which nothing has been asked yet. */
    static SocketChannel connected(Path place) throws IOException {
        SocketChannel client = Connection.open(place);
        Connection.connect(client, place, new TimeLimit(client));
        return client;
    }

    /** The document of {@code watch}, as the daemon wrote it; empty where no daemon answers. */
    static Optional<String> watched(Path place) {
        return ControlClient.request(place, "watch", Map.of(), Duration.ofSeconds(30))
                        instanceof ControlAnswer.Document(JsonObject json)
                ? Optional.of(JsonWriter.write(json.toMap()))
                : Optional.empty();
    }
}
