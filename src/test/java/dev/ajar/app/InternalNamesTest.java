package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.message.Messages;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.ScriptedGateway;
import dev.ajar.testing.ScriptedGateway.Run;
import dev.ajar.testing.SkippingTimeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * No class of Java's or ajar's and no library is named to a user: not by any router's answer, any sentence or any slip
 * of the keys. {@link ScriptedGatewaysTest}, {@link DoctorScenariosTest} and {@link UntranslatedTest} look for them as
 * well.
 */
@Tag("gateways")
@Execution(ExecutionMode.CONCURRENT)
class InternalNamesTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** Package-qualified names, exceptions, libraries, and what {@code toString} makes of objects. */
    private static final Pattern INTERNAL = Pattern.compile(
            "\\b(?:javax?|jdk|sun|com\\.sun|dev\\.ajar|org|io\\.netty|tools)\\.[a-z]\\w*\\.[\\w.]*[A-Z]\\w*"
                    + "|\\b\\w*(?:Exception|Throwable)\\b|(?i:jupnp|netty|picocli|jackson)|\\bHttpClient\\b"
                    + "|\\bnull\\b|\\bOptional(?:\\[|\\.empty)|\\b[A-Z]\\w+\\[\\w+=|\\b[\\w$]+@[0-9a-f]{5,8}\\b"
                    + "|\\bat [a-z]\\w*(?:\\.\\w+)+\\(");

    /** For translators and developers. */
    private static final Pattern COMMENT = Pattern.compile("(?m)^#.*$");

    private static final List<String> COMMANDS = List.of(
            ("address open close list status discover demo run renew daemon watch config guide presets routers router"
                            + " check doctor relay extend web service kubernetes containers frobnicate")
                    .split(" "));

    private static final List<String> VALUES = List.of(
            ("--timeout --gateway --method --interface --lang --lease --for --location --from --to --external-port --name"
                            + " --bundle --every --url --yes-expose --upstream-gateway --router --open --since")
                    .split(" "));

    @TempDir
    private Path folder = Path.of("");

    static List<String> found(String text) {
        return text.lines()
                .flatMap(line -> INTERNAL.matcher(line).results().map(name -> name.group() + "   in: " + line))
                .toList();
    }

    static List<String> foundInJson(String document) {
        List<String> all = new ArrayList<>();
        addStrings(JSON.readTree(document), all);
        return found(String.join("\n", all));
    }

    private static void addStrings(JsonNode node, List<String> all) {
        if (node.isString()) {
            all.add(node.asString());
        }
        node.forEach(child -> addStrings(child, all));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.net.SocketException: reset",
                "failed: dev.ajar.model.Failure",
                "org.jupnp.model.Action",
                "IllegalStateException",
                "by Picocli",
                "the port null",
                "at Optional[3]",
                "Port[number=3]",
                "Foo@1b2c3d4e",
            })
    void the_search_finds_them(String text) {
        assertThat(found(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"open  tcp 203.0.113.7:25565", "see www.example.org/ajar", "mail me@example.org", "a nullable"})
    void the_search_leaves_the_rest_alone(String text) {
        assertThat(found(text)).isEmpty();
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> no_router_makes_a_command_name_one() {
        return ScriptedGateway.files().stream()
                .map(file -> dynamicTest(String.valueOf(file.getFileName()), () -> play(file)));
    }

    /** As text; what the commands do, and their documents of JSON, are {@link ScriptedGatewaysTest}'s. */
    private void play(Path file) throws IOException {
        SkippingTimeline clock = new SkippingTimeline(new SystemTimeline());
        ScriptedGateway gateway = ScriptedGateway.read(file, "127.0.0.66:9");
        Path home = Files.createDirectories(folder.resolve(gateway.name()));
        List<String> found = new ArrayList<>();
        try (EmbeddedRouter router = EmbeddedRouter.start(gateway.router(), clock)) {
            for (Run run : gateway.runs()) {
                ScriptedGatewaysTest.change(run.before(), router, clock);
                InProcess.Outcome outcome = run(router, clock, home, run.command());
                found.addAll(found(outcome.out() + outcome.err()));
            }
        }
        assertThat(found).isEmpty();
    }

    private static InProcess.Outcome run(EmbeddedRouter router, Timeline clock, Path home, List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.replaceAll(word -> word.replace("{host}", router.address().getHostAddress())
                .replace("{port}", "" + router.location().getPort()));
        words.add("--verbose");
        return InProcess.run(router, clock, Map.of("XDG_STATE_HOME", home.toString()), words);
    }

    @Test
    void no_sentence_in_any_language_names_one() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/messages"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String sentences = COMMENT.matcher(Files.readString(file)).replaceAll("");
                found(sentences).forEach(one -> found.add(file + ": " + one));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void no_slip_of_the_keys_makes_a_command_name_one() throws IOException {
        List<String> found = new ArrayList<>();
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            CliHarness ajar = new CliHarness(router, new MemoryStateStore()).speaking(Messages.ENGLISH);
            for (String command : COMMANDS) {
                slip(ajar, found, command, "--no-such-option");
                slip(ajar, found, command, "--no-such-option=x", "25565");
                slip(ajar, found, command, "--json", "--no-such-option");
                for (String option : VALUES) {
                    slip(ajar, found, command, "25565", option);
                    slip(ajar, found, command, "25565", option, "", "--no-such-option");
                    slip(ajar, found, command, "25565", option + "=x", "--no-such-option");
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static void slip(CliHarness ajar, List<String> found, String... words) {
        CliHarness.Outcome outcome = ajar.run(words);
        String told = String.join(" ", words) + ": " + outcome.exitCode();
        boolean isDocument = outcome.out().startsWith("{");
        (isDocument ? foundInJson(outcome.out()) : found(outcome.out())).forEach(one -> found.add(told + ": " + one));
        found(outcome.err()).forEach(one -> found.add(told + ": " + one));
        if (outcome.exitCode() == 0) {
            found.add(told + ": that was no slip");
        }
    }
}
