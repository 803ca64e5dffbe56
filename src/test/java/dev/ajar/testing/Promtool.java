package dev.ajar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.system.process.BoundedRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own checker. Tests that need it are skipped, with the reason, where it is not installed. */
public final class Promtool {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_OUTPUT = 64 * 1024;

    private Promtool() {}

    /** Skips the test without it. */
    public static void require() {
        boolean there = List.of("/usr/bin/promtool", "/usr/local/bin/promtool").stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place)));
        Assumptions.assumeTrue(there, "promtool is not installed (Debian: prometheus)");
    }

    /** It finds nothing wrong with the text. */
    public static void checkMetrics(String text) {
        check(new BoundedRun(LIMIT, "promtool", "check", "metrics").reading(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** It finds nothing wrong with files. */
    public static void check(String... arguments) {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        check(new BoundedRun(LIMIT, command));
    }

    private static void check(BoundedRun run) {
        BoundedRun.Outcome outcome = run.withErrors().capturing(MOST_OUTPUT).run();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        BoundedRun.Outcome.Ended.class,
                        ended -> assertThat(ended.exitCode())
                                .as(ended.toString())
                                .isZero());
    }
}
