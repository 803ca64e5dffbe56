package dev.ajar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of {@code test-fixtures/situations}: what a public report tells of a home, and what ajar says to its user.
 *
 * @param report the address of the report
 * @param kind the class of trouble
 * @param home the machine and its router, as {@code test-fixtures/doctor} describes them
 */
public record ReportedSituation(
        String name, String report, String about, String kind, DoctorScenario home, List<Step> steps) {
    private static final Path FOLDER = Path.of("test-fixtures/situations");
    private static final JsonMapper JSON = new JsonMapper();

    /** All of them, by name. */
    public static List<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ReportedSituation read(Path file) throws IOException {
        JsonNode root = JSON.readTree(Files.readString(file));
        return new ReportedSituation(
                String.valueOf(file.getFileName()).replace(".json", ""),
                root.path("report").asString(""),
                root.path("about").asString(""),
                root.path("class").asString(""),
                DoctorScenario.read(file),
                ScriptReader.list(root.path("steps"), Step::of));
    }

    /**
     * One command of its user.
     *
     * @param before what happens first: members of the machine and of the router that change, and whether it forgets
     * @param ajar the command line, without {@code ajar}
     * @param says what the user must be told
     * @param never what the user must not be told
     * @param table the router's table afterwards, each line's beginning; empty for any
     */
    public record Step(
            Optional<AdvicePlay> before,
            String ajar,
            int exit,
            List<String> says,
            List<String> never,
            Optional<List<String>> table) {
        static Step of(JsonNode node) {
            return new Step(
                    node.has("before") ? Optional.of(AdvicePlay.of(node.path("before"))) : Optional.empty(),
                    node.path("ajar").asString(),
                    node.path("exit").asInt(0),
                    ScriptReader.list(node.path("says"), JsonNode::asString),
                    ScriptReader.list(node.path("never"), JsonNode::asString),
                    node.has("table")
                            ? Optional.of(ScriptReader.list(node.path("table"), JsonNode::asString))
                            : Optional.empty());
        }
    }
}
