package dev.ajar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.metrics.ExpositionFormat;
import dev.ajar.metrics.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics listener over a real socket. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MetricsListenerTest {
    private static final String WORD = "0123456789abcdef";

    private Readiness readiness = new Readiness(true, 1, 1);
    private boolean alive = true;
    private volatile Callable<String> waiting = () -> "";
    private Optional<HttpListener> listener = Optional.empty();

    @AfterEach
    void stop() {
        listener.ifPresent(HttpListener::close);
    }

    private String metrics(ExpositionFormat format) {
        try {
            waiting.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return format.name() + "\n";
    }

    private RawHttp start(Optional<BearerToken> token, boolean loopback) throws IOException {
        HttpListener started = HttpListener.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new MetricsHandler(
                        new MetricsHandler.Source(this::metrics, () -> readiness, () -> alive), token, loopback));
        listener = Optional.of(started);
        return new RawHttp(started.port());
    }

    @Test
    void it_serves_three_paths_and_nothing_else() throws IOException {
        RawHttp client = start(Optional.empty(), true);
        assertThat(client.get("/metrics"))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("Content-Type: text/plain; version=0.0.4; charset=utf-8")
                .endsWith("TEXT\n");
        assertThat(client.get("/metrics", "Accept: application/openmetrics-text;version=1.0.0"))
                .containsIgnoringCase("Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8")
                .endsWith("OPENMETRICS\n");
        assertThat(client.get("/healthz")).startsWith("HTTP/1.1 200 ");
        assertThat(client.get("/readyz")).startsWith("HTTP/1.1 200 ").endsWith("1 of 1 open\n");
        for (String other : new String[] {"/", "/metrics/", "/api/run", "/app.js", "/../metrics", "/%2e%2e/metrics"}) {
            assertThat(client.get(other)).as(other).startsWith("HTTP/1.1 404 ");
        }
        assertThat(client.send("POST", "/metrics")).startsWith("HTTP/1.1 405 ");
        assertThat(client.send("HEAD", "/metrics")).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    }

    @Test
    void it_tells_when_not_all_is_open_and_when_the_keeper_has_ended() throws IOException {
        RawHttp client = start(Optional.empty(), true);
        readiness = new Readiness(true, 1, 2);
        alive = false;
        assertThat(client.get("/readyz")).startsWith("HTTP/1.1 503 ").endsWith("1 of 2 open\n");
        assertThat(client.get("/healthz")).startsWith("HTTP/1.1 503 ");
    }

    @Test
    void clients_do_not_pile_up_behind_a_relay_that_answers_late() throws Exception {
        RawHttp client = start(Optional.empty(), true);
        CountDownLatch late = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(8);
        waiting = () -> {
            asked.countDown();
            late.await();
            return "";
        };
        List<Future<String>> scrapes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                scrapes.add(threads.submit(() -> client.get("/metrics")));
            }
            asked.await();
            assertThat(client.get("/metrics")).startsWith("HTTP/1.1 503 ");
            assertThat(client.get("/readyz")).startsWith("HTTP/1.1 200 ");
            late.countDown();
        }
        for (Future<String> scrape : scrapes) {
            assertThat(scrape.get()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(client.get("/metrics")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void with_a_token_only_life_is_told_without_it() throws IOException {
        RawHttp client = start(Optional.of(new BearerToken(WORD)), true);
        assertThat(client.get("/metrics"))
                .startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("WWW-Authenticate: Bearer")
                .doesNotContain("TEXT");
        assertThat(client.get("/readyz", "Authorization: Bearer " + WORD + "x")).startsWith("HTTP/1.1 401 ");
        assertThat(client.get("/metrics", "Authorization: " + WORD)).startsWith("HTTP/1.1 401 ");
        assertThat(client.get("/metrics", "Authorization: Bearer ")).startsWith("HTTP/1.1 401 ");
        assertThat(client.get("/metrics", "Authorization: bearer " + WORD)).startsWith("HTTP/1.1 200 ");
        assertThat(client.get("/healthz")).startsWith("HTTP/1.1 200 ");
    }

    /** A page on the internet whose name leads to 127.0.0.1 sends that name. */
    @ParameterizedTest
    @CsvSource({
        "localhost:9469, 200",
        "LOCALHOST, 200",
        "127.0.0.1:9469, 200",
        "127.9.9.9, 200",
        "[::1]:9469, 200",
        "evil.example:9469, 421",
        "127.0.0.1.evil.example, 421",
        "localhost.evil.example, 421",
        "192.168.77.10:9469, 421",
        "[::1, 421"
    })
    void on_loopback_only_names_of_loopback_lead_to_it(String host, int status) throws IOException {
        assertThat(start(Optional.empty(), true).withHost(host, "/metrics")).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void on_the_home_network_any_name_may_lead_to_it() throws IOException {
        assertThat(start(Optional.empty(), false).withHost("nas.home:9469", "/metrics"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_request_that_is_too_long_is_cut_off() throws IOException {
        RawHttp client = start(Optional.empty(), true);
        assertThat(client.raw(
                        ("GET /metrics HTTP/1.1\r\nHost: localhost\r\n" + "X-Long: " + "a".repeat(100_000) + "\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1)))
                .doesNotContain("200 OK");
        assertThat(client.get("/metrics")).startsWith("HTTP/1.1 200 ");
    }
}
