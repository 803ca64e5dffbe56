package dev.ajar.keeper.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run of cron renews, and what it knows of the next one. */
class RunScheduleTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    /** Runs with these gaps between them, in seconds. */
    private static List<Instant> runs(long... gaps) {
        List<Instant> runs = new ArrayList<>(List.of(START));
        for (long gap : gaps) {
            runs.add(runs.getLast().plusSeconds(gap));
        }
        return runs;
    }

    private static long learnt(long... gaps) {
        return RunSchedule.learnt(runs(gaps))
                .interval()
                .map(Duration::toSeconds)
                .orElse(-1L);
    }

    /** Lease, age and interval in minutes. */
    @ParameterizedTest
    @CsvSource({
        "60, 30, 5, true",
        "60, 29, 5, false", // half
        "60, 10, 20, false",
        "60, 20, 20, true", // would end as the next run but one begins
        "60, 6, 60, true",
        "60, 5, 60, false",
        "120, 20, 20, false",
        "120, 60, 20, true",
        "120, 6, 59, true",
        "120, 1, 50, false", // before the next but one, and its delay
        "2, 1, 1, true",
        "4, 1, 1, false",
        "10, 9, 20, true",
        "10, 2, 20, true",
        "10, 1, 20, false"
    })
    void a_lease_is_renewed_past_its_half_or_if_it_would_end_before_the_next_run_but_one(
            long lease, long age, long interval, boolean due) {
        assertThat(RunSchedule.every(Duration.ofMinutes(interval))
                        .isRenewalDue(Duration.ofMinutes(lease), Duration.ofMinutes(age)))
                .isEqualTo(due);
    }

    @Test
    void without_an_interval_only_half_of_the_lease_counts() {
        Duration hour = Duration.ofHours(1);
        assertThat(RunSchedule.UNKNOWN.isRenewalDue(hour, Duration.ofMinutes(29)))
                .isFalse();
        assertThat(RunSchedule.UNKNOWN.isRenewalDue(hour, Duration.ofMinutes(30)))
                .isTrue();
        assertThat(RunSchedule.UNKNOWN.isRenewalDue(hour, hour.multipliedBy(2))).isTrue();
    }

    @Test
    void the_interval_is_that_of_most_runs() {
        assertThat(learnt()).isEqualTo(-1);
        assertThat(learnt(1200)).isEqualTo(1200);
        assertThat(learnt(1200, 1201, 1199, 1200)).isEqualTo(1200);
    }

    @Test
    void a_missed_run_or_a_day_off_does_not_change_it() {
        assertThat(learnt(1200, 1200, 2400)).isEqualTo(1200);
        assertThat(learnt(1200, 1200, 86_400, 1200)).isEqualTo(1200);
        assertThat(learnt(86_400, 1200, 1200)).isEqualTo(1200);
    }

    @Test
    void a_second_long_gap_is_a_new_interval_at_once_and_a_shorter_one_after_a_while() {
        assertThat(learnt(300, 300, 300, 300, 300, 3600, 3600)).isEqualTo(3600);
        assertThat(learnt(3600, 3600, 3600, 3600, 300, 300, 300, 300)).isEqualTo(3600);
        assertThat(learnt(3600, 3600, 3600, 3600, 300, 300, 300, 300, 300)).isEqualTo(300);
    }

    @Test
    void two_crons_at_once_and_a_clock_set_back_are_no_gaps() {
        assertThat(learnt(1200, 1, 1199, 0, 1200)).isEqualTo(1200);
        assertThat(learnt(1200, -86_400, 1200)).isEqualTo(1200);
        assertThat(learnt(-10)).isEqualTo(-1);
    }

    /** A machine without a clock chip begins each day in 1970, and runs twice before it is off again. */
    @Test
    void a_clock_that_begins_in_the_past_at_each_start_is_no_interval() {
        long years = Duration.ofDays(20_000).toSeconds();
        assertThat(learnt(-years, years, 1200, -years, years, 1200)).isEqualTo(1200);
        assertThat(learnt(-years, years)).isEqualTo(-1);
        assertThat(RunSchedule.told(Duration.ofMinutes(20), runs(years, -years, years))
                        .interval())
                .contains(Duration.ofMinutes(20));
        assertThat(learnt(Duration.ofDays(7).toSeconds())).isEqualTo(604_800);
    }

    @Test
    void what_the_user_tells_counts_unless_the_runs_come_less_often() {
        Duration told = Duration.ofMinutes(20);
        assertThat(RunSchedule.told(told, runs()).interval()).contains(told);
        assertThat(RunSchedule.told(told, runs(300, 300, 300)).interval()).contains(told);
        assertThat(RunSchedule.told(told, runs(1200, 86_400)).interval()).contains(told);
        assertThat(RunSchedule.told(told, runs(3600, 3600)).interval()).contains(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void few_runs_make_no_habit(int count) {
        assertThat(RunSchedule.isHabit(runs(new long[count]))).isFalse();
        assertThat(RunSchedule.isHabit(runs(60, 60, 60))).isTrue();
    }
}
