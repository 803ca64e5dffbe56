package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs whose peers come from the internet: BitTorrent (Transmission) and a VPN of one's own (WireGuard). */
class PeersIT extends RealPrograms {
    private static final String TRANSMISSION = "/usr/bin/transmission-daemon";
    private static final String SHARED = "a file of many peers";

    /** Transmission's command line; it shares one file, which the returned torrent describes. */
    private List<String> sharing(int port) throws IOException {
        require(TRANSMISSION, "/usr/bin/transmission-create", "/usr/bin/transmission-remote");
        Path shared = Files.createDirectory(stateFolder.resolve("shared"));
        Path file = Files.writeString(shared.resolve("file"), SHARED + "\n");
        Path settings = Files.createDirectory(stateFolder.resolve("settings"));
        Path torrents = Files.createDirectory(settings.resolve("watched"));
        Shell.Outcome made = Shell.run(
                "transmission-create", "-o", stateFolder.resolve("torrent").toString(), file.toString());
        assertThat(made.exitCode()).as(made.err()).isZero();
        Files.copy(torrent(), torrents.resolve("file.torrent"));
        Files.writeString(settings.resolve("settings.json"), """
                {"peer-port": %d, "port-forwarding-enabled": false, "dht-enabled": false, "lpd-enabled": false,
                 "pex-enabled": false, "utp-enabled": false, "rpc-bind-address": "127.0.0.1", "rpc-port": 9091,
                 "download-dir": "%s", "trash-original-torrent-files": false,
                 "watch-dir": "%s", "watch-dir-enabled": true}
                """.formatted(port, shared, torrents));
        return List.of(TRANSMISSION, "--foreground", "--config-dir", settings.toString());
    }

    private Path torrent() {
        return stateFolder.resolve("torrent");
    }

    @Test
    void a_peer_fetches_a_file_from_transmission() throws IOException {
        Lab.script("up", "igd2");
        String[] command = sharing(51413).toArray(String[]::new);
        String[] fetch = {"torrent", Lab.WAN, "51413", torrent().toString()};
        try (LabProcess server = running("51413/both", List.of(), command)) {
            friendGets(server, SHARED, fetch);
            end(server, fetch);
        }
    }

    /** The provider of a tunnel chooses the port, and sends what comes there to the same port of this machine. */
    @Test
    void transmission_listens_on_the_port_that_a_vpns_provider_has_given() throws IOException {
        Lab.script("up", "vpn-natpmp");
        List<String> command = sharing(51413);
        Path config = file("ajar.toml", """
                [[mapping]]
                external = 51413
                external_port = "any"
                protocol = "both"
                gateway = "%s"
                lease = "60s"
                on_change = ["%s"]
                """.formatted(
                        Lab.VPN, Path.of("examples/transmission-port.sh").toAbsolutePath()));
        String given = Integer.toString(VpnPeer.FIRST_PORT);
        String[] fetch = deed("torrent", "10.2.0.2", given, torrent().toString());
        try (LabProcess provider = LabProcess.vpn();
                LabProcess server = LabProcess.program("lan1", Map.of(), command)) {
            LabProcess.until(
                    () -> Lab.in("lan1", "transmission-remote", "--session-info")
                                    .exitCode()
                            == 0,
                    SOON,
                    server.output());
            assertThat(Lab.in("vpn", fetch).exitCode()).isNotZero();

            try (LabProcess daemon =
                    LabProcess.start("lan1", stateFolder, Map.of(), "daemon", "--config", config.toString())) {
                LabProcess.until(
                        () -> Lab.in("vpn", fetch).out().strip().equals(SHARED),
                        SOON,
                        daemon.output() + provider.output() + server.output());
                daemon.signal("TERM");
                assertThat(daemon.end(END)).isZero();
            }
        }
    }

    /** A key of its own in that file; the answer is what the other end is told. */
    private static String key(Path file) {
        Shell.Outcome made =
                Shell.run("sh", "-c", "umask 77 && wg genkey > \"$0\" && wg pubkey < \"$0\"", file.toString());
        assertThat(made.exitCode()).as(made.err()).isZero();
        return made.out().strip();
    }

    private static String[] wireguard(String... end) {
        return Shell.join(List.of("sh", "test-fixtures/lab/wireguard.sh"), end).toArray(String[]::new);
    }

    @Test
    void a_handshake_and_bytes_through_a_wireguard_server_at_home() {
        require("/usr/bin/wireguard-go", "/usr/bin/wg", "/dev/net/tun");
        Lab.script("up", "igd2");
        Path homeKey = stateFolder.resolve("home.key");
        Path friendKey = stateFolder.resolve("friend.key");
        String home = key(homeKey);
        String friend = key(friendKey);
        String tunnel = Lab.PREFIX + "-wg";
        List<String> connect =
                List.of(wireguard(tunnel + "f", "10.9.0.2", friendKey.toString(), home, "0", Lab.WAN + ":51820"));
        String[] listen = wireguard(tunnel + "h", "10.9.0.1", homeKey.toString(), friend, "51820");
        // The friend comes later: a router goes on sending where it did a sender that never pauses, also to nowhere.
        try (LabProcess server = running("51820/udp", List.of(), listen).await("ready", SOON);
                LabProcess away = LabProcess.program("internet", Map.of(), connect)) {
            LabProcess.until(() -> handshakes(tunnel) > 0, SOON, "a handshake");
            List<String> serve = Lab.peer("serve", "tcp", "8080", "10.9.0.1");
            List<String> ask = Lab.peer("ask", "tcp", "10.9.0.1", "8080", "hello");
            try (LabProcess inside = LabProcess.program("lan1", Map.of(), serve).await("ready", SOON)) {
                Shell.Outcome asked = Lab.in("internet", ask.toArray(String[]::new));
                assertThat(asked.out().strip())
                        .as(asked.err() + inside.output() + away.output())
                        .isEqualTo("got hello from 10.9.0.2");
            }
            server.signal("TERM");
            server.end(SOON);
            assertThat(Lab.rules()).doesNotContain("51820");
        }
    }

    /** When the friend's end last agreed with the other one, in seconds since 1970; 0 for never. */
    private static long handshakes(String tunnel) {
        String told = Lab.in("internet", "wg", "show", tunnel + "f", "latest-handshakes")
                .out()
                .strip();
        return told.isEmpty() ? 0 : Long.parseLong(told.substring(told.indexOf('\t') + 1));
    }
}
