package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a keeper has to do at a certain moment, or beside a command, on a router without a fault. */
class KeeperDutiesTest {
    /** tailscale/tailscale#21208: listed and renewed, and nothing comes through until it is deleted and added. */
    @Test
    void what_a_router_lists_and_no_longer_heeds_is_made_anew_once_a_day() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        world.run(Duration.ofDays(2));
        assertThat(world.router.removals).isZero();

        world.router.anewEvery = Optional.of(Duration.ofHours(24));
        world.run(Duration.ofDays(4));

        // A renewal just after the day's end may take the place of the look that would have noticed it.
        assertThat(world.router.removals).isBetween(6, 8);
        assertThat(world.allUp()).isTrue();
        assertThat(world.count(KeeperEvent.Lost.class)).isZero();
    }

    /** The router keeps it for ever, so only the keeper can: at once, and not with its next look at the list. */
    @Test
    void what_is_wanted_for_seconds_is_closed_when_they_are_over() {
        SimWorld world = new SimWorld(7, Set.of(UpnpProtocol.UPNP));
        world.router.permanentOnly = true;
        world.wantFor(25565, Duration.ofHours(1), Duration.ofSeconds(15));
        Duration wanted = world.clock.elapsed();
        world.untilAllUp(Duration.ofSeconds(10));

        world.runTicking(wanted.plusSeconds(13).minus(world.clock.elapsed()));
        assertThat(world.allUp()).isTrue();
        world.runTicking(wanted.plusSeconds(16).minus(world.clock.elapsed()));
        assertThat(world.router.table).isEmpty();
    }

    /** Else its log would name what was closed, and not what was opened. */
    @Test
    void what_a_command_opens_beside_the_daemon_is_told_once() {
        SimWorld world = SimWorld.withTwoPorts(PxpProtocols.PCP);
        long before = world.count(KeeperEvent.Opened.class);
        world.want(25570, Duration.ofHours(1));
        DesiredMapping wanted = world.desiredMappings().getLast();
        Gateway gateway = world.network
                .search(GatewaySelector.AUTO, Deadline.after(world.clock, Duration.ofSeconds(1)))
                .next(Set.of())
                .orElseThrow();
        Result<Grant> granted = gateway.map(
                gateway.claim(wanted.mapping(), Optional.empty()),
                GatewayHistory.NONE,
                Deadline.after(world.clock, Duration.ofSeconds(1)));
        Lease lease = ((Grant.Granted) granted.toOptional().orElseThrow()).lease();
        world.disk.save(world.disk.written().with(MappingRecord.held(lease)));

        world.run(Duration.ofMinutes(1));

        assertThat(world.count(KeeperEvent.Opened.class) - before).isEqualTo(1);
        world.restart();
        world.run(Duration.ofMinutes(1));
        assertThat(world.count(KeeperEvent.Opened.class) - before).isEqualTo(1);
    }
}
