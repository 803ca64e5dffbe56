package dev.ajar.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client in another language: {@code examples/follow.py} prints the mappings, and again after a change. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FollowExampleTest {
    @TempDir
    private Path home = Path.of(".");

    private final TestDaemon daemon = new TestDaemon(document("open"));

    private static String document(String state) {
        return """
            {"schema":1,"command":"watch","mappings":[{"mapping":"tcp 25565","goes_to":"192.168.1.20:25565",\
            "method":"PCP","state":"%s","seconds_left":60,"last":""}]}""".formatted(state);
    }

    @Test
    void ten_lines_print_the_table_and_every_change() throws Exception {
        assertThat(Files.readAllLines(Path.of("examples/table.py"))).hasSize(10);
        printsEveryChange("control.sock", "examples/table.py", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"control.sock", "control.tcp"})
    void the_example_prints_the_ports_and_every_change(String name) throws Exception {
        printsEveryChange(name, "examples/follow.py", false);
    }

    /** @param blank whether the example prints an empty line after a table */
    private void printsEveryChange(String name, String file, boolean blank) throws Exception {
        assumeTrue(hasPython(), "python3 is not installed");
        Path place = home.resolve(name);
        SocketLocation.announce(home, place);
        try (ControlServer server = ControlServer.start(place, daemon)) {
            assertThat(server).isNotNull();
            Process process = example(file);
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(out.readLine()).isEqualTo("tcp 25565\t192.168.1.20:25565\topen\t");
                assertThat(!blank || out.readLine().isEmpty()).isTrue();
                daemon.state.publish(document("not open"), "not open");
                assertThat(out.readLine()).isEqualTo("tcp 25565\t192.168.1.20:25565\tnot open\t");
            } finally {
                process.destroy();
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void without_a_daemon_the_example_says_so_in_one_line() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed");
        Process process = example("examples/follow.py");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.lines()).singleElement().asString().contains("no ajar daemon runs", "ajar daemon");
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    private Process example(String file) throws IOException {
        ProcessBuilder example = new ProcessBuilder("python3", file);
        example.environment().put("AJAR_STATE_HOME", home.toString());
        return example.redirectErrorStream(true).start();
    }

    private static boolean hasPython() throws IOException {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, "python3"))) {
                return true;
            }
        }
        return false;
    }
}
