package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.model.MappingProtocol;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A router that loses its table: what the keeper calls open must be open, half a minute later or, by UPnP, a minute
 * later.
 */
class RestartTest {
    private static SimWorld opened(MappingProtocol method, int ports) {
        SimWorld world = new SimWorld(11, Set.of(method));
        for (int i = 0; i < ports; i++) {
            world.want(20_000 + i, Duration.ofHours(2));
        }
        world.untilAllUp(Duration.ofMinutes(3));
        return world;
    }

    private static void agreesSoon(SimWorld world, MappingProtocol method) {
        world.runTicking(Duration.ofSeconds(method.equals(UpnpProtocol.UPNP) ? 60 : 30));
        long falselyOpen = world.keeper().tracked().stream()
                .filter(one -> one.state() instanceof MappingState.Active && !world.isUp(one.desired()))
                .count();
        assertThat(falselyOpen).as("called open and not on the router").isZero();
    }

    static Stream<Arguments> twice() {
        return Samples.PROTOCOLS.all().stream()
                .flatMap(method -> Stream.of(0, 300, 1500, 4000).map(millis -> Arguments.of(method, millis)));
    }

    @ParameterizedTest
    @MethodSource("twice")
    void a_second_restart_soon_after_everything_was_asked_for_again_is_noticed(MappingProtocol method, int millis) {
        SimWorld world = opened(method, 5);

        world.router.restartAfter(5, Duration.ofMillis(millis));
        world.router.reboot(Duration.ZERO);
        world.keeper().onAnnouncement(Samples.GATEWAY);
        world.untilAllUp(Duration.ofMinutes(2));
        world.clock.advance(Duration.ofMillis(millis));
        world.keeper().onAnnouncement(Samples.GATEWAY);

        agreesSoon(world, method);
    }

    static Stream<Arguments> opening() {
        return Samples.PROTOCOLS.all().stream()
                .flatMap(method -> Stream.of(60, 200).map(ports -> Arguments.of(method, ports)));
    }

    @ParameterizedTest
    @MethodSource("opening")
    void a_restart_while_many_are_opened_loses_none_of_them(MappingProtocol method, int ports) {
        SimWorld world = new SimWorld(5, Set.of(method));
        for (int i = 0; i < ports; i++) {
            world.want(20_000 + i, Duration.ofHours(2));
        }
        world.router.restartAfter(ports / 3, Duration.ofMillis(20));
        world.untilAllUp(Duration.ofSeconds(1));
        world.runTicking(Duration.ofSeconds(20));

        agreesSoon(world, method);
    }

    @ParameterizedTest
    @MethodSource("opening")
    void a_restart_without_an_announcement_is_noticed(MappingProtocol method, int ports) {
        SimWorld world = opened(method, ports);

        world.runTicking(Duration.ofMinutes(7));
        world.router.reboot(Duration.ZERO);

        agreesSoon(world, method);
    }

    /**
     * Three restarts within half a minute, with 220 mappings: the counter was right and no longer believed. And a
     * renewal that met the router away, on a counter that jumps: it waited twice as long for its next turn. And a
     * counter that runs backwards with 220 mappings, which take 18 seconds to be asked for again: it was read too late
     * for that.
     */
    @ParameterizedTest
    @ValueSource(longs = {14, 204, 795})
    void what_other_histories_of_restarts_have_shown(long seed) {
        assertThat(new RestartStorm(seed).run()).isEmpty();
    }

    static Stream<Arguments> counters() {
        return Stream.of(PxpProtocols.PCP, PxpProtocols.NAT_PMP)
                .flatMap(method -> Stream.of(SimRouter.Counter.values()).map(counter -> Arguments.of(method, counter)));
    }

    @ParameterizedTest
    @MethodSource("counters")
    void a_counter_that_cannot_be_right_hides_no_restart(MappingProtocol method, SimRouter.Counter counter) {
        hidesNoRestart(method, counter, 3);
    }

    /**
     * Such a counter says nothing, so each mapping is asked for again three times a minute, and that without much ado.
     */
    static void hidesNoRestart(MappingProtocol method, SimRouter.Counter counter, int ports) {
        SimWorld world = opened(method, ports);
        world.router.counts(counter);
        world.runTicking(Duration.ofMinutes(5));
        long losses = world.count(KeeperEvent.Lost.class);
        long requests = world.router.requests;
        world.router.mostInASecond = 0;

        world.runTicking(Duration.ofMinutes(5));
        if (counter != SimRouter.Counter.WRAPS) {
            assertThat(world.count(KeeperEvent.Lost.class)).isEqualTo(losses);
            assertThat(world.router.mostInASecond).isLessThanOrEqualTo(20);
        }
        assertThat(world.router.requests - requests).isLessThan(30 + ports * 16L);

        world.router.reboot(Duration.ZERO);
        agreesSoon(world, method);
    }

