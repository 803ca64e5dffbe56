package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The internet reaches a device that speaks no UPnP, through a router that maps ports to nobody but the asker. */
class RelayIT extends InLab {
    private static final Duration SOON = Duration.ofSeconds(25);

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

    /** Both ways in have to be there: the relay's own port, and the router's. */
    private LabProcess carrying(String port, String... arguments) {
        LabProcess relay = relay(arguments);
        LabProcess.until(() -> Lab.rules().contains("dport " + port), SOON, relay.output());
        return relay.await("relay  ", SOON);
    }

    private static List<String> in(String host, String program, String... arguments) {
        List<String> java = new java.util.ArrayList<>(Lab.peer());
        java.set(java.size() - 1, "dev.ajar.lab." + program);
        return Shell.join(
                Shell.join(List.of("ip", "netns", "exec", "ajar-" + host), java.toArray(String[]::new)), arguments);
    }

    /** A device that runs until it is closed. */
    private static final class Device implements AutoCloseable {
        private final Process process;

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

    private static String fromTheInternet(String program, String... arguments) {
        Shell.Outcome outcome = Shell.run(Map.of(), in("internet", program, arguments));
        return (outcome.out() + outcome.err()).strip();
    }

    private String workerOf(LabProcess relay) {
        return Shell.run("pgrep", "-P", Long.toString(relay.process().pid()))
                .out()
                .strip();
    }

    @Test
    void a_router_that_maps_to_nobody_else_is_told_with_the_way_round_it() {
        Shell.Outcome refused = ajar("open", "8554:554", "--to", Lab.LAN2);

        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err()).contains("ajar relay 8554:192.168.77.11:554");
    }

    @Test
    void tcp_and_udp_reach_the_device_and_end_with_the_relay() throws Exception {
        try (LabProcess relay = carrying("7001", "7001:192.168.77.11:7002/both")) {
            for (String protocol : List.of("tcp", "udp")) {
                try (Device device = new Device("Peer", "serve", protocol, "7002")) {
                    assertThat(device.process.isAlive()).isTrue();
                    // Long enough: an answer has three times the question's length at most.
                    assertThat(fromTheInternet("Peer", "ask", protocol, Lab.WAN, "7001", "hello-device"))
                            .as(relay.output())
                            .isEqualTo("got hello-device from 192.168.77.10");
                }
            }
            assertThat(relay.output()).contains("relay  tcp 7001 here", "open  tcp 11.22.33.1:7001 -> ");
            Shell.Outcome status = ajar("relay", "status");
            assertThat(status.out()).contains("tcp 7001", "udp 7001", "192.168.77.11:7002");
            assertThat(ajar("watch", "--once").out()).contains("GOES TO", "192.168.77.11:7002");

            relay.signal("TERM");
            assertThat(relay.end(SOON)).as(relay.output()).isZero();
        }
        assertThat(Lab.rules()).doesNotContain("7001");
        assertThat(ajar("relay", "status").out()).contains("No relay runs");
    }

    @Test
    void whoever_is_not_on_the_list_does_not_come_in() throws Exception {
        try (LabProcess relay = carrying("7003", "7003:192.168.77.11", "--allow", "198.51.100.0/24");
                Device device = new Device("Peer", "serve", "tcp", "7003")) {
            assertThat(device.process.isAlive()).isTrue();
            assertThat(fromTheInternet("Peer", "ask", "tcp", Lab.WAN, "7003", "hello"))
                    .contains("SocketException");
            assertThat(ajar("relay", "status", "--json").out()).contains("\"not_allowed\":1");
            relay.await("not carried  tcp 7003: 1 not on the list", SOON);
        }
    }

    /** Before the router forgets its rules the stream has to be on its way. */
    private static boolean isWatched() {
        return !Lab.in("internet", "ss", "-Htn", "state", "established", "dport", "= :7012")
                .out()
                .isBlank();
    }

    @Test
    void web_pages_files_streams_and_games_pass() throws Exception {
        try (LabProcess relay = carrying(
                        "7010",
                        "7010:192.168.77.11:8080",
                        "7011:192.168.77.11:21",
                        "7020-7024:192.168.77.11",
                        "7012:192.168.77.11:554",
                        "7013:192.168.77.11:9999/udp",
                        "--yes-expose",
                        "device-page");
                Device web = new Device("RelayPeer", "http", "8080");
                Device files = new Device("RelayPeer", "ftp", "21", "7020", "7024");
                Device camera = new Device("RelayPeer", "stream", "554");
                Device game = new Device("RelayPeer", "game", "9999")) {
            for (Device device : List.of(web, files, camera, game)) {
                assertThat(device.process.isAlive()).isTrue();
            }
            LabProcess.until(() -> Lab.rules().contains("7013") && Lab.rules().contains("7024"), SOON, relay.output());
            assertThat(fromTheInternet("RelayPeer", "get", "http://11.22.33.1:7010/"))
                    .isEqualTo("all of it");
            assertThat(fromTheInternet("RelayPeer", "get", "ftp://11.22.33.1:7011/video.mp4;type=i"))
                    .isEqualTo("all of it");
            assertThat(fromTheInternet("RelayPeer", "play", Lab.WAN, "7013", "100"))
                    .isEqualTo("lost 0 of 100");

            Process watching = new ProcessBuilder(in("internet", "RelayPeer", "watch", Lab.WAN, "7012", "800"))
                    .redirectErrorStream(true)
                    .start();
            LabProcess.until(RelayIT::isWatched, SOON, "the stream");
            Lab.script("restart");
            try (BufferedReader told = watching.inputReader(StandardCharsets.UTF_8)) {
                assertThat(told.readLine()).isEqualTo("watched 800");
            }
            // The router forgot everything; the relay's ports come back by themselves.
            LabProcess.until(() -> Lab.rules().contains("7010"), Duration.ofSeconds(60), "repair");
            assertThat(fromTheInternet("RelayPeer", "get", "http://11.22.33.1:7010/"))
                    .isEqualTo("all of it");
        }
        ajar("renew");
    }

