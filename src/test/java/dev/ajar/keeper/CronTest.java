package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.keeper.decision.RunSchedule;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.model.MappingProtocol;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code ajar renew} from cron, on simulated time: each run is a new process. */
class CronTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static CronDays days(MappingProtocol method, int lease, int interval) {
        return new CronDays(method, Duration.ofMinutes(lease), Duration.ofMinutes(interval), true, 1);
    }

    /** The case of the reports: each run found the lease due in five seconds, and ended. */
    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void a_lease_past_its_half_is_renewed_by_a_new_process(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        world.clock.advance(Duration.ofMinutes(31));
        long before = world.router.mappingRequests;

        world.runOnce(RunSchedule.UNKNOWN);

        assertThat(world.router.mappingRequests - before)
                .as("the lease of an hour, and not that of two")
                .isEqualTo(1);
        world.clock.advance(Duration.ofMinutes(59));
        assertThat(world.allUp()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"60, 5", "60, 20", "120, 60", "120, 5", "2, 1", "10, 4", "100, 60"})
    void a_few_days_have_no_lapse(int lease, int interval) {
        for (MappingProtocol method : Samples.PROTOCOLS.all()) {
            for (boolean told : new boolean[] {true, false}) {
                CronDays days =
                        new CronDays(method, Duration.ofMinutes(lease), Duration.ofMinutes(interval), told, lease);
                for (int run = 0; run < 100; run++) {
                    days.next();
                }
                assertThat(days.lapses).as("%s, told: %s", method, told).isZero();
                assertThat(days.renewals).isLessThanOrEqualTo(days.runs());
                assertThat(days.world().count(KeeperEvent.Lost.class)).isZero();
            }
        }
    }

    @Test
    void one_missed_run_after_another_costs_nothing() {
        CronDays days = days(Samples.PROTOCOLS.all().getFirst(), 60, 20);
        for (int run = 0; run < 100; run++) {
            days.next();
            days.miss();
            days.next();
        }
        assertThat(days.lapses).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void the_shipped_timer_which_drifts_has_no_lapse(MappingProtocol method) {
        for (int lease : new int[] {30, 60, 120}) {
            CronDays days = days(method, lease, 20);
            for (int run = 0; run < 300; run++) {
                days.nextOfTimer();
            }
            assertThat(days.lapses).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void the_first_run_after_a_day_off_opens_the_port_again(MappingProtocol method) {
        CronDays days = days(method, 60, 20);
        days.next();
        days.off(Duration.ofDays(1));
        days.repairing();

        assertThat(days.world().allUp()).isTrue();
        days.next();
        assertThat(days.lapses).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void a_second_cron_at_the_same_moment_renews_nothing(MappingProtocol method) {
        for (int lease : new int[] {2, 30, 60, 600}) {
            CronDays days = days(method, lease, 20);
            for (int run = 0; run < 20; run++) {
                days.repairing();
                days.renewals = 0;
                days.run();
                assertThat(days.renewals).as("lease %d min", lease).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void a_lost_answer_is_asked_for_once_more_in_the_same_run(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        world.clock.advance(Duration.ofMinutes(40));
        world.router.upAt = world.clock.elapsed().plusSeconds(3);
        long before = world.router.mappingRequests;

        world.runOnce(RunSchedule.every(Duration.ofMinutes(60)));

        assertThat(world.router.mappingRequests - before).isBetween(2L, 4L);
        world.clock.advance(Duration.ofMinutes(59));
        assertThat(world.allUp()).isTrue();
    }

    @Test
    void a_router_that_never_answers_renewals_is_asked_twice_and_the_run_ends() {
        SimWorld world = SimWorld.withTwoPorts(Samples.PROTOCOLS.all().getFirst());
        world.clock.advance(Duration.ofMinutes(40));
        world.router.ignoresMappingRequests = true;
        long before = world.router.mappingRequests;
        Duration begin = world.clock.elapsed();

        world.runOnce(RunSchedule.every(Duration.ofMinutes(5)));

        assertThat(world.router.mappingRequests - before).isLessThanOrEqualTo(2);
        assertThat(world.clock.elapsed().minus(begin)).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void a_lease_too_short_for_the_interval_is_told_apart() {
        SimWorld world = SimWorld.withTwoPorts(Samples.PROTOCOLS.all().getFirst());
        MappingState.Active open =
                (MappingState.Active) world.keeper().tracked().iterator().next().state();

        assertThat(RunSchedule.every(HOUR).isTooShort(open.lease())).isTrue();
        assertThat(RunSchedule.every(Duration.ofMinutes(50)).isTooShort(open.lease()))
                .isFalse();
        assertThat(RunSchedule.UNKNOWN.isTooShort(open.lease())).isFalse();
    }

    /** Without a process that closes it in time, the lease has to end when the user said. */
    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void what_is_wanted_for_a_time_is_renewed_until_then_and_no_longer(MappingProtocol method) {
        SimWorld world = new SimWorld(7, Set.of(method));
        RunSchedule schedule = RunSchedule.every(Duration.ofMinutes(20));
        world.wantFor(25565, Duration.ofMinutes(30), Duration.ofMinutes(50));
        world.runOnce(schedule);
        world.clock.advance(Duration.ofMinutes(20));
        world.runOnce(schedule);
        long asked = world.router.mappingRequests;
        world.clock.advance(Duration.ofMinutes(20));
        world.runOnce(schedule);

        assertThat(world.router.mappingRequests).as("it lasts long enough").isEqualTo(asked);
        world.clock.advance(Duration.ofMinutes(9));
        assertThat(world.allUp()).isTrue();
        world.clock.advance(Duration.ofMinutes(1).plusSeconds(5));
        assertThat(world.allUp()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void the_daemon_asks_for_no_more_than_the_rest_of_the_time(MappingProtocol method) {
        SimWorld world = new SimWorld(7, Set.of(method));
        world.wantFor(25565, Duration.ofMinutes(30), Duration.ofMinutes(50));
        world.run(Duration.ofMinutes(45));
        assertThat(world.allUp()).isTrue();
        assertThat(world.router.mappingRequests).isLessThanOrEqualTo(4);

        // The daemon is killed.
        world.clock.advance(Duration.ofMinutes(5).plusSeconds(5));
        assertThat(world.allUp()).isFalse();
    }
}
