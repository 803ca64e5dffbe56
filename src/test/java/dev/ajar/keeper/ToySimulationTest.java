package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.GatewaySelector;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.toy.ToyProtocol;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The keeper keeps mappings of a protocol that no class outside its package knows. */
class ToySimulationTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final GatewaySelector TOY =
            new GatewaySelector(ProtocolChoice.only(ToyProtocol.TOY), Optional.empty(), Optional.empty());

    private static SimWorld world() {
        SimWorld world = new SimWorld(11, Set.of(ToyProtocol.TOY));
        world.want(25565, HOUR, TOY);
        world.want(25566, Duration.ofHours(2), TOY);
        assertThat(world.untilAllUp(Duration.ofSeconds(10))).isLessThan(Duration.ofSeconds(5));
        return world;
    }

    @Test
    void two_days_have_no_lapse() {
        SimWorld world = world();
        Duration end = world.clock.elapsed().plus(Duration.ofDays(2));
        world.runUntil(end, () -> assertThat(world.allUp()).isTrue());
    }

    @Test
    void a_restarted_router_is_repaired() {
        SimWorld world = world();
        world.run(Duration.ofMinutes(3));
        world.router.reboot(Duration.ofSeconds(40));
        assertThat(world.untilAllUp(HOUR)).isLessThan(Duration.ofMinutes(3));
    }

    @Test
    void a_restarted_daemon_goes_on_from_the_state_file() {
        SimWorld world = world();
        world.run(Duration.ofMinutes(3));
        long requests = world.router.mappingRequests;
        world.restart();
        world.run(Duration.ofMinutes(1));
        assertThat(world.allUp()).isTrue();
        assertThat(world.router.mappingRequests).isEqualTo(requests);
    }

    @Test
    void without_being_named_it_is_not_used() {
        SimWorld world = new SimWorld(11, Set.of(ToyProtocol.TOY));
        world.want(25565, HOUR);
        world.run(HOUR);
        assertThat(world.router.mappingRequests).isZero();
    }
}
