package dev.ajar.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.ManualTimeline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final ManualTimeline timeline = new ManualTimeline();

    @Test
    void it_passes_with_time_and_never_goes_negative() {
        Deadline deadline = Deadline.after(timeline, Duration.ofSeconds(2));

        timeline.advance(Duration.ofSeconds(1));
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(1));

        timeline.advance(Duration.ofSeconds(5));
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.hasPassed()).isTrue();
    }

    @Test
    void a_part_of_it_never_ends_later_than_the_whole() {
        Deadline whole = Deadline.after(timeline, Duration.ofSeconds(2));

        assertThat(whole.within(Duration.ofSeconds(1)).remaining()).isEqualTo(Duration.ofSeconds(1));
        assertThat(whole.within(Duration.ofSeconds(9))).isEqualTo(whole);
    }
}
