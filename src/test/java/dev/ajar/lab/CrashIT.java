package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.MeasurementLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * P1, P3, P4 and P7 to P9: the real process, killed at each step of writing its state file, stopped, and short of disk.
 */
class CrashIT extends InLab {
    /** For each test, because a killed process leaves ports open. */
    @BeforeEach
    void up() {
        Lab.script("up", "igd2");
    }

    private Shell.Outcome injected(Path home, String fault, String... arguments) {
        List<String> command = List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + fault.substring(0, fault.indexOf(':')),
                "-e",
                "inject=" + fault,
                Lab.program());
        return inLan1(home, Shell.join(command, arguments));
    }

    private static Shell.Outcome inLan1(Path home, List<String> command) {
        return Shell.run(Map.of("XDG_STATE_HOME", home.toString()), Lab.inside("lan1", command));
    }

    private static long rules() {
        return Lab.rules()
                .lines()
                .filter(line -> line.contains("dnat") && line.contains("25565"))
                .count();
    }

    @Test
    void p1_killed_at_any_step_of_writing_nothing_is_forgotten() {
        int points = 0;
        for (String call : List.of("rename", "fsync")) {
            for (int when = 1; when <= 4; when++) {
                Path home = stateFolder.resolve(call + when);
                Shell.Outcome killed =
                        injected(home, call + ":signal=KILL:when=" + when, "open", "25565", "--method", "upnp");
                assertThat(killed.exitCode()).as(call + when).isIn(0, 137);

                Shell.Outcome again = inLan1(home, List.of(Lab.program(), "open", "25565", "--method", "upnp"));
                assertThat(again.exitCode()).as(again.err()).isZero();
                assertThat(rules()).isEqualTo(1);
                Shell.Outcome closed = inLan1(home, List.of(Lab.program(), "close", "25565"));
                assertThat(closed.exitCode()).as(closed.err()).isZero();
                assertThat(rules()).isZero();
                points++;
            }
        }
        MeasurementLog.record(
                "P1", points + " places to be killed at while writing: nothing forgotten, nothing doubled");
    }

    @Test
    void p3_and_p4_a_port_that_cannot_be_recorded_is_not_opened_and_the_state_file_stays() throws IOException {
        Path home = stateFolder.resolve("p4");
        assertThat(Lab.ajar("lan1", home, "open", "25570").exitCode()).isZero();
        Path state = home.resolve("lan1/ajar/state.json");
        byte[] before = Files.readAllBytes(state);

        Shell.Outcome failed = injected(home.resolve("lan1"), "fsync:error=EIO:when=1+", "open", "25565");

        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(78);
        assertThat(Files.readAllBytes(state)).isEqualTo(before);
        assertThat(rules()).isZero();
        assertThat(Lab.ajar("lan1", home, "close", "25570").exitCode()).isZero();
    }

    /** P3: a full disk ends nothing that is open. */
    @Test
    void p3_a_full_disk_does_not_stop_the_daemon() throws IOException {
        Path home = Files.createDirectory(stateFolder.resolve("small"));
        Path mount = Files.createDirectory(home.resolve("lan1"));
        assertThat(Shell.run("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", mount.toString())
                        .exitCode())
                .isZero();
        try (LabProcess daemon = LabProcess.start(
                        "lan1", home, Map.of("XDG_RUNTIME_DIR", stateFolder.toString()), "daemon")
                .await("keeping", SOON)) {
            assertThat(Lab.ajar("lan1", home, "open", "25565", "--lease", "40s", "--method", "upnp")
                            .exitCode())
                    .isZero();
            Shell.run("dd", "if=/dev/zero", "of=" + mount.resolve("full"), "bs=1k", "count=64");

            daemon.await("state file cannot be written", Duration.ofMinutes(2));
            assertThat(rules()).isEqualTo(1);

            Files.delete(mount.resolve("full"));
            daemon.await("written again", Duration.ofMinutes(2));
            assertThat(rules()).isEqualTo(1);
            daemon.signal("TERM");
            assertThat(daemon.end(SOON)).isZero();
        } finally {
            Shell.run("umount", "-l", mount.toString());
        }
    }

    /** P8: stopped for longer than the lease. */
    @Test
    void p8_what_ran_out_while_it_was_stopped_is_open_again_at_once() {
        try (LabProcess daemon =
                LabProcess.start("lan1", stateFolder, Map.of(), "daemon").await("keeping", SOON)) {
            assertThat(Lab.ajar("lan1", stateFolder, "open", "25565", "--lease", "20s", "--method", "upnp")
                            .exitCode())
                    .isZero();
            daemon.signal("STOP");
            LabProcess.until(() -> rules() == 0, SOON.plus(SOON), "the router drops it");
            daemon.signal("CONT");

            Duration took = LabProcess.until(() -> rules() == 1, Duration.ofSeconds(15), daemon.output());
            MeasurementLog.record("P8", "open again %d ms after SIGCONT".formatted(took.toMillis()));
            daemon.signal("TERM");
            assertThat(daemon.end(END)).isZero();
            assertThat(rules()).isZero();
        }
    }

    /** P7: an end within five seconds, whatever the router does; and P6: no lock is left behind. */
    @Test
    void p6_and_p7_it_ends_in_time_and_begins_again_after_a_kill() {
        try (LabProcess daemon =
                LabProcess.start("lan1", stateFolder, Map.of(), "daemon").await("keeping", SOON)) {
            assertThat(Lab.ajar("lan1", stateFolder, "open", "25565").exitCode())
                    .isZero();
            daemon.signal("KILL");
            daemon.end(SOON);
        }
        try (LabProcess daemon = LabProcess.start("lan1", stateFolder, Map.of(), "daemon", "--keep")
                .await("keeping", SOON)) {
            assertThat(Lab.ajar("lan1", stateFolder, "status").out()).contains("renewed by        the ajar daemon");
            daemon.signal("TERM");
            assertThat(daemon.end(END)).isZero();
            assertThat(rules()).isEqualTo(1);
        }
        Lab.script("stop");
        try (LabProcess daemon =
                LabProcess.start("lan1", stateFolder, Map.of(), "daemon").await("keeping", SOON)) {
            daemon.signal("TERM");
            assertThat(daemon.end(END)).isZero();
        } finally {
            Lab.script("start");
        }
    }
}
