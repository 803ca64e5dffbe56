package dev.ajar.state.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.MeasurementLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thousands of histories of one state file, in memory. {@code -Dajar.histories=20000} plays that many. */
@Tag("simulation")
class ManyStateHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("ajar.histories", 2_000);
    private static final long FIRST = Long.getLong("ajar.first-seed", 1);

    @Test
    void nothing_is_lost_and_nothing_left_open() {
        Map<String, Integer> outcomes = new ConcurrentHashMap<>();
        LongStream.range(FIRST, FIRST + HISTORIES)
                .parallel()
                .forEach(seed -> assertThat(new StateHistory(seed, true, outcomes).run())
                        .as("seed " + seed)
                        .isEmpty());
        assertThat(outcomes.getOrDefault("opened", 0)).isGreaterThan(HISTORIES);
        MeasurementLog.record(
                "state file", "%d histories: nothing lost, nothing left open; %s".formatted(HISTORIES, outcomes));
    }
}
