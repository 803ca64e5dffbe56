package dev.ajar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.config.DaemonConfig;
import dev.ajar.config.KeptConfiguration;
import dev.ajar.config.MetricsSettings;
import dev.ajar.config.OptionDefaults;
import dev.ajar.config.WebSettings;
import dev.ajar.control.ControlHandler;
import dev.ajar.control.ControlRequest;
import dev.ajar.json.JsonObject;
import dev.ajar.metrics.Readiness;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.testing.FreePort;
import dev.ajar.testing.ManualTimeline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration switches on and off. */
class HttpListenersTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static final ControlHandler SILENT = new ControlHandler() {
        @Override
        public ControlRequest.Response run(ControlRequest request) {
            return new ControlRequest.Response(0, "{}", "");
        }

        @Override
        public String watch() {
            return "{}";
        }

        @Override
        public void follow(Predicate<String> documents) {
            boolean unused = documents.test(watch());
        }

        @Override
        public Set<String> requests() {
            return Set.of();
        }

        @Override
        public String answer(String name, JsonObject request) {
            return "{}";
        }
    };

    @TempDir
    Path folder;

    private final ManualTimeline timeline = new ManualTimeline();
    private final List<String> log = new ArrayList<>();
    private HttpListeners http;
    private int port;

    @BeforeEach
    void start() throws IOException {
        port = FreePort.tcp();
        http = new HttpListeners(
                new HttpListeners.Sources(
                        format -> "metrics\n",
                        () -> new Readiness(true, 1, 1),
                        () -> "{\"devices\":[]}",
                        () -> "{\"address\":null}",
                        selection -> "{}"),
                folder,
                timeline,
                RandomGenerator.getDefault(),
                line -> log.add(line.toString()));
    }

    @AfterEach
    void stop() {
        http.stop();
    }

    private static DaemonConfig config(Optional<MetricsSettings> metrics, Optional<WebSettings> web) {
        return new DaemonConfig(
                KeptConfiguration.EMPTY, List.of(), Optional.empty(), metrics, web, OptionDefaults.EMPTY);
    }

    private DaemonConfig metrics(Optional<Path> token) {
        return config(Optional.of(new MetricsSettings(HERE, port, token)), Optional.empty());
    }

    private boolean answers(int where) throws IOException {
        try {
            return new RawHttp(where).get("/healthz").startsWith("HTTP/1.1 ");
        } catch (ConnectException e) {
            return false;
        }
    }

    @Test
    void nothing_listens_that_is_not_wanted() throws IOException {
        http.want(DaemonConfig.NONE, SILENT);
        assertThat(answers(port)).isFalse();
        assertThat(log).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void metrics_follow_the_configuration() throws IOException {
        http.want(metrics(Optional.empty()), SILENT);
        http.want(metrics(Optional.empty()), SILENT);
        assertThat(new RawHttp(port).get("/metrics")).endsWith("metrics\n");
        assertThat(log).containsExactly("metrics at http://127.0.0.1:" + port + "/metrics");
        http.want(DaemonConfig.NONE, SILENT);
        assertThat(answers(port)).isFalse();
    }

    @Test
    void a_place_that_is_taken_is_told_once_and_tried_again() throws IOException {
        try (ServerSocket other = new ServerSocket(port, 1, HERE)) {
            http.want(metrics(Optional.empty()), SILENT);
            http.want(metrics(Optional.empty()), SILENT);
            assertThat(log).singleElement().asString().startsWith("no metrics at 127.0.0.1:" + other.getLocalPort());
        }
        http.want(metrics(Optional.empty()), SILENT);
        // The daemon asks after every pass, which is too often.
        assertThat(answers(port)).isFalse();
        timeline.advance(Duration.ofSeconds(30));
        http.want(metrics(Optional.empty()), SILENT);
        assertThat(answers(port)).isTrue();
    }

    @Test
    void a_page_whose_place_is_taken_is_tried_again_after_a_while_or_at_once_when_asked() throws IOException {
        DaemonConfig config = config(Optional.empty(), Optional.of(new WebSettings(Optional.of(port))));
        try (ServerSocket other = new ServerSocket(port, 1, HERE)) {
            http.want(config, SILENT);
            http.want(config, SILENT);
            assertThat(log).singleElement().asString().contains(Integer.toString(other.getLocalPort()));
        }
        http.want(config, SILENT);
        assertThat(answers(port)).isFalse();
        timeline.advance(Duration.ofSeconds(30));
        http.want(config, SILENT);
        assertThat(answers(port)).isTrue();
        http.want(DaemonConfig.NONE, SILENT);
        try (ServerSocket other = new ServerSocket(port, 1, HERE)) {
            http.want(config, SILENT);
            assertThat(log).last().asString().contains(Integer.toString(other.getLocalPort()));
        }
        assertThat(http.link("").toOptional()).isPresent();
    }

    @Test
    void a_place_that_stays_taken_costs_no_file_descriptors() throws IOException {
        Path open = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(open), "Linux alone tells them");
        try (ServerSocket other = new ServerSocket(port, 1, HERE)) {
            InetSocketAddress place = new InetSocketAddress(HERE, other.getLocalPort());
            long sockets = sockets(open);
            for (int i = 0; i < 50; i++) {
                assertThatThrownBy(() -> HttpListener.start(place, exchange -> {}))
                        .isInstanceOf(IOException.class);
            }
            assertThat(sockets(open)).isLessThan(sockets + 40);
        }
    }

    private static long sockets(Path open) throws IOException {
        try (Stream<Path> all = Files.list(open)) {
            return all.count();
        }
    }

    @Test
    void without_a_readable_token_nothing_listens() throws IOException {
        Path token = folder.resolve("token");
        http.want(metrics(Optional.of(token)), SILENT);
        assertThat(answers(port)).isFalse();
        Files.writeString(token, "0123456789abcdef");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        timeline.advance(Duration.ofSeconds(30));
        http.want(metrics(Optional.of(token)), SILENT);
        assertThat(new RawHttp(port).get("/metrics")).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void the_page_listens_while_the_configuration_has_it() throws IOException {
        http.want(config(Optional.empty(), Optional.of(new WebSettings(Optional.of(port)))), SILENT);
        assertThat(new RawHttp(port).get("/")).contains("<title>ajar</title>");
        assertThat(log).singleElement().asString().contains("http://127.0.0.1:" + port + "/");
        http.want(DaemonConfig.NONE, SILENT);
        assertThat(answers(port)).isFalse();
    }

    @Test
    void a_link_switches_the_page_on() throws IOException {
        assertThat(http.link(""))
                .isInstanceOfSatisfying(
                        Result.Err.class, err -> assertThat(err.failure()).isInstanceOf(Failure.Busy.class));
        http.want(DaemonConfig.NONE, SILENT);
        String document = http.link("").toOptional().orElseThrow();
        assertThat(document).contains("\"command\":\"web\"", "\"seconds\":30", "/#");
        http.want(DaemonConfig.NONE, SILENT);
        assertThat(http.link("").toOptional()).isPresent();
        http.stop();
        assertThat(folder).isEmptyDirectory();
        assertThat(http.link("").toOptional()).isEmpty();
    }
}
