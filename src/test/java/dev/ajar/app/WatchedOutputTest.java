package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ajar.message.Messages;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.SystemTimeline;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer that could not be written is no success. */
class WatchedOutputTest {
    private static final Path FULL = Path.of("/dev/full");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(OutputStream out, String... words) throws IOException {
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            return Main.run(
                    EmbeddedWiring.of(router, new SystemTimeline()),
                    Map.of("XDG_STATE_HOME", "/nowhere"),
                    new WatchedOutput(out),
                    err,
                    words);
        }
    }

    @Test
    void a_full_disk_changes_the_exit_code_and_is_said() throws IOException {
        assumeThat(Files.exists(FULL)).isTrue();
        try (OutputStream full = new FileOutputStream(FULL.toFile())) {
            assertThat(run(full, "presets")).isEqualTo(74);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("ajar: the answer could not be written: ");
    }

    @Test
    void a_failure_of_the_command_counts_more() throws IOException {
        assumeThat(Files.exists(FULL)).isTrue();
        try (OutputStream full = new FileOutputStream(FULL.toFile())) {
            assertThat(run(full, "open", "abc", "--json")).isEqualTo(2);
        }
    }

    @Test
    void a_reader_that_has_seen_enough_is_no_news() throws IOException {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(run(gone, "presets")).isEqualTo(74);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void otherwise_nothing_changes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(run(out, "presets")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("minecraft");
        assertThat(Messages.ENGLISH.text("cli.unwritten", "cause", "x")).isNotEmpty();
    }
}
