package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The internet reaches a device that speaks no UPnP, through a router that maps ports only for the device that asks.
 */
class RelayIT extends RelayLab {
    @Test
    void a_refusal_for_another_device_suggests_the_relay() {
        Shell.Outcome refused = ajar("open", "8554:554", "--to", Lab.LAN2);

        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err()).contains("ajar relay 8554:192.168.77.11:554");
    }

    @Test
    void tcp_and_udp_reach_the_device_and_end_with_the_relay() throws Exception {
        try (LabProcess relay = relaying("7001", "7001:192.168.77.11:7002/both")) {
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
    void a_client_that_is_not_on_the_list_is_refused() throws Exception {
        try (LabProcess relay = relaying("7003", "7003:192.168.77.11", "--allow", "198.51.100.0/24");
                Device device = new Device("Peer", "serve", "tcp", "7003")) {
            assertThat(device.process.isAlive()).isTrue();
            assertThat(fromTheInternet("Peer", "ask", "tcp", Lab.WAN, "7003", "hello"))
                    .contains("SocketException");
            assertThat(ajar("relay", "status", "--json").out()).contains("\"not_allowed\":1");
            relay.await("not relayed  tcp 7003: 1 not on the list", SOON);
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
        try (LabProcess relay = relaying(
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
            LabProcess.until(() -> Lab.rules().contains("7010"), SOON.plus(SOON), "repair");
            assertThat(fromTheInternet("RelayPeer", "get", "http://11.22.33.1:7010/"))
                    .isEqualTo("all of it");
        }
        ajar("renew");
    }

    @Test
    void open_can_start_a_relay_by_itself() throws Exception {
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
                        "20s");
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
    void a_device_that_must_not_be_relayed_to_is_refused_with_a_reason() throws Exception {
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
}
