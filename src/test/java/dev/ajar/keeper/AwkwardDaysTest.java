package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Endpoint;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.ManualRule;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routers that live and do not do what they should: no storm, no theft, and somebody is told. */
class AwkwardDaysTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /** It lives, and does not answer what matters: the lease ends, somebody is told, and it is no storm. */
    @ParameterizedTest
    @EnumSource(MappingProtocol.class)
    void requests_for_mappings_that_nobody_answers_come_to_an_end(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        world.router.deafToMappings = true;
        world.router.mappingRequests = 0;

        world.run(HOUR.multipliedBy(3));

        assertThat(world.count(KeeperEvent.Lost.class)).as("told").isEqualTo(2);
        assertThat(world.router.mappingRequests).isLessThan(700);

        world.router.deafToMappings = false;
        assertThat(world.untilAllUp(HOUR)).isLessThan(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @EnumSource(MappingProtocol.class)
    void an_answer_that_makes_no_sense_is_a_sign_of_life(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        world.router.garblesItsAddress = true;

        world.run(HOUR.multipliedBy(3));

        assertThat(world.count(KeeperEvent.GatewaySilent.class)).isZero();
        assertThat(world.count(KeeperEvent.Lost.class)).isZero();
        assertThat(world.allUp()).isTrue();
    }

    /** The game itself has opened the same port, and it looks the same but for its name. */
    @Test
    void what_another_program_has_put_in_our_place_is_not_removed() {
        SimWorld world = SimWorld.withTwoPorts(MappingProtocol.UPNP);
        world.run(Duration.ofMinutes(3));
        SimRouter.Key key = new SimRouter.Key(TransportProtocol.TCP, new Port(25565));
        world.router.table.put(
                key,
                new SimRouter.Entry(
                        new Endpoint(world.network.local(), new Port(25565)), "Steam", Optional.empty(), "", true));

        world.router.external = Optional.of(Samples.ip("11.22.33.99"));
        world.run(Duration.ofMinutes(10));

        assertThat(world.router.crimes).isEmpty();
        assertThat(world.router.table.get(key).description()).isEqualTo("Steam");
    }

    @ParameterizedTest
    @EnumSource(MappingProtocol.class)
    void a_lease_of_a_second_is_no_storm(MappingProtocol method) {
        SimWorld world = new SimWorld(7, EnumSet.of(method));
        world.router.longestLease = 1;
        world.want(25565, HOUR);

        world.run(Duration.ofMinutes(10));

        assertThat(world.router.requests).isLessThan(600);
    }

    /** What was made by hand only a hand can change: it is told, once. */
    @Test
    void a_rule_made_by_hand_that_has_gone_astray_is_told_once() {
        SimWorld world = SimWorld.withTwoPorts(MappingProtocol.UPNP);
        world.disk.save(world.disk
                .written()
                .with(new ManualRule(
                        TransportProtocol.UDP,
                        new Port(34197),
                        new Endpoint(world.network.local(), new Port(34197)),
                        true,
                        world.clock.instant())));
        world.run(Duration.ofMinutes(3));
        assertThat(world.count(KeeperEvent.ManualRuleStale.class)).isZero();

        world.network.move(Samples.ip("192.168.77.42"));
        world.run(Duration.ofMinutes(30));

        assertThat(world.count(KeeperEvent.ManualRuleStale.class)).isEqualTo(1);
        assertThat(world.disk.written().manualRules()).hasSize(1);
    }
}
