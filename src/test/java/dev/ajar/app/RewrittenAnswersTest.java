package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.Fault;
import dev.ajar.simulator.Reaction;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import dev.ajar.testing.HttpRewritings;
import dev.ajar.testing.SlowTimeline;
import dev.ajar.testing.SsdpRewritings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A router that writes some of its answers oddly. What ajar says of a port is compared with the router's table: it is
 * never called open while it is not there, and never called closed while it is.
 */
@Tag("hostile")
@Execution(ExecutionMode.CONCURRENT)
class RewrittenAnswersTest {
    private static final int SLOWER = 5;
    private static final List<String> ANSWERS = List.of("http", "AddPortMapping", "DeletePortMapping");

    @TempDir
    private Path folder = Path.of("");

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> odd_answers_are_read() {
        return HttpRewritings.all().entrySet().stream()
                .flatMap(rewriting -> ANSWERS.stream().map(on -> play(rewriting.getKey(), on, rewriting.getValue())));
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> odd_answers_to_searches_are_read() {
        return SsdpRewritings.all().entrySet().stream()
                .map(rewriting -> play(rewriting.getKey(), "ssdp", rewriting.getValue()));
    }

    private DynamicTest play(String name, String on, UnaryOperator<byte[]> rewriting) {
        return dynamicTest(name + " of " + on, () -> {
            RouterScript script = RouterScript.standard()
                    .speaking(Speaks.UPNP)
                    .igd(1)
                    .with(Fault.always(on, new Reaction.Rewritten(rewriting)));
            Path home = Files.createTempDirectory(folder, "odd");
            try {
                new Conversation(script, new SystemTimeline(), home).isRight();
            } catch (AssertionError e) {
                // On a busy machine the simulated router may need longer than ajar waits: a real fault fails again.
                new Conversation(script, new SlowTimeline(SLOWER), Files.createTempDirectory(folder, "again"))
                        .isRight();
            }
        });
    }

    private record Conversation(RouterScript script, Timeline clock, Path home) {
        private static final String TABLE = "tcp 25565 -> 127.0.0.1:25565";

        private record Said(int exitCode, String text) {}

        private void isRight() throws IOException {
            try (EmbeddedRouter router = EmbeddedRouter.start(script, clock)) {
                Said opened = run(router, "open", "25565");
                assertThat(router.table()).as(opened.text()).anyMatch(entry -> entry.startsWith(TABLE));
                assertThat(opened.exitCode()).as(opened.text() + router.asked()).isZero();
                assertThat(opened.text()).startsWith("open");
                Said listed = run(router, "list");
                assertThat(listed.text()).contains("25565");
                Said closed = run(router, "close", "25565");
                assertThat(router.table()).as(closed.text()).isEmpty();
                assertThat(closed.exitCode()).as(closed.text()).isZero();
            }
        }

        private Said run(EmbeddedRouter router, String... command) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int exitCode = Main.run(
                    EmbeddedWiring.of(router, clock), Map.of("XDG_STATE_HOME", home.toString()), out, out, command);
            return new Said(exitCode, out.toString(StandardCharsets.UTF_8));
        }
    }
}
