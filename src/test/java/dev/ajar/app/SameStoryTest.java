package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.InternetSide;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.DoctorHome;
import dev.ajar.testing.DoctorScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every source that tells what is between the router and the internet (test-fixtures/internet-sides.json), with every
 * command that says it: the same cause, the same next step, and an exit code that agrees.
 */
@Tag("gateways")
@Execution(ExecutionMode.CONCURRENT)
class SameStoryTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder = Path.of("");

    /** What a command must end with where the port is not open yet, and where it is. */
    private record Told(String command, List<Integer> exits) {}

    private static final List<Told> COMMANDS = List.of(
            new Told("status", List.of(0)),
            new Told("check 25565", List.of(0, 7)),
            new Told("doctor", List.of(6)),
            new Told("doctor 25565", List.of(6)));

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> one_story() throws IOException {
        return JSON.readTree(Files.readString(Path.of("test-fixtures/internet-sides.json")))
                .valueStream()
                .map(source -> dynamicTest(source.path("about").asString(), () -> {
                    try {
                        tells(source, List.of());
                    } catch (AssertionError first) {
                        // A JVM that loads its classes beside other builds may see nothing in the usual time.
                        tells(source, List.of("--timeout", "2m"));
                    }
                }));
    }

    private void tells(JsonNode source, List<String> more) throws IOException {
        InternetSide side = new InternetSide(
                InternetSide.Kind.valueOf(source.path("kind").asString()),
                Addresses.parse(source.path("address").asString("")),
                source.path("refuses").asBoolean(false));
        try (DoctorHome home = home(source)) {
            List<String> wrong = new ArrayList<>();
            // An opening alone tells it: before it, the other commands know nothing, which no test can change.
            String told = source.path("told").asString("");
            if (told.isEmpty()) {
                COMMANDS.forEach(command -> play(home, side, command, more, wrong));
            }
            play(home, side, new Told("open 25565", List.of(6)), more, wrong);
            COMMANDS.stream()
                    .filter(command -> !told.equals("by a refusal") || command.command.equals("doctor 25565"))
                    .forEach(command -> play(home, side, command, more, wrong));
            assertThat(wrong).isEmpty();
        }
    }

    private static void play(DoctorHome home, InternetSide side, Told told, List<String> more, List<String> wrong) {
        CliHarness.Outcome outcome = home.run(
                Stream.concat(Stream.of(told.command.split(" ")), more.stream()).toArray(String[]::new));
        String words = (outcome.out() + outcome.err()).replaceAll("\\s+", " ");
        boolean said = Stream.of(side.title(), side.next())
                .flatMap(sentence -> sentence.map(Message::toString).stream())
                .allMatch(words::contains);
        if (!said || !told.exits.contains(outcome.exitCode())) {
            wrong.add(told.command + ": " + outcome);
        }
    }

    private DoctorHome home(JsonNode source) throws IOException {
        ObjectNode scenario = JSON.createObjectNode();
        scenario.set("router", source.path("router"));
        scenario.putObject("machine").putArray("listeners").add("tcp 0.0.0.0:25565");
        Path file = Files.createTempFile(folder, "side", ".json");
        Files.writeString(file, scenario.toString());
        return new DoctorHome(DoctorScenario.read(file));
    }
}
