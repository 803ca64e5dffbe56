package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a relay begins, ends and comes back, with its controller, its daemon and its clients. */
class RelayLifeIT extends RelayLab {
    private String workerOf(LabProcess relay) {
        return Shell.run("pgrep", "-P", Long.toString(relay.process().pid()))
                .out()
                .strip();
    }

    /**
     * L9 with real processes: connected clients may finish after the first signal to end, but not after a second one.
     */
    @Test
    void connected_clients_may_finish_unless_a_second_signal_comes() throws Exception {
        // The signal comes before those 15 s are over, and the stream ends after them.
        try (Device camera = new Device("RelayPeer", "stream", "7055");
                LabProcess relay = relaying("7055", "7055:192.168.77.11", "--for", "15s")) {
            assertThat(camera.process.isAlive()).isTrue();
            Process watching = new ProcessBuilder(in("internet", "RelayPeer", "watch", Lab.WAN, "7055", "2800"))
                    .redirectErrorStream(true)
                    .start();
            LabProcess.until(
                    () -> ajar("relay", "status", "--json").out().contains("\"connections\":1"), SOON, relay.output());
            relay.signal("TERM");
            relay.await("waiting up to 30 s for 1 connection to end", SOON);
            try (BufferedReader told = watching.inputReader(StandardCharsets.UTF_8)) {
                assertThat(told.readLine()).isEqualTo("watched 2800");
            }
            assertThat(relay.end(SOON)).as(relay.output()).isZero();
        }
        try (LabProcess relay = relaying("7056", "7056:192.168.77.11");
                Device camera = new Device("RelayPeer", "stream", "7056")) {
            assertThat(camera.process.isAlive()).isTrue();
            Process watching = new ProcessBuilder(in("internet", "RelayPeer", "watch", Lab.WAN, "7056", "4000"))
                    .redirectErrorStream(true)
                    .start();
            LabProcess.until(
                    () -> ajar("relay", "status", "--json").out().contains("\"connections\":1"), SOON, relay.output());
            relay.signal("TERM");
            relay.await("waiting up to 30 s", SOON);
            relay.signal("TERM");
            assertThat(relay.end(END)).as(relay.output()).isZero();
            watching.destroyForcibly();
        }
        assertThat(Lab.rules()).doesNotContain("7055").doesNotContain("7056");
    }

    /** Without its controller the relay ends, so that no process is left without an owner. */
    @Test
    void a_killed_controller_takes_its_relay_with_it() {
        try (LabProcess relay = relaying("7050", "7050:192.168.77.11")) {
            String worker = workerOf(relay);
            assertThat(worker).isNotEmpty();
            relay.signal("KILL");
            relay.end(SOON);
            LabProcess.until(() -> !Files.exists(Path.of("/proc", worker)), SOON, "worker " + worker);
        }
        assertThat(ajar("renew").out()).contains("closed  tcp 7050");
    }

    @Test
    void the_daemon_runs_the_configured_relays_and_restarts_one_that_died() throws Exception {
        Path config = stateFolder.resolve("ajar.toml");
        String first = "[[relay]]\nexternal = 7060\nto = \"192.168.77.11\"\n";
        Files.writeString(config, first);
        try (LabProcess daemon =
                        LabProcess.start("lan1", stateFolder, Map.of(), "daemon", "--config", config.toString());
                Device camera = new Device("RelayPeer", "stream", "7060");
                Device game = new Device("RelayPeer", "game", "7061")) {
            assertThat(camera.process.isAlive() && game.process.isAlive()).isTrue();
            LabProcess.until(() -> Lab.rules().contains("7060"), SOON, daemon.output());
            LabProcess.until(() -> ajar("relay", "status").out().contains("tcp 7060"), SOON, daemon.output());

            // A client watches while another rule is added, and its connection is not disturbed.
            Process watching = new ProcessBuilder(in("internet", "RelayPeer", "watch", Lab.WAN, "7060", "700"))
                    .redirectErrorStream(true)
                    .start();
            Files.writeString(
                    config, first + "[[relay]]\nexternal = 7061\nprotocol = \"udp\"\nto = \"192.168.77.11\"\n");
            daemon.signal("HUP");
            LabProcess.until(() -> Lab.rules().contains("7061"), SOON, daemon.output());
            assertThat(fromTheInternet("RelayPeer", "play", Lab.WAN, "7061", "50"))
                    .isEqualTo("lost 0 of 50");
            try (BufferedReader told = watching.inputReader(StandardCharsets.UTF_8)) {
                assertThat(told.readLine()).isEqualTo("watched 700");
            }

            String worker = workerOf(daemon);
            Shell.run("kill", "-KILL", worker);
            LabProcess.until(
                    () -> {
                        String now = workerOf(daemon);
                        return !now.isEmpty() && !now.equals(worker);
                    },
                    SOON,
                    daemon.output());
            assertThat(Lab.rules()).contains("7060", "7061");
            LabProcess.until(
                    () -> fromTheInternet("RelayPeer", "watch", Lab.WAN, "7060", "5")
                            .equals("watched 5"),
                    SOON,
                    daemon.output());

            daemon.signal("TERM");
            assertThat(daemon.end(SOON)).as(daemon.output()).isZero();
        }
        assertThat(Lab.rules()).doesNotContain("7060").doesNotContain("7061");
    }

