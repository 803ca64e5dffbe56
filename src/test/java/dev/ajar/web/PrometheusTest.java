package dev.ajar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.metrics.DaemonMetrics;
import dev.ajar.metrics.DaemonState;
import dev.ajar.metrics.EventCounts;
import dev.ajar.metrics.Exposition;
import dev.ajar.metrics.ExpositionFormat;
import dev.ajar.metrics.Readiness;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleStatus;
import dev.ajar.system.process.SupervisedProcess;
import dev.ajar.testing.EventSamples;
import dev.ajar.testing.FreePort;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes the listener with a token, and runs every query of the dashboard. */
@Tag("browser")
class PrometheusTest {
    private static final String PROGRAM = "/usr/bin/prometheus";
    private static final String WORD = "0123456789abcdef0123456789abcdef";

    private static String metrics(ExpositionFormat format) {
        RuleStatus rule = new RuleStatus(
                new RuleKey(TransportProtocol.TCP, new Port(8554)),
                new Endpoint(Samples.NEIGHBOUR, new Port(554)),
                Optional.empty(),
                3,
                7,
                100,
                2000,
                4000,
                Map.of());
        EventCounts counts = new EventCounts();
        EventSamples.all().forEach(counts::count);
        Instant now = Instant.now();
        return Exposition.write(
                DaemonMetrics.of(
                        "1.2.3",
                        new DaemonState(
                                now,
                                now,
                                Duration.ZERO,
                                true,
                                List.of(),
                                List.of(),
                                List.of(new RelayReport(42, Optional.empty(), List.of(rule)))),
                        counts.counts()),
                format);
    }

    @Test
    void prometheus_scrapes_it_and_answers_every_query_of_the_dashboard(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(PROGRAM)), "Prometheus is not installed (Debian: prometheus)");
        Path token = Files.writeString(folder.resolve("token"), WORD + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r-----"));
        BearerToken word = MetricsToken.read(token).toOptional().orElseThrow();
        HttpListener listener = HttpListener.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new MetricsHandler(
                        new MetricsHandler.Source(PrometheusTest::metrics, () -> new Readiness(true, 0, 0), () -> true),
                        Optional.of(word),
                        true));
        int port = FreePort.tcp();
        SupervisedProcess prometheus = start(folder, token, listener.port(), port);
        try (listener) {
            RawHttp client = new RawHttp(port);
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(values(client, "up{job=\"ajar\"} == 1")).hasSize(1));
            assertThat(values(client, "ajar_repairs_total{reason=\"other_port\"}"))
                    .hasSize(1);
            for (String query : dashboard()) {
                assertThat(values(client, query.replace("$instance", ".*")))
                        .as(query)
                        .isNotNull();
            }
            assertThat(values(client, "ajar_relay_bytes_total{direction=\"out\"}"))
                    .hasSize(1);
        } finally {
            prometheus.kill();
        }
    }

    private static SupervisedProcess start(Path folder, Path token, int target, int port) throws IOException {
        Path config = Files.writeString(
                folder.resolve("prometheus.yml"),
                "scrape_configs:\n  - job_name: ajar\n    scrape_interval: 1s\n    scrape_timeout: 1s\n"
                        + "    static_configs:\n      - targets: [\"127.0.0.1:" + target + "\"]\n"
                        + "    authorization:\n      credentials_file: " + token + "\n");
        return SupervisedProcess.onPipes(
                List.of(
                        PROGRAM,
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=error"),
                Map.of());
    }

    private static List<String> dashboard() throws IOException {
        return JsonReader.read(Files.readAllBytes(Path.of("examples/metrics/grafana-dashboard.json")))
                .objects("panels")
                .stream()
                .flatMap(panel -> panel.objects("targets").stream())
                .map((JsonObject target) -> target.text("expr"))
                .toList();
    }

    /** The series of the answer to a query; an error if Prometheus does not answer it. */
    private static List<JsonObject> values(RawHttp client, String query) throws IOException {
        String answer = client.get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        String body = answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
        JsonObject json = JsonReader.read(body.getBytes(StandardCharsets.UTF_8));
        assertThat(json.text("status")).as(query).isEqualTo("success");
        return json.object("data").orElseThrow().objects("result");
    }
}
