package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.MeasurementLog;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Restarts in all combinations; {@code -Dajar.seeds} runs a fifth as many of them as of days. */
@Tag("simulation")
class RestartStormTest {
    private static final int SEEDS = Math.max(1, Integer.getInteger("ajar.seeds", 300) / 5);
    private static final long FIRST = Long.getLong("ajar.first-seed", 1);

    @Test
    void whatever_restarts_come_together_nothing_is_called_open_that_is_not() {
        List<String> wrong = LongStream.range(FIRST, FIRST + SEEDS)
                .parallel()
                .mapToObj(seed -> new RestartStorm(seed).run())
                .flatMap(Optional::stream)
                .toList();

        assertThat(wrong).isEmpty();
        MeasurementLog.record("restarts", "%d histories of restarts: 0 promises broken".formatted(SEEDS));
    }
}
