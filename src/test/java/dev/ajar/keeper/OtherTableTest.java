package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.model.MappingProtocol;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A router that shows by UPnP what it granted by PCP or NAT-PMP, and loses it while its counter goes on: the keeper
 * would notice it at the next renewal only.
 */
class OtherTableTest {
    /** A look at each mapping in at most five minutes, with up to 16 of them. */
    private static final Duration NOTICED = Duration.ofMinutes(6);

    static Stream<MappingProtocol> counted() {
        return Stream.of(PxpProtocols.PCP, PxpProtocols.NAT_PMP);
    }

    private static SimWorld opened(int ports, Set<MappingProtocol> speaks) {
        SimWorld world = new SimWorld(21, speaks);
        for (int i = 0; i < ports; i++) {
            world.want(20_000 + i, Duration.ofHours(2));
        }
        world.untilAllUp(Duration.ofMinutes(1));
        return world;
    }

    @ParameterizedTest
    @MethodSource("counted")
    void what_the_table_has_shown_and_shows_no_longer_is_asked_for_again(MappingProtocol method) {
        SimWorld world = opened(3, Set.of(method, UpnpProtocol.UPNP));
        assertThat(world.keeper().tracked())
                .allMatch(one ->
                        one.held().orElseThrow().claim().gateway().method().equals(method));

        world.runTicking(NOTICED);
        world.router.forget();
        world.runTicking(NOTICED);

        assertThat(world.allUp()).isTrue();
        assertThat(world.router.removals).isZero();
    }

    @ParameterizedTest
    @MethodSource("counted")
    void a_table_that_leaves_out_what_it_has_causes_one_more_request(MappingProtocol method) {
        SimWorld world = opened(1, Set.of(method, UpnpProtocol.UPNP));
        world.runTicking(NOTICED);
        long before = world.router.mappingRequests;

        world.router.deniesLater = true;
        world.runTicking(Duration.ofMinutes(40));

        assertThat(world.router.mappingRequests - before).isOne();
        assertThat(world.count(KeeperEvent.Lost.class)).isZero();
    }

    @ParameterizedTest
    @MethodSource("counted")
    void a_table_that_never_shows_it_is_looked_at_once(MappingProtocol method) {
        SimWorld world = opened(1, Set.of(method, UpnpProtocol.UPNP));
        world.router.deniesLater = true;
        SimWorld alone = opened(1, Set.of(method));

        assertThat(requestsInAnHour(world)).isLessThanOrEqualTo(requestsInAnHour(alone) + 2);
    }

    /** One in two and a half minutes for each mapping at most. */
    @ParameterizedTest
    @MethodSource("counted")
    void the_looks_are_few(MappingProtocol method) {
        long most = requestsInAnHour(opened(3, Set.of(method))) + 3 * 24;

        assertThat(requestsInAnHour(opened(3, Set.of(method, UpnpProtocol.UPNP))))
                .isLessThanOrEqualTo(most);
    }

    private static long requestsInAnHour(SimWorld world) {
        long before = world.router.requests;
        world.runTicking(Duration.ofHours(1));
        return world.router.requests - before;
    }

    /** What another device has instead is not taken from it. */
    @ParameterizedTest
    @MethodSource("counted")
    void what_another_device_has_taken_is_told(MappingProtocol method) {
        SimWorld world = opened(1, Set.of(method, UpnpProtocol.UPNP));
        world.runTicking(NOTICED);

        world.router.forget();
        world.foreign(20_000);
        world.runTicking(NOTICED);

        assertThat(world.count(KeeperEvent.Lost.class)).isOne();
        assertThat(world.router.violations).isEmpty();
    }
}
