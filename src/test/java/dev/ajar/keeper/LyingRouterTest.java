package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.EventText;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.model.Port;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A router whose table denies what works: neither it nor the user is told of it all day. */
class LyingRouterTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void a_table_that_denies_each_mapping_costs_few_requests_and_no_alarm() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        world.router.deniesLater = true;
        world.router.requests = 0;
        world.router.mappingRequests = 0;

        world.run(DAY);

        // Its health is asked for every 25 s, as ever.
        assertThat(world.router.requests).isLessThan(3456 + 700);
        assertThat(world.router.mappingRequests).isLessThan(350);
        // So many restarts in a row may be true.
        assertThat(world.count(KeeperEvent.Lost.class)).isEqualTo(2 * 8);
        assertThat(world.allUp()).isTrue();
    }

    /** Where a lease cannot be extended, ajar removes the mapping to make it anew. */
    @Test
    void what_is_gone_after_a_refused_renewal_is_lost_by_that_renewal() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        world.router.refusesRenewals = true;

        world.run(Duration.ofMinutes(50));

        assertThat(world.events)
                .filteredOn(KeeperEvent.Lost.class::isInstance)
                .extracting(KeeperEvent.Lost.class::cast)
                .extracting(lost -> lost.why().key())
                .contains("keeper.gone-at-renewal")
                .doesNotContain("keeper.dropped");
    }

    @Test
    void a_refused_renewal_is_no_loss_where_the_table_is_not_believed() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        world.router.deniesLater = true;
        world.run(DAY);
        world.events.clear();
        world.router.keepsWhatItHas = true;

        world.run(Duration.ofMinutes(50));

        assertThat(world.count(KeeperEvent.Failed.class)).isPositive();
        assertThat(world.events)
                .filteredOn(KeeperEvent.Lost.class::isInstance)
                .extracting(KeeperEvent.Lost.class::cast)
                .extracting(lost -> lost.why().key())
                .doesNotContain("keeper.gone-at-renewal");
    }

    @Test
    void a_refused_renewal_is_not_called_closed_while_the_lease_lasts() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        world.router.keepsWhatItHas = true;

        world.run(Duration.ofMinutes(50));

        assertThat(world.allUp()).isTrue();
        assertThat(world.events)
                .filteredOn(KeeperEvent.Failed.class::isInstance)
                .extracting(KeeperEvent.Failed.class::cast)
                .isNotEmpty()
                .allSatisfy(failed -> {
                    assertThat(failed.stillOpen()).containsExactly(new Port(25565));
                    assertThat(EventText.of(failed).toString()).startsWith("not renewed  tcp 25565, still open: ");
                });
    }

    @Test
    void a_router_that_has_become_honest_is_watched_as_closely_as_before() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        world.router.deniesLater = true;
        world.run(DAY);
        world.router.deniesLater = false;
        world.run(Duration.ofHours(3));

        world.router.reboot(Duration.ofSeconds(1));

        assertThat(world.untilAllUp(Duration.ofHours(1))).isLessThan(Duration.ofSeconds(70));
    }
}
