package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.control.ControlClient;
import dev.ajar.control.ControlRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The relay in the process of its command behaves as one in a process of its own. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InProcessRelayTest {
    private static final ControlRequest STATUS = new ControlRequest(List.of("status"), Map.of(), false, true);

    @TempDir
    Path folder;

    private static BufferedReader told(Process relay) {
        return new BufferedReader(new InputStreamReader(relay.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void order(Process relay, String line) throws Exception {
        relay.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        relay.getOutputStream().flush();
    }

    @Test
    void it_tells_its_rules_answers_on_its_socket_and_ends_with_its_orders() throws Exception {
        Path socket = folder.resolve("relay-1.sock");
        Process relay = InProcessRelay.start(Wiring.real(), socket);
        BufferedReader told = told(relay);

        order(relay, "{\"rules\":[]}");
        assertThat(told.readLine()).isEqualTo("{\"rules\":[]}");
        assertThat(ControlClient.ask(socket, STATUS, Duration.ofSeconds(10)))
                .hasValueSatisfying(
                        answer -> assertThat(answer.out()).isEqualTo("{\"rules\":[],\"run_by\":\"command\"}"));
        assertThat(relay.isAlive()).isTrue();

        relay.getOutputStream().close();
        assertThat(told.readLine()).isNull();
        assertThat(relay.waitFor()).isZero();
        assertThat(relay.exitValue()).isZero();
        assertThat(socket).doesNotExist();
    }

    @Test
    void it_ends_at_once_where_it_is_told_so() throws Exception {
        Process relay = InProcessRelay.start(Wiring.real(), folder.resolve("relay-2.sock"));
        order(relay, "{\"rules\":[]}");
        assertThat(told(relay).readLine()).isNotNull();

        relay.destroyForcibly();
        assertThat(relay.waitFor()).isZero();
    }
}
