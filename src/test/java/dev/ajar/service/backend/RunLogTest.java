package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.state.file.FileLineStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file from which the time between runs is learnt. */
class RunLogTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    private RunLog log() {
        return new RunLog(new FileLineStore(folder, RunLog.FILE));
    }

    @Test
    void the_last_runs_are_kept_in_a_small_file() throws IOException {
        assertThat(log().runs()).isEmpty();
        for (int i = 0; i < 1000; i++) {
            log().add(new RunLog.Run(START.plusSeconds(i), List.of("tcp 25565 600")));
        }

        List<RunLog.Run> runs = log().runs();
        assertThat(runs).hasSize(16);
        assertThat(runs.getLast()).isEqualTo(new RunLog.Run(START.plusSeconds(999), List.of("tcp 25565 600")));
        assertThat(Files.size(folder.resolve(RunLog.FILE))).isLessThanOrEqualTo(16 * 1024);
    }

    @Test
    void damaged_lines_are_skipped() throws IOException {
        log().add(new RunLog.Run(START, List.of()));
        Files.writeString(
                folder.resolve(RunLog.FILE),
                Files.readString(folder.resolve(RunLog.FILE))
                        + "{}\n\u0000\n[1]\n{\"at\":\"yesterday\"}\n{\"at\":7}\n{\"at\":\"2026-11-23T12:20:00Z\",\"told\":7}\n"
                        + "{\"at\":\"+1000000000-12-31T23:59:59.999999999Z\"}\n{\"at\":\"2026-11-23T12:40:00Z\",\"new\":1}\n{\"at");

        assertThat(log().runs()).extracting(RunLog.Run::at).startsWith(START).endsWith(START.plusSeconds(2400));
    }

    @Test
    void an_extreme_time_is_no_gap_that_breaks_a_run() {
        log().add(new RunLog.Run(Instant.MAX, List.of()));
        log().add(new RunLog.Run(Instant.MIN, List.of()));
        log().add(new RunLog.Run(START, List.of()));

        assertThat(dev.ajar.keeper.decision.RunSchedule.learnt(
                        log().runs().stream().map(RunLog.Run::at).toList()))
                .isNotNull();
    }
}
