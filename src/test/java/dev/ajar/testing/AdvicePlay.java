package dev.ajar.testing;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One way of following the next step of a scenario's verdict, from the scenario's own situation on.
 *
 * @param asks words of the next step that ask for it
 * @param machine the members of the machine that change once the user has done it
 * @param router those of the router, which then starts anew with its table
 * @param forgets whether the router loses its table
 * @param run the command of ajar that the next step names, if it names one, and how it must end
 * @param as how the next step spells that command
 * @param table the router's table after the command, each line's beginning; empty for any
 * @param verdict what the doctor finds afterwards; empty for {@code all_well}, where nothing is left to do
 */
public record AdvicePlay(
        Optional<String> asks,
        JsonNode machine,
        JsonNode router,
        boolean forgets,
        Optional<Step> run,
        Optional<String> as,
        Optional<List<String>> table,
        Optional<String> verdict) {
    /**
     * A command line, without {@code ajar}.
     *
     * @param said what it must have printed
     */
    public record Step(String ajar, int exit, String said) {
        static Step of(JsonNode node) {
            return node.isString()
                    ? new Step(node.asString(), 0, "")
                    : new Step(
                            node.path("ajar").asString(),
                            node.path("exit").asInt(0),
                            node.path("said").asString(""));
        }

        public String[] words() {
            return ajar.split(" ");
        }
    }

    static AdvicePlay of(JsonNode node) {
        Optional<Step> run = text(node, "run")
                .map(command -> new Step(
                        command, node.path("exit").asInt(0), node.path("said").asString("")));
        return new AdvicePlay(
                text(node, "asks"),
                node.path("machine"),
                node.path("router"),
                node.path("forgets").asBoolean(false),
                run,
                text(node, "as").or(() -> text(node, "run")),
                node.has("table")
                        ? Optional.of(ScriptReader.list(node.path("table"), JsonNode::asString))
                        : Optional.empty(),
                text(node, "verdict"));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.path(name).asStringOpt();
    }
}
