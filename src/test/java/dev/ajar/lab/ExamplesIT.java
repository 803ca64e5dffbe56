package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The examples that can run here do what they say. */
class ExamplesIT extends InLab {
    @BeforeAll
    static void up() {
        Lab.script("up", "igd2");
    }

    private Shell.Outcome run(Map<String, String> more, String... command) {
        Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("AJAR", Lab.program());
        environment.put("XDG_STATE_HOME", stateFolder.toString());
        return Shell.run(environment, Lab.inside("lan1", List.of(command)));
    }

    @Test
    void the_start_script_runs_the_server_with_its_port_open() {
        Shell.Outcome outcome = run(Map.of("SERVER", "echo server is up", "PORT", "25565"), "examples/start.sh");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo("server is up\n");
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    @Test
    void the_configuration_file_is_in_order_and_cron_keeps_it() throws IOException {
        assertThat(run(Map.of(), Lab.program(), "config", "check", "examples/ajar.toml")
                        .out())
                .contains("2 ports");
        String line = Files.readAllLines(Path.of("examples/crontab")).stream()
                .filter(text -> text.startsWith("*/20"))
                .findFirst()
                .orElseThrow();
        String command = line.substring(line.indexOf("ajar"));

        Shell.Outcome outcome = run(
                Map.of("AJAR_CONFIG", "examples/ajar.toml"), "sh", "-c", command.replaceFirst("^ajar", "\"\\$AJAR\""));

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).hasSize(1);
        assertThat(Lab.rules()).contains("25565").contains("24454");
        assertThat(run(Map.of(), Lab.program(), "close", "25565", "24454/udp").exitCode())
                .isZero();
    }

    @Test
    void what_panels_and_services_are_given_is_a_command_ajar_knows() throws IOException {
        String linuxGsm = Files.readString(Path.of("examples/linuxgsm.cfg"));
        String prefix = linuxGsm.substring(linuxGsm.indexOf('"') + 1, linuxGsm.lastIndexOf('"'));
        Shell.Outcome outcome =
                run(Map.of(), "sh", "-c", prefix.replaceFirst("^ajar", "\"\\$AJAR\"") + " echo started");
        assertThat(outcome.out()).as(outcome.err()).isEqualTo("started\n");

        for (String unit : List.of("ajar.service", "ajar-relay.service", "ajar-renew.service", "minecraft-ajar.conf")) {
            String text = Files.readString(Path.of("examples", unit));
            assertThat(text).contains("ExecStart=/opt/ajar/bin/ajar ");
        }
    }

    /** A server in the place of java, which ends when it is told to. */
    private String path() throws IOException {
        Path programs = Files.createDirectories(stateFolder.resolve("bin"));
        Path java = programs.resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                echo "up with $*"
                while read -r line; do
                    [ "$line" != stop ] || { echo saved; exit 0; }
                done
                """);
        Files.deleteIfExists(programs.resolve("ajar"));
        Files.createSymbolicLink(programs.resolve("ajar"), Path.of(Lab.program()));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return programs + ":" + System.getenv("PATH");
    }

    /** As Wings and AMP do: the words in braces are replaced, a shell splits the line, and "stop" comes as input. */
    @Test
    void the_start_lines_of_panels_keep_the_port_open_until_stop() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("examples/panels.txt")).stream()
                .filter(line -> line.startsWith("ajar "))
                .toList();
        assertThat(lines).hasSize(2);
        for (String line : lines) {
            String startup = line.replace("{{SERVER_PORT}}", "25565")
                    .replace("{{$ApplicationPort1}}", "25565")
                    .replace("{{SERVER_MEMORY}}", "1024")
                    .replace("{{SERVER_JARFILE}}", "server.jar");
            assertThat(startup).doesNotContain("{");
            Map<String, String> environment = Map.of("PATH", path(), "XDG_STATE_HOME", stateFolder.toString());
            try (LabProcess panel = LabProcess.program("lan1", environment, List.of("sh", "-c", startup))) {
                panel.await("-jar server.jar nogui", SOON);
                LabProcess.until(() -> Lab.rules().contains("25565"), SOON, panel.output());

                panel.process().getOutputStream().write("stop\n".getBytes(StandardCharsets.UTF_8));
                panel.process().getOutputStream().flush();

                assertThat(panel.end(SOON)).as(panel.output()).isZero();
                assertThat(panel.output()).contains("saved");
                assertThat(Lab.rules()).doesNotContain("25565");
            }
        }
    }

    /** LinuxGSM starts the server in tmux, with the line of its configuration in front, and types Ctrl-C to stop it. */
    @Test
    void linuxgsm_starts_and_stops_the_server_in_tmux() throws IOException {
        RealPrograms.require("/usr/bin/tmux");
        Path config = Path.of("examples/linuxgsm.cfg").toAbsolutePath();
        String socket = stateFolder.resolve("tmux").toString();
        String start = ". '" + config + "'; executable=java; startparameters='-name \"a server\"';"
                + " tmux -S '" + socket
                + "' new-session -d -x 80 -y 23 -s game \"${preexecutable} ${executable} ${startparameters}\"";

        Shell.Outcome started = run(Map.of("PATH", path(), "SHELL", "/bin/sh"), "sh", "-c", start);

        assertThat(started.exitCode()).as(started.err()).isZero();
        try {
            LabProcess.until(() -> Lab.rules().contains("2456"), SOON, "an open port");
            assertThat(Lab.rules()).contains("2457");
            Shell.run("tmux", "-S", socket, "send-keys", "-t", "game", "C-c");
            LabProcess.until(() -> !Lab.rules().contains("2456"), SOON, "a closed port");
            LabProcess.until(
                    () -> Shell.run("tmux", "-S", socket, "has-session", "-t", "game")
                                    .exitCode()
                            != 0,
                    SOON,
                    "the end of the session");
        } finally {
            Shell.run("tmux", "-S", socket, "kill-server");
        }
    }

    /** A service that runs as root, or one whose walls keep IPv6 out, is worse than the user thinks. */
    @Test
    void units_have_no_rights_of_root_and_let_ipv6_pass() throws IOException {
        for (String unit :
                List.of("examples/ajar.service", "examples/ajar-renew.service", "src/packaging/linux/ajar.service")) {
            String text = Files.readString(Path.of(unit));
            assertThat(text)
                    .as(unit)
                    .contains("DynamicUser=yes\n", "NoNewPrivileges=yes\n", "CapabilityBoundingSet=\n")
                    .containsPattern("IPAddressAllow=.*100\\.64\\.0\\.0/10")
                    .containsPattern("IPAddressAllow=fe80::/10 .*ff00::/8 2000::/3");
        }
        assertThat(Files.readString(Path.of("examples/compose.yaml"))).contains("stop_grace_period: 40s");
    }
}
