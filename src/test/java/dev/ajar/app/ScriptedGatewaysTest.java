package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ajar.model.Addresses;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import dev.ajar.testing.ScriptedGateway;
import dev.ajar.testing.ScriptedGateway.Change;
import dev.ajar.testing.ScriptedGateway.Run;
import dev.ajar.testing.SkippingTimeline;
import dev.ajar.testing.SlowTimeline;
import dev.ajar.testing.UninvolvedHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every gateway of {@code test-fixtures/gateways}, through the program's real entry point. */
@Tag("gateways")
@Execution(ExecutionMode.CONCURRENT)
class ScriptedGatewaysTest {
    private static final String ELSEWHERE = "127.0.0.66";
    private static final int SLOWER = 5;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Schema SCHEMA = schema();

    @TempDir
    private Path folder = Path.of("");

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("docs/ajar.schema.json")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void there_are_enough_gateways() {
        assertThat(ScriptedGateway.files()).hasSizeGreaterThanOrEqualTo(60);
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> gateways() {
        return ScriptedGateway.files().stream()
                .map(file -> dynamicTest(String.valueOf(file.getFileName()), () -> play(file, folder)));
    }

    /**
     * ajar gives a router seconds, and on a busy machine the simulated router may need longer. So a gateway that failed
     * is played once more with a clock that makes the same limits last longer; a real fault fails again.
     *
     * @param folder for the state file, in a folder of its own
     */
    static void play(Path file, Path folder) throws IOException {
        try {
            play(file, folder.resolve("first"), new SystemTimeline());
        } catch (AssertionError e) {
            try {
                play(file, folder.resolve("second"), new SlowTimeline(SLOWER));
            } catch (AssertionError again) {
                again.addSuppressed(e);
                throw again;
            }
        }
    }

    private static void play(Path file, Path folder, Timeline pace) throws IOException {
        SkippingTimeline clock = new SkippingTimeline(pace);
        try (UninvolvedHost decoy = new UninvolvedHost(Addresses.ipv4(ELSEWHERE).orElseThrow())) {
            ScriptedGateway gateway = ScriptedGateway.read(file, decoy.place());
            assertThat(gateway.about()).endsWith(".");
            assertThat(gateway.shows()).isNotEmpty();
            Path home = Files.createDirectories(folder.resolve(gateway.name()));
            try (EmbeddedRouter router = EmbeddedRouter.start(gateway.router(), clock)) {
                for (Run run : gateway.runs()) {
                    change(run.before(), router, clock);
                    check(run, EmbeddedWiring.of(router, clock), router, home, gateway);
                }
                // The question about its line is asked beside the others.
                assertThat(router.busiest()).as("requests at once").isLessThanOrEqualTo(2);
                assertThat(router.idleEdits()).as("edits without effect").isEmpty();
                for (EmbeddedRouter neighbour : router.neighbours()) {
                    assertThat(neighbour.asked("AddPortMapping")).isZero();
                    assertThat(neighbour.asked("DeletePortMapping")).isZero();
                }
            }
            assertThat(decoy.visits()).as("visits of an uninvolved host").isZero();
        }
    }

    static void change(Change change, EmbeddedRouter router, SkippingTimeline clock) {
        clock.skip(change.time());
        if (change.restart()) {
            router.forgetEverything();
        }
        change.entries().forEach(router::put);
        change.faults().ifPresent(router::behave);
    }

    private static void check(Run run, Wiring wiring, EmbeddedRouter router, Path home, ScriptedGateway gateway) {
        Map<String, Long> before = counts(run, router);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        long soapBefore = router.asked("soap");
        int exitCode = Main.run(wiring, Map.of("XDG_STATE_HOME", home.toString()), out, err, arguments(run, router));
        String answer = out.toString(StandardCharsets.UTF_8);
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(exitCode).as("exit code").isEqualTo(run.exitCode());
        softly.assertThat(SCHEMA.validate(answer, InputFormat.JSON))
                .as("schema")
                .isEmpty();
        softly.assertThat(answer.strip()).as("clean text").doesNotContainPattern("\\p{Cc}|\\p{Cf}");
        softly.assertThat(InternalNamesTest.foundInJson(answer))
                .as("names of classes or libraries")
                .isEmpty();
        softly.assertThat(InternalNamesTest.found(err.toString(StandardCharsets.UTF_8)))
                .as("names of classes or libraries")
                .isEmpty();
        JsonNode json = JSON.readTree(answer);
        run.json().forEach((path, wanted) -> checkPath(softly, json, path, wanted));
        if (run.command().getFirst().equals("open")) {
            softly.assertThat(router.asked("soap") - soapBefore)
                    .as("requests of an opening, looks and lists among them")
                    .isLessThanOrEqualTo(17L * Math.max(1, json.path("mappings").size()));
        }
        before.forEach((what, count) -> checkCount(softly, run, what, router.asked(what) - count));
        if (run.tableMatters()) {
            checkTable(softly, run.table(), router.table());
        }
        try {
            softly.assertAll();
        } catch (AssertionError e) {
            throw new AssertionError(
                    "%s: ajar %s\n%s\n%s\nasked: %s\ntable: %s\n%s"
                            .formatted(
                                    gateway.name(),
                                    String.join(" ", run.command()),
                                    answer,
                                    err.toString(StandardCharsets.UTF_8),
                                    router.asked(),
                                    router.table(),
                                    e.getMessage()),
                    e);
        }
    }

    private static Map<String, Long> counts(Run run, EmbeddedRouter router) {
        Map<String, Long> counts = new LinkedHashMap<>();
        Stream.of(run.requests().keySet(), run.atMost().keySet(), run.never())
                .flatMap(names -> names.stream())
                .forEach(what -> counts.put(what, router.asked(what)));
        return counts;
    }

    private static String[] arguments(Run run, EmbeddedRouter router) {
        return Stream.concat(run.command().stream(), Stream.of("--json"))
                .map(word -> word.replace("{host}", router.address().getHostAddress())
                        .replace("{port}", "" + router.location().getPort()))
                .toArray(String[]::new);
    }

    private static void checkPath(SoftAssertions softly, JsonNode json, String path, JsonNode wanted) {
        JsonNode node = json;
        for (String step : path.split("\\.")) {
            node = step.matches("\\d+") ? node.path(Integer.parseInt(step)) : node.path(step);
        }
        String text = wanted.isString() ? wanted.asString() : "";
        if (text.startsWith("~")) {
            softly.assertThat(node.asString("")).as(path).contains(text.substring(1));
        } else if (wanted.isNull()) {
            softly.assertThat(node.isNull() || node.isMissingNode())
                    .as(path + " " + node)
                    .isTrue();
        } else {
            softly.assertThat(node).as(path).isEqualTo(wanted);
        }
    }

    private static void checkCount(SoftAssertions softly, Run run, String what, long count) {
        if (run.requests().containsKey(what)) {
            softly.assertThat(count)
                    .as("requests: " + what)
                    .isEqualTo(run.requests().get(what));
        }
        if (run.atMost().containsKey(what)) {
            softly.assertThat(count)
                    .as("at most: " + what)
                    .isLessThanOrEqualTo(run.atMost().get(what));
        }
        if (run.never().contains(what)) {
            softly.assertThat(count).as("never: " + what).isZero();
        }
    }

    /** Without the random mark behind ajar's own names. */
    private static String unmarked(String entry) {
        return entry.replaceAll("(ajar \\d+ (?:tcp|udp)) [a-z0-9]{4}\"", "$1\"");
    }

    private static void checkTable(SoftAssertions softly, List<String> wanted, List<String> table) {
        softly.assertThat(table).as("table").hasSameSizeAs(wanted);
        for (int i = 0; i < Math.min(wanted.size(), table.size()); i++) {
            softly.assertThat(unmarked(table.get(i))).startsWith(wanted.get(i));
        }
    }
}
