package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.discovery.GatewayCandidates;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.system.Deadline;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A router that accepts every request and answers none, with fifty mappings on it, beside one that answers. Exchanges
 * are on simulated threads.
 */
class SilentRouterTest {
    private static final InetAddress OTHER = Samples.ip("192.168.1.253");
    private static final GatewaySelector ON_OTHER =
            new GatewaySelector(ProtocolChoice.AUTOMATIC, Optional.of(OTHER), Optional.empty());

    private final SimClock clock = new SimClock();
    private final SimRouter answering = new SimRouter(clock, new Random(5), Set.of(UpnpProtocol.UPNP));
    private final SimNetwork otherNetwork = new SimNetwork(answering, OTHER);
    private final SimWorld world = new SimWorld(
            3,
            clock,
            Set.of(UpnpProtocol.UPNP),
            network -> new TwoRouters(network, otherNetwork),
            UnaryOperator.identity());
    private final SimInbox inbox = new SimInbox(clock);
    private final KeeperLoop loop = new KeeperLoop(world.keeper(), clock, inbox, () -> false);
    private Duration longestWait = Duration.ZERO;

    SilentRouterTest() {
        world.keeper().exchangeOn(new SimExchanges(clock, inbox));
    }

    /** The home's router, and another one that the user has named. */
    private record TwoRouters(GatewaySource home, GatewaySource other) implements GatewaySource {
        private GatewaySource of(Optional<InetAddress> gateway) {
            return gateway.equals(Optional.of(OTHER)) ? other : home;
        }

        @Override
        public GatewayCandidates search(GatewaySelector selection, Deadline deadline) {
            return of(selection.gateway()).search(selection, deadline);
        }

        @Override
        public DiscoveryResult explore(GatewaySelector selection, Deadline deadline) {
            return of(selection.gateway()).explore(selection, deadline);
        }

        @Override
        public boolean mayBeInFront(InetAddress address) {
            return false;
        }

        @Override
        public boolean mayBeDevice(InetAddress address, GatewaySelector selection) {
            return true;
        }

        @Override
        public Result<Gateway> reopen(Claim claim, Deadline deadline) {
            return of(Optional.of(claim.gateway().address())).reopen(claim, deadline);
        }
    }

    private void openFifty() {
        for (int i = 0; i < 50; i++) {
            world.want(20_000 + i, Duration.ofMinutes(20));
        }
        for (int i = 0; i < 10; i++) {
            world.want(30_000 + i, Duration.ofMinutes(20), ON_OTHER);
        }
        run(Duration.ofMinutes(3));
        assertThat(world.router.ours()).isEqualTo(50);
        assertThat(answering.ours()).isEqualTo(10);
    }

    private void run(Duration time) {
        Duration end = clock.elapsed().plus(time);
        loop.run(next -> clock.elapsed().compareTo(end) >= 0, bug -> {
            throw bug;
        });
    }

    private void fallSilent() {
        world.router.ignoresMappingRequests = true;
        world.router.table.clear();
    }

    /** A command that takes a second, as the daemon makes it wait for the keeper's exchanges. */
    private void command(Duration at) {
        boolean[] begun = {false};
        inbox.addAt(
                at,
                () -> world.keeper().commandBegins(() -> {
                    begun[0] = true;
                    Duration waited = clock.elapsed().minus(at);
                    longestWait = waited.compareTo(longestWait) > 0 ? waited : longestWait;
                    inbox.addAt(clock.elapsed().plusSeconds(1), world.keeper()::commandEnds);
                }));
        inbox.addAt(at.plusMillis(300), () -> {
            if (!begun[0]) {
                world.keeper().cancelExchanges();
            }
        });
    }

