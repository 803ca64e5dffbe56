package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** For tests of the relay: a router that maps ports only for the device that asks, and devices that speak no UPnP. */
abstract class RelayLab extends InLab {
    @BeforeAll
    static void up() {
        Lab.script("up", "igd2");
    }

    private LabProcess relay(String... arguments) {
        return LabProcess.start(
                "lan1",
                stateFolder,
                Map.of(),
                Shell.join(List.of("relay"), arguments).toArray(String[]::new));
    }

    /** Waits until both the relay listens and the router forwards. */
    final LabProcess relaying(String port, String... arguments) {
        LabProcess relay = relay(arguments);
        LabProcess.until(() -> Lab.rules().contains("dport " + port), SOON, relay.output());
        return relay.await("relay  ", SOON);
    }

    static List<String> in(String host, String program, String... arguments) {
        Class<?> main = program.equals("Peer") ? Peer.class : RelayPeer.class;
        return Lab.inside(host, Lab.java(main, arguments));
    }

    /** A device that runs until it is closed. */
    static final class Device implements AutoCloseable {
        final Process process;

        Device(String program, String... arguments) throws IOException {
            process = new ProcessBuilder(in("lan2", program, arguments))
                    .redirectErrorStream(true)
                    .start();
            BufferedReader told = process.inputReader(StandardCharsets.UTF_8);
            assertThat(told.readLine()).isEqualTo("ready");
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    static String fromTheInternet(String program, String... arguments) {
        Shell.Outcome outcome = Shell.run(Map.of(), in("internet", program, arguments));
        return (outcome.out() + outcome.err()).strip();
    }
}
