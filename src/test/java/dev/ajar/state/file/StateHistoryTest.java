package dev.ajar.state.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A few of the histories of {@link ManyStateHistoriesTest}. */
class StateHistoryTest {
    private static final int HISTORIES = 60;

    @Test
    void nothing_is_lost_and_nothing_left_open() {
        Map<String, Integer> outcomes = new HashMap<>();
        for (long seed = 0; seed < HISTORIES; seed++) {
            assertThat(new StateHistory(seed, true, outcomes).run())
                    .as("seed " + seed)
                    .isEmpty();
        }
        // A history in which every step fails would show nothing.
        assertThat(outcomes.keySet()).contains("opened", "closed", "refused", "killed", "renewed");
        assertThat(outcomes.get("opened")).isGreaterThan(HISTORIES);
    }

    /** The test would notice a process that asks the router before it writes the claim. */
    @Test
    void a_claim_that_is_not_written_first_is_found() {
        assertThat(LongStream.range(0, HISTORIES)
                        .anyMatch(seed -> new StateHistory(seed, false, new HashMap<>())
                                .run()
                                .isPresent()))
                .isTrue();
    }
}