    @Test
    void open_can_take_that_road_by_itself() throws Exception {
        try (LabProcess relay = LabProcess.start(
                        "lan1",
                        stateFolder,
                        Map.of(),
                        "open",
                        "7030:7031",
                        "--to",
                        Lab.LAN2,
                        "--relay",
                        "--for",
                        "8s");
                Device device = new Device("Peer", "serve", "tcp", "7031")) {
            LabProcess.until(() -> Lab.rules().contains("7030"), SOON, relay.output());
            relay.await("relay  tcp 7030 here", SOON);
            assertThat(device.process.isAlive()).isTrue();
            assertThat(fromTheInternet("Peer", "ask", "tcp", Lab.WAN, "7030", "hello"))
                    .isEqualTo("got hello from 192.168.77.10");
            assertThat(relay.end(SOON)).as(relay.output()).isZero();
        }
        assertThat(Lab.rules()).doesNotContain("7030");
    }

    @Test
    void what_may_not_be_carried_is_refused_with_a_reason() throws Exception {
        assertThat(ajar("relay", "7040:192.168.77.1:7040").exitCode()).isEqualTo(9);
        assertThat(ajar("relay", "7040:192.168.77.10:7040").err()).contains("this machine itself");
        assertThat(ajar("relay", "7040:11.22.33.10:7040").err()).contains("on the internet");
        assertThat(ajar("relay", "7040:127.0.0.1:7040").err()).contains("this machine itself");
        assertThat(ajar("relay", "7040:192.168.77.11:23").err()).contains("--yes-expose telnet");
        assertThat(Lab.rules()).doesNotContain("7040");
        try (LabProcess other = LabProcess.server("lan1", "0.0.0.0", 7041)) {
            assertThat(other.process().isAlive()).isTrue();
            Shell.Outcome taken = ajar("relay", "7041:192.168.77.11:7041");
            assertThat(taken.exitCode()).isEqualTo(5);
            assertThat(taken.err())
                    .contains("another program here listens on port 7041", "ajar relay 7041@17041:192.168.77.11:7041");
        }
    }

    /** L9 with real processes: who is there may finish, whatever else asks for the end meanwhile; but twice is an order. */
    @Test
    void at_the_end_whoever_is_there_may_finish_unless_somebody_insists() throws Exception {
        try (LabProcess relay = carrying("7055", "7055:192.168.77.11", "--for", "6s");
                Device camera = new Device("RelayPeer", "stream", "7055")) {
            assertThat(camera.process.isAlive()).isTrue();
            Process watching = new ProcessBuilder(in("internet", "RelayPeer", "watch", Lab.WAN, "7055", "1400"))
                    .redirectErrorStream(true)
                    .start();
            LabProcess.until(
                    () -> ajar("relay", "status", "--json").out().contains("\"connections\":1"), SOON, relay.output());
            relay.signal("TERM");
            relay.await("waiting up to 30 s for 1 connection to end", SOON);
            try (BufferedReader told = watching.inputReader(StandardCharsets.UTF_8)) {
                assertThat(told.readLine()).isEqualTo("watched 1400");
            }
            assertThat(relay.end(SOON)).as(relay.output()).isZero();
        }
        try (LabProcess relay = carrying("7056", "7056:192.168.77.11");
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
            assertThat(relay.end(Duration.ofSeconds(8))).as(relay.output()).isZero();
            watching.destroyForcibly();
        }
        assertThat(Lab.rules()).doesNotContain("7055").doesNotContain("7056");
    }

    /** Whoever started it is gone: nothing stays behind that nobody looks after. */
    @Test
    void a_killed_controller_takes_its_relay_with_it() {
        try (LabProcess relay = carrying("7050", "7050:192.168.77.11")) {
            String worker = workerOf(relay);
            assertThat(worker).isNotEmpty();
            relay.signal("KILL");
            relay.end(SOON);
            LabProcess.until(() -> !Files.exists(Path.of("/proc", worker)), SOON, "worker " + worker);
        }
        assertThat(ajar("renew").out()).contains("closed  tcp 7050");
    }

    @Test
    void the_daemon_carries_what_is_configured_and_a_relay_that_died_comes_back() throws Exception {
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

            // Another rule comes while somebody watches, who does not notice.
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

    /** The internet must not reach whatever program happens to have the port here. */
    @Test
    void a_relay_that_cannot_listen_opens_no_port() throws Exception {
        Path config = stateFolder.resolve("taken.toml");
        Files.writeString(config, "[[relay]]\nexternal = 7070\nto = \"192.168.77.11\"\n");
        try (LabProcess other = LabProcess.server("lan1", "0.0.0.0", 7070);
                LabProcess daemon =
                        LabProcess.start("lan1", stateFolder, Map.of(), "daemon", "--config", config.toString())) {
            daemon.await("not carried  tcp 7070: another program here listens", SOON);
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
