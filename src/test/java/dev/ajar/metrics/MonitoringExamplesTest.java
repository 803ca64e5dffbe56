package dev.ajar.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.testing.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scrape, the alerts and the dashboard of {@code examples/metrics} fit what ajar shows. */
class MonitoringExamplesTest {
    private static final Path EXAMPLES = Path.of("examples/metrics");
    private static final Pattern NAME = Pattern.compile("\\bajar_[a-z_]+");

    @TempDir
    Path folder;

    private static List<String> queries() throws IOException {
        return JsonReader.read(Files.readAllBytes(EXAMPLES.resolve("grafana-dashboard.json")))
                .objects("panels")
                .stream()
                .flatMap(panel -> panel.objects("targets").stream())
                .map((JsonObject target) -> target.text("expr"))
                .toList();
    }

    @Test
    void every_name_in_them_is_a_metric() throws IOException {
        DaemonState state =
                new DaemonState(Instant.EPOCH, Instant.EPOCH, Duration.ZERO, true, List.of(), List.of(), List.of());
        String shown =
                Exposition.write(DaemonMetrics.of("1", state, new EventCounts().counts()), ExpositionFormat.TEXT);
        TreeSet<String> named = new TreeSet<>();
        String all = String.join("\n", queries())
                + Files.readString(EXAMPLES.resolve("alerts.yml"))
                + Files.readString(Path.of("docs/metrics.md"));
        for (Matcher matcher = NAME.matcher(all); matcher.find(); ) {
            named.add(matcher.group());
        }
        assertThat(named)
                .hasSizeGreaterThan(12)
                .allSatisfy(name -> assertThat(shown).contains("# TYPE " + name + " "));
    }

    @Test
    void prometheus_takes_the_scrape_and_the_alerts_fire_when_they_should() {
        Promtool.require();
        Promtool.check("check", "config", EXAMPLES.resolve("prometheus.yml").toString());
        Promtool.check("test", "rules", EXAMPLES.resolve("alerts-test.yml").toString());
    }

    @Test
    void prometheus_reads_every_query_of_the_dashboard() throws IOException {
        Promtool.require();
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        int number = 0;
        for (String query : queries()) {
            rules.append("      - record: dashboard:query" + number + "\n        expr: |\n          " + query + "\n");
            number++;
        }
        Path file = Files.writeString(folder.resolve("rules.yml"), rules);
        assertThat(number).isGreaterThan(10);
        Promtool.check("check", "rules", "--lint=none", file.toString());
    }
}
