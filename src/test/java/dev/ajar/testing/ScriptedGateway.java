package dev.ajar.testing;

import dev.ajar.simulator.FaultScript;
import dev.ajar.simulator.RouterScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of {@code test-fixtures/gateways}.
 *
 * @param name of the fault
 * @param shows the quirks it demonstrates
 */
public record ScriptedGateway(String name, String about, List<String> shows, RouterScript router, List<Run> runs) {
    private static final Path FOLDER = Path.of("test-fixtures/gateways");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> RUN_MEMBERS =
            Set.of("before", "ajar", "exit", "json", "requests", "at_most", "never", "table");
    private static final Set<String> CHANGE_MEMBERS =
            Set.of("after_s", "restart", "entries", "oddities", "edits", "delivery", "patches", "forged");

    /**
     * What happens before a command.
     *
     * @param time that passes
     * @param restart whether the router loses its mappings
     * @param entries that another program makes
     * @param faults what the router gets wrong from now on; empty for the same as before
     */
    public record Change(Duration time, boolean restart, List<String> entries, Optional<FaultScript> faults) {}

    /**
     * A command and its expected outcome.
     *
     * @param json what is found at each path of the answer; a JSON null for nothing
     */
    public record Run(
            Change before,
            List<String> command,
            int exitCode,
            Map<String, JsonNode> json,
            Map<String, Long> requests,
            Map<String, Long> atMost,
            List<String> never,
            List<String> table,
            boolean tableMatters) {}

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

    /** @param decoy what stands for {@code {decoy}} */
    public static ScriptedGateway read(Path file, String decoy) {
        try {
            String name = String.valueOf(file.getFileName()).replace(".json", "");
            JsonNode root = JSON.readTree(Files.readString(file).replace("{decoy}", decoy));
            return new ScriptedGateway(
                    name,
                    root.path("about").asString(),
                    ScriptReader.list(root.path("shows"), JsonNode::asString),
                    ScriptReader.read(root.path("router")),
                    ScriptReader.list(root.path("runs"), ScriptedGateway::run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run run(JsonNode node) {
        for (String member : node.propertyNames()) {
            if (!RUN_MEMBERS.contains(member)) {
                throw new IllegalArgumentException("no such member of a run: " + member);
            }
        }
        Map<String, JsonNode> json = new TreeMap<>();
        node.path("json").properties().forEach(e -> json.put(e.getKey(), e.getValue()));
        return new Run(
                change(node.path("before")),
                Arrays.asList(node.path("ajar").asString().split(" ")),
                node.path("exit").asInt(),
                json,
                counts(node.path("requests")),
                counts(node.path("at_most")),
                ScriptReader.list(node.path("never"), JsonNode::asString),
                ScriptReader.list(node.path("table"), JsonNode::asString),
                node.has("table"));
    }

    private static Change change(JsonNode node) {
        for (String member : node.propertyNames()) {
            if (!CHANGE_MEMBERS.contains(member)) {
                throw new IllegalArgumentException("no such member of before: " + member);
            }
        }
        boolean behaves =
                Stream.of("oddities", "edits", "delivery", "patches", "forged").anyMatch(node::has);
        return new Change(
                Duration.ofSeconds(node.path("after_s").asLong(0)),
                node.path("restart").asBoolean(false),
                ScriptReader.list(node.path("entries"), JsonNode::asString),
                behaves ? Optional.of(ScriptReader.faults(node)) : Optional.empty());
    }

    private static Map<String, Long> counts(JsonNode node) {
        Map<String, Long> counts = new TreeMap<>();
        node.properties().forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
        return counts;
    }
}
