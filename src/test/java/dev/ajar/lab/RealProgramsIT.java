package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The main job with real servers: each runs at home under {@code ajar run}, and a friend on the internet does with it what
 * friends do. docs/testing.md has the table.
 */
class RealProgramsIT extends InLab {
    private static final String FRIEND = "test-fixtures/lab/friend.py";

    @BeforeAll
    static void up() {
        Lab.script("up", "igd2");
    }

    /** Skips where the program is not installed, and fails there in CI, which installs it. */
    private static void require(String program) {
        boolean there = Files.isExecutable(Path.of(program));
        if (!there) {
            System.out.println("SKIPPED a test with a real server: " + program + " is not installed (see .ci/run)");
            assertThat(System.getenv("AJAR_LAB_REQUIRED"))
                    .as(program + " is required here")
                    .isNotEqualTo("true");
        }
        assumeTrue(there, program + " is not installed");
    }

    private LabProcess running(String open, List<String> options, String... server) {
        List<String> command = new ArrayList<>(List.of("run", "--require", "--verbose", "--open", open));
        command.addAll(options);
        command.add("--");
        command.addAll(Arrays.asList(server));
        return LabProcess.start("lan1", stateFolder, Map.of(), command.toArray(String[]::new));
    }

    private static Shell.Outcome friend(String... deed) {
        return Lab.in("internet", Shell.join(List.of("python3", FRIEND), deed).toArray(String[]::new));
    }

    /** What the friend gets, once the server is up. */
    private static void friendGets(LabProcess server, String expected, String... deed) {
        LabProcess.until(
                () -> friend(deed).out().strip().equals(expected),
                SOON,
                expected + ": " + server.output() + friend(deed).err());
    }

    /** After the end of the server the router leads nowhere. */
    private static void end(LabProcess server, String... deed) {
        server.signal("TERM");
        server.end(SOON);
        assertThat(friend(deed).exitCode()).isNotZero();
        assertThat(Lab.rules()).doesNotContain("dnat ip to " + Lab.LAN1);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(stateFolder.resolve(name), text);
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
                       server { listen 8080; root %1$s/site; } }
                """.formatted(stateFolder));
        try (LabProcess server =
                running("8143:8080", List.of(), "/usr/sbin/nginx", "-e", "stderr", "-c", configuration.toString())) {
            friendGets(server, "a page from home", "web", Lab.WAN, "8143", "page");
            // The friend has to type the external port: who asks for another one finds nothing.
            assertThat(friend("web", Lab.WAN, "8080", "page").exitCode()).isNotZero();
            end(server, "web", Lab.WAN, "8143", "page");
        }
    }

    @Test
    void a_file_of_vsftpd_in_passive_mode() throws IOException {
        require("/usr/sbin/vsftpd");
        Path files = Files.createDirectory(stateFolder.resolve("ftp"));
        Files.writeString(files.resolve("file"), "a file from home\n");
        assertThat(Shell.run("chmod", "-R", "a+rX,go-w", stateFolder.toString()).exitCode())
                .isZero();
        Path empty = Files.createDirectory(stateFolder.resolve("empty"));
        Path configuration = file("vsftpd.conf", """
                listen=YES
                background=NO
                listen_port=21
                anonymous_enable=YES
                local_enable=NO
                no_anon_password=YES
                anon_root=%s
                secure_chroot_dir=%s
                seccomp_sandbox=NO
                pasv_enable=YES
                pasv_address=%s
                pasv_min_port=30100
                pasv_max_port=30102
                """.formatted(files, empty, Lab.WAN));
        try (LabProcess server =
                running("2121:21,30100-30102", List.of(), "/usr/sbin/vsftpd", configuration.toString())) {
            friendGets(server, "a file from home", "ftp", Lab.WAN, "2121", "file");
            end(server, "ftp", Lab.WAN, "2121", "file");
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
}
