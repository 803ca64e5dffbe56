package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.ShutdownPolicy;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.MeasurementLog;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A keeper with a simulated router in simulated time, with one kind of fault per test. */
class KeeperTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void a_restarted_router_is_repaired(MappingProtocol method) {
        for (int away : new int[] {0, 1, 30, 120, 900, 7200}) {
            SimWorld world = SimWorld.withTwoPorts(method);
            world.run(Duration.ofMinutes(17));

            world.router.reboot(Duration.ofSeconds(away));
            world.runTicking(Duration.ofSeconds(away));
            Duration took = world.untilAllUp(Duration.ofMinutes(5));

            Duration bound = Duration.ofSeconds(method.equals(UpnpProtocol.UPNP) ? 60 : 30);
            assertThat(took).as("%s away %d s", method, away).isLessThanOrEqualTo(bound);
            assertThat(world.router.violations).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void an_announcement_brings_it_back_in_five_seconds(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        world.run(Duration.ofMinutes(17));
        world.router.reboot(Duration.ZERO);

        world.keeper().onAnnouncement(Samples.GATEWAY);

        assertThat(world.untilAllUp(HOUR)).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    /**
     * H8 of the acceptance list: however many announcements are forged, the gateway is asked at most every five
     * seconds.
     */
    @Test
    void many_announcements_cause_few_requests() {
        SimWorld world = SimWorld.withTwoPorts(PxpProtocols.PCP);
        world.run(HOUR);
        long before = world.router.requests;

        for (int i = 0; i < 10_000; i++) {
            world.keeper().onAnnouncement(Samples.GATEWAY);
            world.keeper().pass();
            world.clock.advance(Duration.ofMillis(1));
        }

        assertThat(world.router.requests - before).isLessThanOrEqualTo(6);
        MeasurementLog.record(
                "H8",
                "10000 announcements in 10 s: %d questions asked, 0 mappings lost"
                        .formatted(world.router.requests - before));
        assertThat(world.count(KeeperEvent.Lost.class)).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void a_short_lease_is_renewed_every_half_minute(MappingProtocol method) {
        SimWorld world = new SimWorld(3, Set.of(method));
        world.router.longestLease = 60;
        world.want(25565, HOUR.multipliedBy(2));
        world.untilAllUp(Duration.ofSeconds(10));
        long before = world.router.requests;

        world.runUntil(
                world.clock.elapsed().plus(Duration.ofHours(6)),
                () -> assertThat(world.allUp())
                        .as("at %s", world.clock.elapsed())
                        .isTrue());

        assertThat(world.router.requests - before).isBetween(1_250L, 5_000L);
    }

    @Test
    void a_lease_of_a_century_is_renewed_within_a_week() {
        SimWorld world = new SimWorld(3, Set.of(PxpProtocols.PCP));
        world.router.longestLease = 4_294_967_295L;
        world.want(25565, Duration.ofSeconds(4_294_967_295L));
        world.untilAllUp(Duration.ofSeconds(10));

        assertThat(
                        world.keeper().tracked().getFirst().state() instanceof MappingState.Active open
                                ? open.renewAt().orElseThrow()
                                : Duration.ZERO)
                .isLessThan(world.clock.elapsed().plus(Duration.ofDays(5)));
    }

    @Test
    void what_vanishes_silently_is_back_within_a_minute_and_told_once() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        for (int i = 0; i < 20; i++) {
            world.run(Duration.ofMinutes(10));
            world.router.table.remove(new SimRouter.Key(TransportProtocol.TCP, new Port(25565)));
            assertThat(world.untilAllUp(HOUR)).isLessThanOrEqualTo(Duration.ofSeconds(60));
        }

        assertThat(world.count(KeeperEvent.Lost.class)).isEqualTo(20);
        assertThat(world.count(KeeperEvent.Repaired.class)).isEqualTo(20);
    }

    @Test
    void a_foreign_entry_is_never_changed_and_a_contested_port_is_given_up() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        for (int minute = 0; minute < 180; minute++) {
            world.run(Duration.ofSeconds(30));
            world.foreign(25565);
            world.run(Duration.ofSeconds(60));
            world.router.table.remove(new SimRouter.Key(TransportProtocol.TCP, new Port(25565)));
            world.run(Duration.ofSeconds(5));
        }

        assertThat(world.router.violations).isEmpty();
        assertThat(world.count(KeeperEvent.Repaired.class)).isBetween(3L, 18L);
        assertThat(world.count(KeeperEvent.Contested.class)).isPositive();
    }

    @Test
    void a_full_table_is_retried_rarely_until_there_is_room() {
        SimWorld world = new SimWorld(5, Set.of(UpnpProtocol.UPNP));
        world.router.room = 16;
        for (int i = 0; i < 32; i++) {
            world.want(20_000 + i, HOUR);
        }
        world.run(HOUR);
        assertThat(world.router.ours()).isEqualTo(16);
        long before = world.router.requests;
        world.run(Duration.ofMinutes(30));
        // 16 verifications of open mappings in about a minute, and a few retries of the others.
        assertThat((world.router.requests - before) / 30).isLessThan(30);

        world.router.room = 64;

        assertThat(world.untilAllUp(Duration.ofMinutes(15))).isLessThan(Duration.ofMinutes(11));
    }

    @Test
    void the_address_on_the_internet_is_told_once_each_time_it_changes() {
        for (MappingProtocol method : Samples.PROTOCOLS.all()) {
            SimWorld world = SimWorld.withTwoPorts(method);
            for (String address : List.of("11.22.33.99", "192.168.1.7", "100.64.3.2", "", "11.22.33.1")) {
                world.run(Duration.ofMinutes(2));
                world.events.clear();
                world.router.external = address.isEmpty() ? Optional.empty() : Optional.of(Samples.ip(address));
                world.run(Duration.ofSeconds(30));
                assertThat(world.count(KeeperEvent.AddressChanged.class))
                        .as("%s %s", method, address)
                        .isEqualTo(1);
            }
            assertThat(world.allUp()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void another_address_of_this_machine_moves_the_mapping(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        world.run(Duration.ofMinutes(3));
        world.network.move(Samples.ip("192.168.77.42"));

        // With NAT-PMP and PCP the new address cannot close the old mapping, which blocks the port until it ends.
        Duration limit = method.equals(UpnpProtocol.UPNP) ? Duration.ofSeconds(15) : HOUR.multipliedBy(3);
        assertThat(world.untilAllUp(HOUR.multipliedBy(4))).isLessThan(limit);
        assertThat(world.router.ours()).isEqualTo(2);
    }

    @Test
    void a_port_that_another_ajar_of_this_machine_has_taken_is_told_as_such() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        world.run(Duration.ofMinutes(3));
        Port port = new Port(25565);
        world.router.table.put(
                new SimRouter.Key(TransportProtocol.TCP, port),
                new SimRouter.Entry(
                        new Endpoint(world.network.local(), port), "ajar 25565 tcp zzzz", Optional.empty(), "", true));

        world.run(HOUR.multipliedBy(3));

        assertThat(world.events.stream()
                        .flatMap(event -> event instanceof KeeperEvent.Lost lost ? Stream.of(lost.why()) : Stream.of())
                        .map(Message::key))
                .contains("keeper.taken-by-ajar");
    }

    /** The process before it ended without having noticed the move. */
    @Test
    void a_keeper_that_starts_with_another_address_moves_the_mappings_at_once() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        world.run(Duration.ofMinutes(3));
        world.network.move(Samples.ip("192.168.77.42"));
        world.restart();

        assertThat(world.untilAllUp(HOUR.multipliedBy(4))).isLessThan(Duration.ofSeconds(15));
        assertThat(world.router.ours()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void sleep_is_noticed_and_wall_time_is_not(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        world.runTicking(Duration.ofMinutes(3));
        world.clock.sleep(Duration.ofHours(8));
        world.keeper().checkNetwork();
        assertThat(world.untilAllUp(HOUR)).isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(world.count(KeeperEvent.Resumed.class)).isEqualTo(1);

        world.runTicking(Duration.ofMinutes(3));
        long before = world.router.requests;
        world.runTicking(Duration.ofMinutes(10));
        long usual = world.router.requests - before;
        before = world.router.requests;
        for (int i = 0; i < 10; i++) {
            world.clock.jumpWall(Duration.ofDays(i % 2 == 0 ? 3650 : -3650));
            world.runTicking(Duration.ofMinutes(1));
        }
        assertThat(world.router.requests - before).isLessThanOrEqualTo(usual + 4);
        assertThat(world.allUp()).isTrue();
    }

    /** As after a grant that could not be given back: the record is written by a step of the same pass. */
    @Test
    void a_record_marked_for_removal_during_a_pass_is_kept_until_it_is_removed() {
        LateRemoval[] store = new LateRemoval[1];
        SimWorld world = new SimWorld(
                7, Set.of(PxpProtocols.PCP), UnaryOperator.identity(), disk -> store[0] = new LateRemoval(disk));
        world.want(25565, HOUR);
        world.want(25566, HOUR);
        world.untilAllUp(HOUR);
        List<MappingRecord> opened = world.disk.written().mappingRecords();
        world.disk.save(Snapshot.EMPTY.with(opened.getFirst().markedForRemoval()));
        store[0].mark(opened.getLast(), () -> world.router.table.size() == 1);

        world.run(Duration.ofMinutes(2));

        assertThat(world.router.table).isEmpty();
        assertThat(world.disk.written()).isEqualTo(Snapshot.EMPTY);
    }

    @Test
    void a_full_disk_stops_no_renewal_and_is_reported_once() {
        SimWorld world = SimWorld.withTwoPorts(PxpProtocols.PCP);
        world.disk.fill(true);
        world.run(Duration.ofDays(1));
        assertThat(world.allUp()).isTrue();
        assertThat(world.count(KeeperEvent.StateNotWritten.class)).isEqualTo(1);

        world.disk.fill(false);
        world.run(HOUR);
        assertThat(world.count(KeeperEvent.StateWrittenAgain.class)).isEqualTo(1);
        world.restart();
        world.router.reboot(Duration.ZERO);
        assertThat(world.untilAllUp(HOUR)).isLessThan(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void a_killed_keeper_continues_after_a_restart(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        for (int i = 0; i < 50; i++) {
            world.run(Duration.ofMinutes(i % 7));
            world.restart();
        }
        world.run(Duration.ofMinutes(1));

        assertThat(world.allUp()).isTrue();
        assertThat(world.router.ours()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void an_unwanted_mapping_is_removed_once_the_router_answers_again(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        world.router.upAt = world.clock.elapsed().plus(Duration.ofMinutes(20));
        world.disk.save(world.disk.written().ended(world.desiredMappings().getFirst()));
        world.run(Duration.ofMinutes(35));

        assertThat(world.router.ours()).isEqualTo(1);
        assertThat(world.disk.written().mappingRecords()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Samples#protocols")
    void stopping_removes_all_mappings_or_leaves_those_that_end_by_themselves(MappingProtocol method) {
        SimWorld world = SimWorld.withTwoPorts(method);
        world.keeper().stop(ShutdownPolicy.KEEP_LEASES, Duration.ofSeconds(5));
        assertThat(world.router.ours()).isEqualTo(2);

        world.restart();
        world.run(Duration.ofMinutes(1));
        world.keeper().stop(ShutdownPolicy.CLOSE_ALL, Duration.ofSeconds(5));
        assertThat(world.router.ours()).isZero();

        world.restart();
        assertThat(world.untilAllUp(HOUR)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void stopping_without_an_answer_of_the_router_keeps_its_time_limit() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        world.router.upAt = world.clock.elapsed().plus(HOUR);
        Duration before = world.clock.elapsed();

        world.keeper().stop(ShutdownPolicy.CLOSE_ALL, Duration.ofSeconds(5));

        assertThat(world.clock.elapsed().minus(before)).isLessThan(Duration.ofSeconds(6));
        assertThat(world.disk.written().mappingRecords()).hasSize(2).allMatch(MappingRecord::leaving);
    }

    /** As if it had never kept them: the end of a page closes nothing that was opened for good. */
    @Test
    void a_keeper_that_leaves_all_leaves_what_does_not_end_by_itself() {
        for (ShutdownPolicy policy : ShutdownPolicy.values()) {
            SimWorld world = new SimWorld(2, Set.of(UpnpProtocol.UPNP));
            world.router.permanentOnly = true;
            world.want(25565, HOUR);
            world.want(8443, HOUR);
            world.untilAllUp(Duration.ofSeconds(10));

            world.keeper().stop(policy, Duration.ofSeconds(5));

            assertThat(world.router.ours()).as("%s", policy).isEqualTo(policy == ShutdownPolicy.KEEP_ALL ? 2 : 0);
        }
    }

    /** A router with permanent mappings only drops none by itself, so the next process removes them. */
    @Test
    void the_next_process_removes_permanent_mappings_of_a_killed_launch() {
        SimWorld world = new SimWorld(2, Set.of(UpnpProtocol.UPNP));
        world.router.permanentOnly = true;
        world.want(25565, HOUR);
        world.untilAllUp(Duration.ofSeconds(10));
        var desired = world.desiredMappings().getFirst();
        DesiredMapping launched = new DesiredMapping(
                desired.mapping(),
                desired.selection(),
                new Owner.Launch(4711, world.clock.instant()),
                desired.madeAt(),
                Optional.empty());
        world.disk.save(world.disk.written().without(desired).with(launched));

        world.restart();
        world.run(Duration.ofMinutes(1));

        assertThat(world.router.ours()).isZero();
        assertThat(world.disk.written().desiredMappings()).isEmpty();
    }

    @Test
    void an_entry_that_may_be_dead_is_made_anew_once() {
        SimWorld world = SimWorld.withTwoPorts(UpnpProtocol.UPNP);
        world.run(Duration.ofMinutes(5));
        SimRouter.Key key = new SimRouter.Key(TransportProtocol.TCP, new Port(25565));
        SimRouter.Entry before = world.router.at(key).orElseThrow();
        assertThat(before.internal()).isEqualTo(new Endpoint(Samples.HERE, new Port(25565)));

        world.router.external = Optional.of(Samples.ip("11.22.33.77"));
        world.run(Duration.ofMinutes(2));

        assertThat(world.router.at(key).orElseThrow()).isNotSameAs(before);
        assertThat(world.allUp()).isTrue();
    }
}
