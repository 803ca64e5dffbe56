package dev.ajar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastResortTest {
    private Duration waited = Duration.ZERO;

    @ParameterizedTest
    @CsvSource({"false, PT4.7S", "true, PT34.7S"})
    void the_process_outlives_what_the_keeper_may_take(boolean slow, Duration limit) {
        LastResort last = new LastResort();
        last.isSlow(slow);

        last.await(time -> waited = waited.plus(time));

        assertThat(waited).isEqualTo(limit);
    }

    /** The keeper's thread may learn of the end only while the last resort is waiting. */
    @Test
    void what_is_known_late_still_counts() {
        LastResort last = new LastResort();

        last.await(time -> {
            waited = waited.plus(time);
            last.isSlow(true);
        });

        assertThat(waited).isEqualTo(Duration.ofMillis(34_700));
    }
}
