package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The main job with real servers: each runs at home under {@code ajar run}, and a friend on the internet does with it
 * what friends do. docs/testing.md has the table.
 */
class RealProgramsIT extends RealPrograms {
    private static final String INTERNET = "11.22.33.10";

    @BeforeAll
    static void up() {
        Lab.script("up", "igd2");
    }

    @Test
    void a_page_of_nginx() throws IOException {
        require("/usr/sbin/nginx");
        Path site = Files.createDirectory(stateFolder.resolve("site"));
        Files.writeString(site.resolve("page"), "a page from home");
        Path configuration = file("nginx.conf", """
                daemon off; pid %1$s/nginx.pid; error_log stderr; user root;
                events {}
                http { access_log off; client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
                       uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
                       server { listen 143; root %1$s/site; } }
                """.formatted(stateFolder));
        try (LabProcess server =
                running("8143:143", List.of(), "/usr/sbin/nginx", "-e", "stderr", "-c", configuration.toString())) {
            friendGets(server, "a page from home", "web", Lab.WAN, "8143", "page");
            // The friend has to type the external port: neither the one of web pages nor the server's own leads there.
            for (String other : List.of("80", "143")) {
                assertThat(friend("web", Lab.WAN, other, "page").exitCode()).isNotZero();
            }
            end(server, "web", Lab.WAN, "8143", "page");
        }
    }

    /** A configuration of vsftpd, which hands out one file. */
    private Path vsftpd(String more) throws IOException {
        require("/usr/sbin/vsftpd");
        Path files = Files.createDirectory(stateFolder.resolve("ftp"));
        Files.writeString(files.resolve("file"), "a file from home\n");
        assertThat(Shell.run("chmod", "-R", "a+rX,go-w", stateFolder.toString()).exitCode())
                .isZero();
        Path empty = Files.createDirectory(stateFolder.resolve("empty"));
        return file("vsftpd.conf", """
                listen=YES
                background=NO
                listen_port=21
                anonymous_enable=YES
                local_enable=NO
                no_anon_password=YES
                anon_root=%s
                secure_chroot_dir=%s
                seccomp_sandbox=NO
                %s
                """.formatted(files, empty, more));
    }

    /** In active mode the server connects to the friend: nothing has to be open for that at home. */
    @Test
    void a_file_of_vsftpd_in_passive_and_in_active_mode() throws IOException {
        Path configuration = vsftpd("""
                pasv_enable=YES
                pasv_address=%s
                pasv_min_port=30100
                pasv_max_port=30102
                """.formatted(Lab.WAN));
        try (LabProcess server =
                running("2121:21,30100-30102", List.of(), "/usr/sbin/vsftpd", configuration.toString())) {
            friendGets(server, "a file from home", "ftp", Lab.WAN, "2121", "file");
            friendGets(server, "a file from home", "ftp-active", Lab.WAN, "2121", "file");
            end(server, "ftp", Lab.WAN, "2121", "file");
        }
    }

    /** The other way round the server on the internet connects to this home, to the port that the client told it. */
    @Test
    void a_client_at_home_fetches_a_file_in_active_mode_from_a_server_on_the_internet() throws IOException {
        Path configuration = vsftpd("connect_timeout=3");
        String[] fetch = deed("ftp-active", INTERNET, "21", "file", Lab.WAN, "30200");
        try (LabProcess server =
                LabProcess.program("internet", Map.of(), List.of("/usr/sbin/vsftpd", configuration.toString()))) {
            LabProcess.until(
                    () -> Lab.in("lan1", deed("ftp", INTERNET, "21", "file")).exitCode() == 0, SOON, server.output());
            assertThat(Lab.in("lan1", fetch).exitCode()).isNotZero();

            try (LabProcess client = running("30200", List.of(), fetch)) {
                assertThat(client.end(SOON)).as(client.output()).isZero();
                assertThat(client.output()).contains("a file from home");
            }
            assertThat(Lab.in("lan1", fetch).exitCode()).isNotZero();
        }
    }

