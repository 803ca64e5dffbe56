package dev.ajar.web;

import dev.ajar.config.OptionDefaults;
import dev.ajar.control.ControlHandler;
import dev.ajar.control.ControlRequest;
import dev.ajar.document.SelectorJson;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.metrics.Readiness;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A page over real sockets, before a daemon that writes down what it is asked. */
final class PageFixture implements AutoCloseable {
    private static final HttpListeners.Sources SOURCES = new HttpListeners.Sources(
            format -> "",
            () -> new Readiness(true, 0, 0),
            () -> "{\"devices\":[]}",
            () -> "{\"address\":\"100.64.0.1\"}",
            selection -> JsonWriter.write(Map.of("gateway", SelectorJson.write(selection))));

    final CountDownLatch ended = new CountDownLatch(1);
    final StandingTimeline timeline = new StandingTimeline();
    final List<List<String>> asked = new ArrayList<>();
    final Page page;
    volatile OptionDefaults defaults =
            new OptionDefaults(Map.of("lease", "3h"), LeaseDuration.STANDARD, GatewaySelector.AUTO);
    final RawHttp http;

    PageFixture(Path folder) throws IOException {
        this(folder, Optional.empty(), SOURCES.devices());
    }

    /**
     * @param daemon answers what the page asks; empty for one that writes it down
     * @param devices the document of the devices
     */
    PageFixture(Path folder, Optional<ControlHandler> daemon, Supplier<String> devices) throws IOException {
        HttpListeners.Sources sources = new HttpListeners.Sources(
                SOURCES.metrics(), SOURCES.readiness(), devices, SOURCES.nextHop(), SOURCES.look());
        page = Page.start(
                0,
                new Page.Parts(folder, timeline, RandomGenerator.of("L64X128MixRandom"), sources),
                new PageFiles(),
                daemon.orElseGet(Daemon::new),
                () -> defaults);
        http = new RawHttp(page.port());
    }

    /** A new token, from the link that {@code ajar web} prints. */
    String token() throws IOException {
        String link = document().text("link");
        return link.substring(link.indexOf('#') + 1);
    }

    JsonObject document() throws IOException {
        return document("");
    }

    JsonObject document(String language) throws IOException {
        return JsonReader.read(page.link(language).getBytes(StandardCharsets.UTF_8));
    }

    /** What a request to open the session gets. */
    String exchange(String token) throws IOException {
        return http.post("/api/session", "{}", "Content-Type: application/json", "Ajar-Token: " + token);
    }

    /** The header of a new session. */
    String authorization() throws IOException {
        String answer = exchange(token());
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        return "Authorization: Bearer "
                + JsonReader.read(body.getBytes(StandardCharsets.UTF_8)).text("secret");
    }

    String run(String body, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of("Content-Type: application/json"));
        all.addAll(List.of(headers));
        return http.post("/api/run", body, all.toArray(String[]::new));
    }

    @Override
    public void close() {
        ended.countDown();
        page.close();
    }

    /** Passes only when the test says so; who pauses waits for the end. */
    final class StandingTimeline implements Timeline {
        private volatile Duration now = Duration.ofDays(1);

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plus(now);
        }

        @Override
        public Duration uptime() {
            return now;
        }

        @Override
        public void pause(Duration time) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Daemon implements ControlHandler {
        @Override
        public synchronized ControlRequest.Response run(ControlRequest request) {
            asked.add(request.arguments());
            return new ControlRequest.Response(
                    0, "{\"lease\":\"" + request.settings().get("lease") + "\"}", "");
        }

        @Override
        public ControlRequest.Response run(ControlRequest request, Consumer<Message> person) {
            if (request.arguments().contains("25599/tcp")) {
                person.accept(Message.of("admin.approve-button"));
            }
            return run(request);
        }

        @Override
        public String watch() {
            return "{\"mappings\":[]}";
        }

        @Override
        public void follow(Predicate<String> documents) throws InterruptedException {
            if (documents.test(watch())) {
                ended.await();
            }
        }

        @Override
        public Set<String> requests() {
            return Set.of("list", "status");
        }

        @Override
        public synchronized String answer(String name, JsonObject request) {
            asked.add(List.of(
                    name,
                    request.object("gateway")
                            .orElseThrow()
                            .optionalText("address")
                            .orElse("")));
            return "{\"seen\":true}";
        }
    }
}
