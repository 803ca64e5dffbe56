package dev.ajar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs run on changes: in order, with a reduced environment, and without an effect of their failures on the daemon.
 */
class ChangeHookTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private final List<String> log = new CopyOnWriteArrayList<>();

    private ChangeHook hook() {
        return new ChangeHook(
                Map.of("HOME", folder.toString(), "PATH", "/usr/bin:/bin"), line -> log.add(line.toString()));
    }

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    private void awaitLog(String line) {
        await().atMost(LONG).untilAsserted(() -> assertThat(log).contains(line));
    }

    @Test
    void programs_run_one_after_the_other_in_order() {
        ChangeHook hook = hook();
        for (int i = 0; i < 5; i++) {
            hook.run(shell("echo begin $N; echo end $N"), Map.of("N", Integer.toString(i)));
        }
        awaitLog("on_change /bin/sh: end 4");
        assertThat(log)
                .containsExactly(
                        "on_change /bin/sh: begin 0",
                        "on_change /bin/sh: end 0",
                        "on_change /bin/sh: begin 1",
                        "on_change /bin/sh: end 1",
                        "on_change /bin/sh: begin 2",
                        "on_change /bin/sh: end 2",
                        "on_change /bin/sh: begin 3",
                        "on_change /bin/sh: end 3",
                        "on_change /bin/sh: begin 4",
                        "on_change /bin/sh: end 4");
    }

    @Test
    void the_first_lines_of_output_are_cleaned_and_logged() {
        hook().run(shell("printf 'a\\033[31mred\\n\\n'; seq 1 100000; exit 3"), Map.of());

        awaitLog("on_change /bin/sh ended with 3");
        awaitLog("on_change /bin/sh: 1");
        assertThat(log).hasSizeLessThanOrEqualTo(6).noneMatch(line -> line.contains("\033"));
    }

    @Test
    void a_missing_program_is_logged_and_the_next_one_runs() {
        ChangeHook hook = hook();
        hook.run(List.of("/no/such/program"), Map.of());
        hook.run(shell("echo here"), Map.of());

        awaitLog("on_change /bin/sh: here");
        assertThat(log.getFirst()).startsWith("on_change /no/such/program");
    }

    @Test
    void processes_that_a_program_leaves_behind_are_ended() throws Exception {
        hook().run(shell("sleep 600 >/dev/null 2>&1 & echo $! > \"$HOME/pid\"; echo left"), Map.of());
        awaitLog("on_change /bin/sh: left");
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());

        await().atMost(LONG)
                .until(() -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }
}
