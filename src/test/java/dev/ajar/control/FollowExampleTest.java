package dev.ajar.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client in another language: {@code examples/follow.py} prints the mappings, and again after a change. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FollowExampleTest {
    @TempDir
    private Path home = Path.of(".");

    private final PublishedState<String> state = new PublishedState<>(document("open"));

    private static String document(String state) {
        return """
            {"schema":1,"command":"watch","mappings":[{"mapping":"tcp 25565","goes_to":"192.168.1.20:25565",\
            "method":"PCP","state":"%s","seconds_left":60,"last":""}]}""".formatted(state);
    }

    private final ControlHandler daemon = new ControlHandler() {
        @Override
        public ControlRequest.Response run(ControlRequest request) {
            return new ControlRequest.Response(1, "", "not here");
        }

        @Override
        public String watch() {
            return state.state();
        }

        @Override
        public void follow(Predicate<String> documents) throws InterruptedException {
            state.follow(documents);
        }
    };

    @Test
    void the_example_prints_the_ports_and_every_change() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed");
        Path place = home.resolve("control.sock");
        SocketLocation.announce(home, place);
        try (ControlServer server = ControlServer.start(place, daemon)) {
            assertThat(server).isNotNull();
            ProcessBuilder example = new ProcessBuilder("python3", "examples/follow.py");
            example.environment().put("AJAR_STATE_HOME", home.toString());
            Process process = example.redirectErrorStream(true).start();
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(out.readLine()).isEqualTo("tcp 25565\t192.168.1.20:25565\topen\t");
                state.publish(document("not open"), "not open");
                assertThat(out.readLine()).isEqualTo("tcp 25565\t192.168.1.20:25565\tnot open\t");
            } finally {
                process.destroy();
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
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
