package dev.ajar.app;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.system.Timeline;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The program's real entry point on the network of an embedded router, for tests of other packages. */
public final class InProcess {
    private InProcess() {}

    /** What a command left behind. */
    public record Outcome(int exitCode, String out, String err) {}

    public static Outcome run(
            EmbeddedRouter router, Timeline timeline, Map<String, String> environment, List<String> arguments) {
        return run(EmbeddedWiring.of(router, timeline), environment, arguments);
    }

    static Outcome run(Wiring wiring, Map<String, String> environment, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(wiring, environment, out, err, arguments.toArray(String[]::new));
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