    @Test
    void no_command_waits_for_a_second() {
        openFifty();
        fallSilent();
        for (int i = 1; i < 170; i++) {
            command(clock.elapsed().plusSeconds(7L * i));
        }

        run(Duration.ofMinutes(20));

        assertThat(longestWait).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void what_another_thread_leaves_is_heard_at_once() {
        openFifty();
        fallSilent();
        for (int i = 1; i < 1000; i++) {
            Duration at = clock.elapsed().plusSeconds(i);
            inbox.addAt(at, () -> {
                Duration waited = clock.elapsed().minus(at);
                longestWait = waited.compareTo(longestWait) > 0 ? waited : longestWait;
            });
        }

        run(Duration.ofMinutes(20));

        assertThat(longestWait).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void commands_in_a_row_keep_no_renewal_from_its_turn() {
        openFifty();
        for (int i = 1; i < 1800; i++) {
            command(clock.elapsed().plusMillis(800L * i));
        }

        run(Duration.ofMinutes(24));

        assertThat(world.count(KeeperEvent.Lost.class)).isZero();
        assertThat(world.router.ours()).isEqualTo(50);
        assertThat(answering.ours()).isEqualTo(10);
    }

    @Test
    void a_router_that_answers_does_not_wait_for_the_silent_one() {
        openFifty();
        fallSilent();
        run(Duration.ofMinutes(10));
        world.events.clear();

        for (int i = 0; i < 20; i++) {
            world.want(31_000 + i, Duration.ofMinutes(20), ON_OTHER);
            Duration wanted = clock.elapsed();
            long before = answering.ours();
            world.keeper().refresh();
            inbox.add(() -> {});
            Duration limit = wanted.plusSeconds(6);
            loop.run(next -> answering.ours() > before || clock.elapsed().compareTo(limit) >= 0, bug -> {
                throw bug;
            });
            // While the lock is held for an exchange, a state file that another process cannot have written is not
            // read.
            assertThat(clock.elapsed().minus(wanted)).isLessThanOrEqualTo(Duration.ofSeconds(5));
            run(Duration.ofSeconds(17));
        }

        assertThat(answering.ours()).isEqualTo(30);
    }

    @Test
    void a_router_that_answers_again_has_all_its_mappings_back() {
        openFifty();
        fallSilent();
        for (int i = 1; i < 60; i++) {
            command(clock.elapsed().plusSeconds(3L * i));
        }
        run(Duration.ofMinutes(3));
        world.router.ignoresMappingRequests = false;

        run(Duration.ofMinutes(2));

        assertThat(world.router.ours()).isEqualTo(50);
        assertThat(world.router.violations).isEmpty();
    }

    @Test
    void the_first_silence_postpones_the_other_mappings() {
        for (int i = 0; i < 50; i++) {
            world.want(20_000 + i, Duration.ofMinutes(20));
        }
        world.router.ignoresMappingRequests = true;

        run(Duration.ofMillis(5500));

        assertThat(world.router.mappingRequests).isLessThanOrEqualTo(8);
    }

    @Test
    void the_end_closes_what_it_can_in_time_and_leaves_the_rest_in_the_state_file() {
        openFifty();
        world.router.upAt = clock.elapsed().plusSeconds(3600);
        run(Duration.ofSeconds(13));
        Duration begin = clock.elapsed();

        world.keeper().stop(ShutdownPolicy.CLOSE_ALL, Duration.ofSeconds(4));

        assertThat(clock.elapsed().minus(begin)).isLessThanOrEqualTo(Duration.ofMillis(4100));
        assertThat(answering.ours()).isZero();
        assertThat(world.disk.written().mappingRecords())
                .hasSize(50)
                .allMatch(MappingRecord::leaving)
                .allMatch(record -> record.claim().gateway().address().equals(Samples.GATEWAY));
    }

    @Test
    void a_mapping_that_is_no_longer_wanted_does_not_come_back_with_a_late_answer() {
        world.router.ignoresMappingRequests = true;
        world.want(25565, Duration.ofMinutes(20));
        run(Duration.ofSeconds(1));
        assertThat(world.keeper().tracked()).hasSize(1);

        world.disk.save(world.disk.written().ended(world.desiredMappings().getFirst()));
        world.keeper().refresh();
        run(Duration.ofSeconds(2));
        assertThat(world.keeper().tracked()).isEmpty();
        run(Duration.ofMinutes(1));

        assertThat(world.keeper().tracked()).isEmpty();
        assertThat(world.events).noneMatch(KeeperEvent.Failed.class::isInstance);
    }
}
