package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.model.Endpoint;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.ManualRule;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Routers that answer but misbehave: the keeper sends few requests, takes no foreign port, and reports an event. */
class AwkwardDaysTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * A router that answers everything but mapping requests: the lease ends, an event reports it, and retries stay
     * rare.
     */
    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void unanswered_mapping_requests_are_repeated_rarely(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        world.router.ignoresMappingRequests = true;
        world.router.mappingRequests = 0;

        world.run(HOUR.multipliedBy(3));

        assertThat(world.count(KeeperEvent.Lost.class)).as("reported").isEqualTo(2);
        assertThat(world.router.mappingRequests).isLessThan(700);

        world.router.ignoresMappingRequests = false;
        assertThat(world.untilAllUp(HOUR)).isLessThan(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void a_malformed_answer_shows_that_the_router_is_alive(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        world.router.sendsMalformedAddress = true;

        world.run(HOUR.multipliedBy(3));

        assertThat(world.count(KeeperEvent.GatewaySilent.class)).isZero();
        assertThat(world.count(KeeperEvent.Lost.class)).isZero();
        assertThat(world.allUp()).isTrue();
    }

    /** The game itself has opened the same port; its entry differs from ajar's only in the name. */
    @Test
    void an_entry_that_another_program_put_in_place_of_ours_is_not_removed() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        world.run(Duration.ofMinutes(3));
        SimRouter.Key key = new SimRouter.Key(TransportProtocol.TCP, new Port(25565));
        world.router.table.put(
                key,
                new SimRouter.Entry(
                        new Endpoint(world.network.local(), new Port(25565)), "Steam", Optional.empty(), "", true));

        world.router.external = Optional.of(Samples.ip("11.22.33.99"));
        world.run(Duration.ofMinutes(10));

        assertThat(world.router.violations).isEmpty();
        assertThat(world.router.table.get(key).description()).isEqualTo("Steam");
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void leases_of_one_second_cause_few_requests(MappingProtocol method) {
        SimWorld world = new SimWorld(7, Set.of(method));
        world.router.longestLease = 1;
        world.want(25565, HOUR);

        world.run(Duration.ofMinutes(10));

        assertThat(world.router.requests).isLessThan(600);
    }

    /** ajar cannot change a manual rule, so it only reports it. */
    @Test
    void a_stale_manual_rule_is_reported_once() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
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