    /** One of several rules, of the daemon and of a command, and then the rest. */
    @Test
    void a_relay_is_stopped_where_it_runs_and_its_port_is_closed_and_no_other() throws Exception {
        Path config = stateFolder.resolve("stop.toml");
        Files.writeString(config, "[[relay]]\nexternal = \"7090-7091\"\nto = \"192.168.77.11\"\n");
        try (LabProcess daemon =
                        LabProcess.start("lan1", stateFolder, Map.of(), "daemon", "--config", config.toString());
                Device camera = new Device("RelayPeer", "stream", "7091")) {
            assertThat(camera.process.isAlive()).isTrue();
            LabProcess.until(() -> Lab.rules().contains("7090") && Lab.rules().contains("7091"), SOON, daemon.output());
            assertThat(ajar("relay", "list").out()).contains("tcp 7090", "the daemon, process ", "0 connected");

            Shell.Outcome stopped = ajar("relay", "stop", "7090");
            assertThat(stopped.out())
                    .as(stopped.err())
                    .isEqualTo("tcp 7090 is stopped, and its port on the router is closed\n");
            assertThat(stopped.err()).contains("The daemon relays it again at its next start");
            assertThat(stopped.exitCode()).isZero();
            assertThat(Lab.rules()).doesNotContain("7090").contains("7091");
            assertThat(ajar("relay", "list").out()).contains("stopped, until the daemon starts again");
            assertThat(ajar("watch", "--once").out()).contains("stopped, until the daemon starts again");
            assertThat(fromTheInternet("RelayPeer", "watch", Lab.WAN, "7091", "5"))
                    .isEqualTo("watched 5");

            daemon.signal("HUP");
            LabProcess.until(() -> Lab.rules().contains("7090"), SOON, daemon.output());
            assertThat(ajar("relay", "list").out()).doesNotContain("stopped");

            try (LabProcess relay = relaying("7092", "7092-7093:192.168.77.11")) {
                LabProcess.until(() -> Lab.rules().contains("7093"), SOON, relay.output());
                assertThat(ajar("relay", "stop", "7092").out()).contains("tcp 7092 is stopped, and its port");
                assertThat(Lab.rules()).doesNotContain("7092").contains("7093", "7090", "7091");
                Shell.Outcome all = ajar("relay", "stop", "all", "--json");
                assertThat(all.exitCode()).as(all.out()).isZero();
                assertThat(all.out())
                        .contains("\"rule\":\"tcp 7090\"", "\"rule\":\"tcp 7091\"", "\"rule\":\"tcp 7093\"")
                        .contains(
                                "\"outcome\":\"closed\",\"returns\":true", "\"outcome\":\"closed\",\"returns\":false");
                assertThat(relay.end(SOON)).as(relay.output()).isZero();
            }
            assertThat(Lab.rules()).doesNotContain("709");
            daemon.signal("TERM");
            assertThat(daemon.end(SOON)).as(daemon.output()).isZero();
        }
    }

    /** The internet must not reach whatever program happens to have the port here. */
    @Test
    void a_relay_that_cannot_listen_opens_no_port() throws Exception {
        Path config = stateFolder.resolve("taken.toml");
        Files.writeString(config, "[[relay]]\nexternal = 7070\nto = \"192.168.77.11\"\n");
        try (LabProcess other = LabProcess.server("lan1", "0.0.0.0", 7070);
                LabProcess daemon =
                        LabProcess.start("lan1", stateFolder, Map.of(), "daemon", "--config", config.toString())) {
            daemon.await("not relayed  tcp 7070: another program here listens", SOON);
            assertThat(Lab.rules()).doesNotContain("7070");
            assertThat(ajar("open", "7071").exitCode()).isZero();
            assertThat(Lab.rules()).doesNotContain("7070").contains("7071");

            other.signal("KILL");
            LabProcess.until(() -> Lab.rules().contains("7070"), SOON, daemon.output());
            daemon.signal("TERM");
            assertThat(daemon.end(SOON)).as(daemon.output()).isZero();
        }
        assertThat(Lab.rules()).doesNotContain("7070");
    }
}
