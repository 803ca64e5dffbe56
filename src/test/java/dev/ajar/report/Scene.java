package dev.ajar.report;

import dev.ajar.testing.ScriptedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is played on a router that has just been switched on; {@code test-fixtures/report/behaviour.txt} says how it is
 * written.
 *
 * @param once whether one router without faults is enough
 */
record Scene(String name, boolean once, List<Step> steps) {
    private static final Path FILE = Path.of("test-fixtures/report/behaviour.txt");
    private static final String ONCE = "once ";
    private static final String TEXT_ONLY = "$ ";

    /** One line of a scene. */
    sealed interface Step {
        /** @param takesJson whether {@code --json} may be added */
        record Command(List<String> words, boolean takesJson) implements Step {}

        record MoveOn(Duration time) implements Step {}

        record Forget() implements Step {}
    }

    static List<Scene> read() throws IOException {
        List<Scene> scenes = new ArrayList<>();
        for (String line : Files.readAllLines(FILE)) {
            if (line.startsWith("[")) {
                String name = line.substring(1, line.length() - 1);
                boolean once = name.startsWith(ONCE);
                scenes.add(new Scene(once ? name.substring(ONCE.length()) : name, once, new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                scenes.getLast().steps().add(step(line));
            }
        }
        return scenes;
    }

    /** The commands in the file of the gateway. */
    static Scene own(ScriptedGateway gateway) {
        List<Step> steps = new ArrayList<>();
        gateway.runs().forEach(run -> steps.add(new Step.Command(run.command(), true)));
        return new Scene("own runs", false, steps);
    }

    private static Step step(String line) {
        if (line.equals("@forget")) {
            return new Step.Forget();
        }
        if (line.startsWith("@")) {
            return new Step.MoveOn(Duration.parse("PT" + line.substring(1)));
        }
        boolean takesJson = !line.startsWith(TEXT_ONLY);
        String command = takesJson ? line : line.substring(TEXT_ONLY.length());
        return new Step.Command(Arrays.asList(command.split(" ")), takesJson);
    }
}
