package dev.ajar.system.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedRunTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static BoundedRun shell(Duration limit, String script) {
        return new BoundedRun(limit, "/bin/sh", "-c", script);
    }

    @Test
    void an_exit_code_and_the_output_without_errors() {
        assertThat(shell(LONG, "echo out; echo err >&2; exit 3").run())
                .isEqualTo(new BoundedRun.Outcome.Ended(3, "out\n"));
        assertThat(shell(LONG, "echo out; echo err >&2").withErrors().run())
                .isEqualTo(new BoundedRun.Outcome.Ended(0, "out\nerr\n"));
    }

    @Test
    void no_more_than_the_limit_is_captured_and_the_program_is_not_held_up() {
        assertThat(shell(LONG, "head -c 1000000 /dev/zero | tr '\\0' x; exit 4")
                        .capturing(5)
                        .run())
                .isEqualTo(new BoundedRun.Outcome.Ended(4, "xxxxx"));
    }

    @Test
    void input_is_empty_and_the_environment_is_as_given() {
        assertThat(shell(LONG, "cat; echo $A$HOME")
                        .withOnly(Map.of("A", "1"))
                        .run()
                        .text())
                .isEqualTo("1\n");
        assertThat(shell(LONG, "echo $A$AJAR").with("AJAR", "2").run().text()).isEqualTo("2\n");
    }

    @Test
    void a_program_that_takes_too_long_is_killed() {
        assertThat(shell(Duration.ofMillis(1), "sleep 600").run()).isInstanceOf(BoundedRun.Outcome.Killed.class);
    }

    @Test
    void an_interrupt_kills_a_program_and_all_it_has_started(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        FutureTask<BoundedRun.Outcome> run = new FutureTask<>(
                () -> shell(LONG, "sleep 600 & echo $! > " + pid + ".new; mv " + pid + ".new " + pid + "; wait")
                        .withItsGroup()
                        .run());
        Thread thread = Thread.ofPlatform().start(run);
        await().until(() -> Files.exists(pid));
        thread.interrupt();

        assertThat(run.get()).isInstanceOf(BoundedRun.Outcome.Killed.class);
        assertThat(isGone(Long.parseLong(Files.readString(pid).strip()))).isTrue();
    }

    @Test
    void what_a_program_leaves_running_in_its_group_ends_with_it() {
        BoundedRun.Outcome outcome = shell(LONG, "sleep 600 >/dev/null 2>&1 & echo $!")
                .withItsGroup()
                .run();

        assertThat(outcome).isInstanceOf(BoundedRun.Outcome.Ended.class);
        assertThat(isGone(Long.parseLong(outcome.text().strip()))).isTrue();
    }

    private static boolean isGone(long pid) {
        await().until(() -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
        return true;
    }

    @Test
    void a_program_that_is_not_there_is_a_value() {
        assertThat(new BoundedRun(LONG, "/no/such/program").run())
                .isInstanceOf(BoundedRun.Outcome.NotStarted.class)
                .extracting(BoundedRun.Outcome::text)
                .isEqualTo("");
    }

    @Test
    void a_supervised_process_talks_gets_signals_and_tells_its_end() throws Exception {
        SupervisedProcess process = SupervisedProcess.onPipes(
                List.of(
                        "/bin/sh",
                        "-c",
                        "trap 'echo $A; exit 7' USR1; read line; echo $line; while :; do sleep 0.05; done"),
                Map.of("A", "heard"));
        CountDownLatch ended = new CountDownLatch(1);
        process.whenEnded(ended::countDown);
        process.input().write("hello\n".getBytes(StandardCharsets.UTF_8));
        process.input().flush();

        assertThat(line(process)).isEqualTo("hello");
        assertThat(process.isRunning()).isTrue();
        process.signal("USR1");
        assertThat(line(process)).isEqualTo("heard");
        assertThat(process.await()).isEqualTo(7);
        ended.await();
        assertThat(process.isRunning()).isFalse();
    }

    private static String line(SupervisedProcess process) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = process.output().read();
                c >= 0 && c != '\n';
                c = process.output().read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
