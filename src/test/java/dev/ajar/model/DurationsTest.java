package dev.ajar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationsTest {
    private static final List<Duration> SOME = List.of(
            Duration.ZERO,
            Duration.ofNanos(1),
            Duration.ofMillis(1999),
            Duration.ofSeconds(7, 999_999_999),
            Duration.ofDays(365_000),
            Duration.ofMillis(-1500));

    @Test
    void multiples_are_java_s_own() {
        for (Duration duration : SOME) {
            for (long factor : new long[] {0, 1, 2, 11, 1 << 10}) {
                assertThat(Durations.times(duration, factor)).isEqualTo(duration.multipliedBy(factor));
            }
        }
    }

    @Test
    void parts_are_java_s_own_and_round_towards_the_past() {
        for (Duration duration : SOME) {
            for (long divisor : new long[] {1, 2, 3, 40, 1000, 7_200_000}) {
                Duration own = duration.dividedBy(divisor);
                assertThat(Durations.divided(duration, divisor))
                        .isBetween(own.minusNanos(duration.isNegative() ? 1 : 0), own);
            }
        }
    }

    @Test
    void distances_are_java_s_own() {
        for (Duration duration : SOME) {
            assertThat(Durations.distance(duration)).isEqualTo(duration.abs());
        }
    }

    @Test
    void a_fraction_is_a_part_of_a_multiple() {
        assertThat(Durations.fraction(Duration.ofSeconds(10), 11, 40)).isEqualTo(Duration.ofMillis(2750));
    }

    @Test
    void what_no_duration_can_hold_is_refused() {
        assertThatThrownBy(() -> Durations.times(Duration.ofSeconds(Long.MAX_VALUE), 2))
                .isInstanceOf(ArithmeticException.class);
    }
}