    @Test
    void a_login_to_openssh_by_key() throws IOException {
        require("/usr/sbin/sshd");
        Files.createDirectories(Path.of("/run/sshd"));
        for (String key : List.of("host", "friend")) {
            Shell.run(
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-f",
                    stateFolder.resolve(key).toString());
        }
        Path configuration = file("sshd_config", """
                Port 2222
                HostKey %1$s/host
                AuthorizedKeysFile %1$s/friend.pub
                PidFile %1$s/sshd.pid
                PermitRootLogin prohibit-password
                PasswordAuthentication no
                UsePAM no
                StrictModes no
                """.formatted(stateFolder));
        String[] login = {
            "ssh",
            "-i",
            stateFolder.resolve("friend").toString(),
            "-p",
            "2200",
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "BatchMode=yes",
            "-o",
            "ConnectTimeout=5",
            "root@" + Lab.WAN,
            "echo logged in"
        };
        try (LabProcess server =
                running("2200:2222", List.of(), "/usr/sbin/sshd", "-D", "-e", "-f", configuration.toString())) {
            LabProcess.until(() -> Lab.in("internet", login).out().strip().equals("logged in"), SOON, server.output());
            server.signal("TERM");
            server.end(SOON);
            assertThat(Lab.in("internet", login).exitCode()).isNotZero();
        }
    }

    @Test
    void the_handshake_of_a_udp_game_also_after_the_router_has_restarted() {
        require("/usr/games/teeworlds-server");
        try (LabProcess server = running(
                "8303/udp", List.of(), "/usr/games/teeworlds-server", "sv_port 8303; sv_register 0; sv_map dm1")) {
            friendGets(server, "a token of 4 bytes", "teeworlds", Lab.WAN, "8303");
            Lab.script("restart");
            friendGets(server, "a token of 4 bytes", "teeworlds", Lab.WAN, "8303");
            end(server, "teeworlds", Lab.WAN, "8303");
        }
    }

    @Test
    void the_handshake_of_a_game_that_is_opened_by_its_name() throws IOException {
        require("/usr/games/minetestserver");
        Path world = Files.createDirectory(stateFolder.resolve("world"));
        Files.writeString(world.resolve("world.mt"), "gameid = devtest\nbackend = dummy\n");
        Path settings = Files.writeString(
                stateFolder.resolve("minetest.conf"), "server_announce = false\nmg_name = singlenode\n");
        String[] game = {
            "/usr/games/minetestserver", "--world", world.toString(), "--config", settings.toString(), "--logfile", ""
        };
        try (LabProcess server = running("luanti", List.of(), game)) {
            friendGets(server, "a place among the players", "luanti", Lab.WAN, "30000");
            end(server, "luanti", Lab.WAN, "30000");
        }
    }

    @Test
    void a_remote_desktop_needs_the_users_yes() {
        require("/usr/sbin/xrdp");
        String[] desktop = {"/usr/sbin/xrdp", "--nodaemon"};
        try (LabProcess refused = running("3389", List.of(), desktop)) {
            assertThat(refused.end(SOON)).isEqualTo(9);
            assertThat(refused.output()).contains("ransomware", "--yes-expose rdp");
        }
        try (LabProcess server = running("3389", List.of("--yes-expose", "rdp"), desktop)) {
            friendGets(server, "a desktop answers", "rdp", Lab.WAN, "3389");
            end(server, "rdp", Lab.WAN, "3389");
        }
    }

    @Test
    void a_desktop_over_vnc_needs_the_users_yes() {
        require("/usr/bin/Xtigervnc");
        String display = ":" + (100 + ProcessHandle.current().pid() % 800);
        String[] desktop = {
            "/usr/bin/Xtigervnc", display, "-rfbport", "5900", "-localhost=0", "-SecurityTypes", "VncAuth"
        };
        try (LabProcess refused = running("5900", List.of(), desktop)) {
            assertThat(refused.end(SOON)).isEqualTo(9);
            assertThat(refused.output()).contains("weak passwords", "--yes-expose vnc");
        }
        try (LabProcess server = running("5900", List.of("--yes-expose", "vnc"), desktop)) {
            friendGets(server, "a desktop that asks for a password", "vnc", Lab.WAN, "5900");
            end(server, "vnc", Lab.WAN, "5900");
        }
    }
}
