package dev.ajar.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Adjustment;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How long the adjustments that a gateway needed are remembered. */
class LearnedAdjustmentsTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Set<Adjustment> PERMANENT = Set.of(Adjustment.PERMANENT_LEASE);

    private static LearnedAdjustments learned(String device, Instant learntAt, Set<Adjustment> adjustments) {
        return new LearnedAdjustments(Samples.GATEWAY, device, adjustments, learntAt);
    }

    private static Snapshot after(Duration time, Snapshot snapshot) {
        return snapshot.current(START.plus(time));
    }

    @Test
    void adjustments_are_for_one_device_at_one_address() {
        Snapshot snapshot = Snapshot.EMPTY.with(learned("Example RX-5", START, PERMANENT));

        assertThat(snapshot.learned(Samples.GATEWAY, "Example RX-5")).isEqualTo(PERMANENT);
        assertThat(snapshot.learned(Samples.GATEWAY, "Another")).isEmpty();
        assertThat(snapshot.learned(Samples.NEIGHBOUR, "Example RX-5")).isEmpty();
    }

    /** Using them does not extend the month, so that new firmware is noticed. */
    @Test
    void a_lesson_lasts_a_month_from_when_it_was_learnt() {
        Snapshot snapshot = Snapshot.EMPTY.with(learned("x", START, PERMANENT));
        Snapshot used = snapshot.with(learned("x", START.plus(Duration.ofDays(20)), PERMANENT));

        assertThat(after(Duration.ofDays(29), used).learned(Samples.GATEWAY, "x"))
                .isEqualTo(PERMANENT);
        assertThat(after(Duration.ofDays(31), used).learned(Samples.GATEWAY, "x"))
                .isEmpty();
    }

    @Test
    void newer_adjustments_replace_older_ones() {
        Snapshot snapshot = Snapshot.EMPTY.with(learned("x", START, PERMANENT));
        Set<Adjustment> week = Set.of(Adjustment.LONGEST_LEASE);

        assertThat(snapshot.with(learned("x", START, week)).learned(Samples.GATEWAY, "x"))
                .isEqualTo(week);
        assertThat(snapshot.with(learned("x", START, Set.of())).learned()).isEmpty();
    }

    @Test
    void at_most_32_gateways_are_remembered() {
        Snapshot snapshot = Snapshot.EMPTY;
        for (int i = 0; i < 100; i++) {
            snapshot = snapshot.with(learned("device " + i, START, PERMANENT));
        }
        assertThat(snapshot.learned()).hasSize(32);
        assertThat(snapshot.learned(Samples.GATEWAY, "device 99")).isEqualTo(PERMANENT);
    }
}
