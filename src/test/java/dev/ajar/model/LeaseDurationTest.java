package dev.ajar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseDurationTest {
    @ParameterizedTest
    @CsvSource({"3600, 1h", "7200, 2h", "1800, 30m", "604800, 7d", "60, 1m", "61, 1m1s", "3599, 59m59s", "90000, 1d1h"})
    void its_text_is_short(long seconds, String text) {
        assertThat(LeaseDuration.ofSeconds(seconds).text()).isEqualTo(text);
    }

    @Test
    void permanent_is_zero_on_the_wire() {
        assertThat(LeaseDuration.PERMANENT.seconds()).isZero();
        assertThat(LeaseDuration.PERMANENT.text()).isEqualTo("permanent");
    }

    @Test
    void a_lease_lasts_at_least_a_second() {
        assertThatThrownBy(() -> LeaseDuration.ofSeconds(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
