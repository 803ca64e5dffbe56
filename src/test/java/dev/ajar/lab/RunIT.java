package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.MeasurementLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ajar run}: the program runs as it would without ajar. */
class RunIT extends InLab {
    @BeforeAll
    static void up() {
        Lab.script("up", "igd2");
    }

    @ParameterizedTest
    @CsvSource({
        "exit 0, 0",
        "exit 7, 7",
        "exit 255, 255",
        "kill -TERM $$, 143",
        "kill -KILL $$, 137",
        "kill -SEGV $$, 139",
        "kill -INT $$, 130"
    })
    void its_exit_is_the_childs(String script, int expected) {
        Shell.Outcome outcome = Lab.ajar("lan1", stateFolder, "run", "--open", "25565", "--", "sh", "-c", script);

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(expected);
        assertThat(outcome.out()).isEmpty();
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 15", "HUP, 1", "INT, 2", "USR1, 10", "USR2, 12"})
    void signals_reach_the_child(String signal, int number) {
        try (LabProcess run = LabProcess.start(
                "lan1",
                stateFolder,
                Map.of(),
                "run",
                "--open",
                "25565",
                "--",
                "sh",
                "-c",
                "trap 'echo got " + signal + "; exit 5' " + signal + "; echo up; while :; do sleep 0.1; done")) {
            run.await("up", SOON);
            LabProcess.until(() -> Lab.rules().contains("25565"), SOON, run.output());

            run.signal(signal);

            assertThat(run.end(SOON)).as("signal %d", number).isEqualTo(5);
            assertThat(run.output()).contains("got " + signal);
            assertThat(Lab.rules()).doesNotContain("25565");
        }
    }

    @Test
    void input_and_output_are_the_childs() throws IOException {
        Path input = Files.writeString(stateFolder.resolve("in"), "hello\nworld\n");
        Shell.Outcome outcome = Shell.run(
                Map.of("XDG_STATE_HOME", stateFolder.toString(), "AJAR", Lab.program(), "INPUT", input.toString()),
                List.of(
                        "sh",
                        "-c",
                        String.join(" ", Lab.inside("lan1", List.of("\"$AJAR\"")))
                                + " run --open 25565 -- sh -c 'cat; echo error >&2' < \"$INPUT\""));

        assertThat(outcome.out()).isEqualTo("hello\nworld\n");
        assertThat(outcome.err()).isEqualTo("error\n");
    }

    /** Including those that begin with @, which some programs take for files of arguments. */
    @Test
    void arguments_are_the_childs_to_the_letter() throws IOException {
        Path file = Files.writeString(stateFolder.resolve("words"), "one two");
        Shell.Outcome outcome = Lab.ajar(
                "lan1",
                stateFolder,
                "run",
                "--open",
                "25565",
                "--",
                "printf",
                "[%s]",
                "@" + file,
                "@@two",
                "--open",
                "",
                "a b");

        assertThat(outcome.out()).isEqualTo("[@" + file + "][@@two][--open][][a b]");
    }

    /** Only measured here; another test asserts that the program does not wait for a router. */
    @Test
    void the_start_time_of_the_child_is_measured() {
        long[] took = new long[5];
        for (int i = 0; i < took.length; i++) {
            long before = System.currentTimeMillis();
            Shell.Outcome outcome = Lab.ajar("lan1", stateFolder, "run", "--open", "25565", "--", "date", "+%s%3N");
            took[i] = Long.parseLong(outcome.out().strip()) - before;
        }
        java.util.Arrays.sort(took);
        MeasurementLog.record("run-start", "ajar run adds %d ms to the child's start (median of 5)".formatted(took[2]));
    }

    /** A server that goes on until the file is there, however slow this machine is. */
    private LabProcess server(String port, Path end) {
        String script = "echo started; until [ -e %s ]; do sleep 0.1; done; exit 3".formatted(end);
        return LabProcess.start("lan1", stateFolder, Map.of(), "run", "--open", port, "--", "sh", "-c", script);
    }

    @Test
    void two_servers_at_once_keep_out_of_each_others_way() throws IOException {
        Path enough = stateFolder.resolve("enough");
        try (LabProcess one = server("25565", enough);
                LabProcess other = server("25570", enough)) {
            LabProcess.until(
                    () -> Lab.rules().contains("25565") && Lab.rules().contains("25570"),
                    SOON,
                    one.output() + other.output());
            Files.createFile(enough);
            assertThat(one.end(SOON)).isEqualTo(3);
            assertThat(other.end(SOON)).isEqualTo(3);
        }
        assertThat(Lab.rules()).doesNotContain("25565").doesNotContain("25570");
    }

    /** Each owner wants the port for itself: when one ends, it stays open for the other. */
    @Test
    void a_port_that_another_owner_still_wants_stays_open() {
        assertThat(Lab.ajar("lan1", stateFolder, "open", "25565").exitCode()).isZero();

        assertThat(Lab.ajar("lan1", stateFolder, "run", "--open", "25565", "--", "sleep", "2")
                        .exitCode())
                .isZero();

        assertThat(Lab.rules()).contains("25565");
        assertThat(Lab.ajar("lan1", stateFolder, "renew").out()).contains("All is well: 1 open");
        assertThat(Lab.ajar("lan1", stateFolder, "close", "25565").exitCode()).isZero();
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    @Test
    void a_preset_names_the_ports_and_a_dangerous_one_needs_confirmation() {
        Shell.Outcome opened =
                Lab.ajar("lan1", stateFolder, "run", "--preset", "valheim", "-v", "--require", "--", "true");
        assertThat(opened.exitCode()).as(opened.err()).isZero();
        assertThat(opened.err()).contains(":2456 ").contains(":2457 ");

        Shell.Outcome refused = Lab.ajar("lan1", stateFolder, "run", "--preset", "rdp", "--", "echo", "started");
        assertThat(refused.exitCode()).isEqualTo(9);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("--yes-expose rdp");

        Shell.Outcome warned = Lab.ajar("lan1", stateFolder, "run", "--open", "8554", "--require", "--", "true");
        assertThat(warned.exitCode()).as(warned.err()).isZero();
        assertThat(warned.err()).containsOnlyOnce("(RTSP)");

        assertThat(Lab.ajar("lan1", stateFolder, "run", "--preset", "castle", "--", "true")
                        .exitCode())
                .isEqualTo(2);
    }

    /** P6 and the journal: the next ajar process closes what a killed one left open. */
    @Test
    void a_port_left_open_by_a_killed_run_is_closed_by_the_next_process() {
        try (LabProcess run =
                LabProcess.start("lan1", stateFolder, Map.of(), "run", "--open", "25565", "--", "sleep", "45")) {
            LabProcess.until(() -> Lab.rules().contains("25565"), SOON, run.output());
            run.signal("KILL");
            run.end(SOON);
        }
        assertThat(Lab.rules()).contains("25565");

        assertThat(Lab.ajar("lan1", stateFolder, "renew").out()).contains("closed  tcp 25565");
        assertThat(Lab.rules()).doesNotContain("25565");
    }

    @Test
    void without_a_router_it_runs_all_the_same_unless_that_is_required() throws IOException {
        Lab.script("stop");
        try {
            Path enough = stateFolder.resolve("enough");
            try (LabProcess warned = server("25565", enough)) {
                warned.await("not open  tcp 25565", SOON);
                Files.createFile(enough);
                assertThat(warned.end(SOON)).isEqualTo(3);
                assertThat(warned.output()).as("it did not wait for the router").startsWith("started");
            }

            Shell.Outcome required =
                    Lab.ajar("lan1", stateFolder, "run", "--require", "--open", "25565", "--", "echo", "started");
            assertThat(required.exitCode()).isEqualTo(3);
            assertThat(required.out()).isEmpty();
            assertThat(required.err()).contains("not started");
        } finally {
            Lab.script("start");
        }
    }

    @Test
    void a_missing_program_is_reported_as_by_a_shell() throws IOException {
        Shell.Outcome outcome = Lab.ajar("lan1", stateFolder, "run", "--open", "25565", "--", "/no/such/program");

        assertThat(outcome.exitCode()).isEqualTo(127);
        assertThat(outcome.err()).contains("/no/such/program");
        assertThat(Lab.ajar("lan1", stateFolder, "run", "minecraft", "--", "true")
                        .err())
                .contains("did you mean ajar run --open minecraft -- true?");
        Path plain = Files.writeString(stateFolder.resolve("plain"), "no program");
        assertThat(Lab.ajar("lan1", stateFolder, "run", "--open", "25565", "--", plain.toString())
                        .exitCode())
                .isEqualTo(126);
    }
}