    /** A daemon that restarts on a box whose counter goes on: no answer tells it. */
    @ParameterizedTest
    @MethodSource("counted")
    void a_restart_that_no_counter_shows_lasts_no_longer_than_five_eighths_of_the_lease(MappingProtocol method) {
        SimWorld world = opened(method, 3);
        world.runTicking(Duration.ofMinutes(7));

        world.router.forget();

        assertThat(world.untilAllUp(Duration.ofHours(2))).isLessThan(Duration.ofMinutes(75));
    }

    @ParameterizedTest
    @MethodSource("counted")
    void an_announcement_ends_a_restart_that_no_counter_shows(MappingProtocol method) {
        SimWorld world = opened(method, 3);
        world.runTicking(Duration.ofMinutes(7));

        world.router.forget();
        world.keeper().onAnnouncement(Samples.GATEWAY);

        assertThat(world.untilAllUp(Duration.ofHours(2)))
                .isLessThan(Duration.ofMinutes(3).plusSeconds(20));

        world.runTicking(Duration.ofMinutes(20));
        world.router.forget();
        world.keeper().onAnnouncement(Samples.GATEWAY);

        assertThat(world.untilAllUp(Duration.ofHours(2))).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @MethodSource("counted")
    void a_router_that_announces_itself_all_the_time_is_asked_no_more_than_six_times_an_hour(MappingProtocol method) {
        SimWorld world = opened(method, 3);
        world.runTicking(Duration.ofMinutes(20));
        long requests = world.router.mappingRequests;

        for (int i = 0; i < 120; i++) {
            world.keeper().onAnnouncement(Samples.GATEWAY);
            world.runTicking(Duration.ofSeconds(30));
        }

        assertThat(world.router.mappingRequests - requests).isBetween(12L, 3 * 7L);
    }

    /** Each device of the network can announce itself in the router's name. */
    @ParameterizedTest
    @MethodSource("counted")
    void a_router_that_announces_itself_and_grants_nothing_is_not_asked_each_time(MappingProtocol method) {
        SimWorld world = opened(method, 3);
        world.runTicking(Duration.ofMinutes(20));
        world.router.ignoresMappingRequests = true;
        long requests = world.router.mappingRequests;

        for (int i = 0; i < 80; i++) {
            world.keeper().onAnnouncement(Samples.GATEWAY);
            world.runTicking(Duration.ofSeconds(30));
        }

        assertThat(world.router.mappingRequests - requests).isLessThan(40);
    }

    static Stream<MappingProtocol> counted() {
        return Stream.of(PxpProtocols.PCP, PxpProtocols.NAT_PMP);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void a_restart_of_a_router_that_shows_no_table_is_noticed(int ports) {
        noticedWithoutTable(ports);
    }

    /**
     * Each look is answered with an error that means "no such entry" elsewhere: that is no loss, and no proof either.
     */
    @Test
    void what_a_router_never_showed_is_not_called_lost_and_asked_for_again_every_minute() {
        SimWorld world = new SimWorld(3, Set.of(UpnpProtocol.UPNP));
        world.router.deniesEntries = true;
        world.want(20_000, Duration.ofHours(2));
        world.untilAllUp(Duration.ofMinutes(3));

        world.runTicking(Duration.ofMinutes(10));
        assertThat(world.count(KeeperEvent.Lost.class)).isZero();

        world.router.reboot(Duration.ZERO);
        agreesSoon(world, UpnpProtocol.UPNP);
    }

    /** There is nothing to see and no counter to read, so each is asked for again every minute. */
    static void noticedWithoutTable(int ports) {
        SimWorld world = new SimWorld(3, Set.of(UpnpProtocol.UPNP));
        world.router.hidesTable = true;
        for (int i = 0; i < ports; i++) {
            world.want(20_000 + i, Duration.ofHours(2));
        }
        world.untilAllUp(Duration.ofMinutes(3));
        world.router.reboot(Duration.ZERO);
        agreesSoon(world, UpnpProtocol.UPNP);

        world.runTicking(Duration.ofMinutes(7));
        long requests = world.router.requests;
        world.runTicking(Duration.ofMinutes(5));
        assertThat(world.router.requests - requests).isLessThan(30 + ports * 10L);
        world.router.reboot(Duration.ZERO);
        agreesSoon(world, UpnpProtocol.UPNP);
    }
}
