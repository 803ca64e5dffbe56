package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.model.MappingProtocol;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Months without a fault, and many mappings: what takes longer than a quick build may. */
@Tag("simulation")
class LongKeepingTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void a_month_without_a_fault_has_no_lapse(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);

        world.runUntil(
                world.clock.elapsed().plus(Duration.ofDays(30)),
                () -> assertThat(world.allUp())
                        .as("at %s", world.clock.elapsed())
                        .isTrue());

        assertThat(world.router.violations).isEmpty();
        assertThat(world.count(KeeperEvent.Lost.class)).isZero();
        assertThat(world.events).hasSize(2);
    }

    @Test
    void a_thousand_mappings_cause_few_requests() {
        for (MappingProtocol method : Samples.PROTOCOLS.all()) {
            SimWorld world = new SimWorld(9, Set.of(method));
            for (int i = 0; i < 1000; i++) {
                world.want(10_000 + i, HOUR.multipliedBy(2));
            }
            assertThat(world.untilAllUp(HOUR)).isLessThan(Duration.ofMinutes(5));
            world.router.mostInASecond = 0;
            long before = world.router.requests;

            world.run(HOUR.multipliedBy(4));

            assertThat(world.allUp()).isTrue();
            assertThat(world.router.mostInASecond).as("%s", method).isLessThanOrEqualTo(20);
            long perSecond = (world.router.requests - before) / 14_400;
            assertThat(perSecond).isLessThanOrEqualTo(method.equals(UpnpProtocol.UPNP) ? 5 : 1);
        }
    }
}
