package dev.ajar.gateway.upnp.control;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.anyPort;
import static dev.ajar.testing.Samples.ip;
import static dev.ajar.testing.Samples.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.ProfileCatalog;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.testing.ManualTimeline;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an opening leaves behind, and what it makes of what was left or learnt before. */
class UpnpAftermathTest {
    private static final Endpoint INTERNAL = new Endpoint(HERE, new Port(25565));

    private final ManualTimeline timeline = new ManualTimeline();
    private final ScriptedConnection router = new ScriptedConnection();

    private Result<UpnpOpening.AddOutcome> open(Mapping mapping, GatewayHistory history) {
        Claim claim = new Claim(
                mapping,
                new GatewayId(MappingProtocol.UPNP, GATEWAY),
                mapping.target().seenFrom(HERE),
                new LeaseHandle.UpnpEntry(URI.create("http://192.168.77.1/d.xml"), ""),
                timeline.instant());
        return new UpnpOpening(
                        router,
                        new ProfileCatalog()::standardQuirks,
                        claim,
                        history,
                        new RequestBudget(UpnpOpening.MOST_REQUESTS),
                        Deadline.after(timeline, Duration.ofSeconds(10)))
                .run();
    }

    private static PortMappingRequest opened(Result<UpnpOpening.AddOutcome> result) {
        return ((UpnpOpening.AddOutcome.Opened) result.toOptional().orElseThrow()).request();
    }

    private static Failure failure(Result<UpnpOpening.AddOutcome> result) {
        return ((Result.Err<UpnpOpening.AddOutcome>) result).failure();
    }

    private static GatewayHistory learnt(Adjustment... learned) {
        return new GatewayHistory(entry -> false, Set.of(learned), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {501, -911, 899})
    void what_is_refused_and_done_all_the_same_is_open(int code) {
        router.external = Optional.of(ip("11.22.33.1"));
        router.refusal = request -> code;
        router.doesAnyway = true;

        opened(open(tcp(25565), GatewayHistory.NONE));

        assertThat(router.table).hasSize(1);
    }

    @Test
    void a_switched_off_entry_is_taken_back() {
        router.switchesOff = true;

        assertThat(failure(open(tcp(25565), GatewayHistory.NONE))).isInstanceOf(Failure.Refused.class);
        assertThat(router.table).isEmpty();
    }

    @Test
    void what_cannot_be_taken_back_is_told() {
        router.switchesOff = true;
        router.deleteFault = 606;

        assertThat(failure(open(tcp(25565), GatewayHistory.NONE)))
                .isInstanceOfSatisfying(Failure.LeftOpen.class, left -> {
                    assertThat(left.ports()).containsExactly(new Port(25565));
                    assertThat(left.cause()).isInstanceOf(Failure.Refused.class);
                });
    }

    @Test
    void a_second_reserved_port_is_never_asked_for() {
        router.second = true;
        router.pretends = true;

        assertThat(failure(open(anyPort(tcp(25565)), GatewayHistory.NONE))).isInstanceOf(Failure.Malformed.class);
        assertThat(router.deleted).contains("tcp25565");
        assertThat(router.table).isEmpty();
    }

    @Test
    void a_reserved_port_whose_answer_was_lost_is_found_in_the_list() {
        router.second = true;
        router.losesAny = true;
        router.has(ScriptedConnection.entry(new PortMappingRequest(
                TransportProtocol.TCP,
                new Port(25565),
                new Endpoint(ip("192.168.77.11"), new Port(80)),
                LeaseDuration.PERMANENT,
                "Camera")));

        assertThat(opened(open(anyPort(tcp(25565)), GatewayHistory.NONE)).externalPort())
                .isEqualTo(new Port(25566));
    }

    @Test
    void our_own_entry_that_is_called_taken_is_made_anew() {
        router.has(ScriptedConnection.entry(new PortMappingRequest(
                TransportProtocol.TCP, new Port(25565), INTERNAL, LeaseDuration.ofSeconds(60), "ajar 25565 tcp")));
        router.refusal = request -> router.table.isEmpty() ? 0 : 718;

        opened(open(tcp(25565), GatewayHistory.of(entry -> true)));

        assertThat(router.deleted).containsExactly("tcp25565");
        assertThat(router.table).hasSize(1);
    }

    /** The order of a set must not decide: a plain name asks for the lease that was wanted. */
    @Test
    void two_lessons_hold_together() {
        router.refusal = request ->
                request.lease().seconds() == 0 && request.description().matches("\\w+") ? 0 : 402;

        opened(open(tcp(25565), learnt(Adjustment.PERMANENT_LEASE, Adjustment.PLAIN_DESCRIPTION)));

        assertThat(router.added).hasSize(1);
    }

    @Test
    void a_lesson_that_no_longer_holds_is_unlearnt() {
        router.external = Optional.of(ip("11.22.33.1"));
        router.refusal = request -> request.lease().seconds() == 0 ? 899 : 0;

        UpnpOpening.AddOutcome outcome = open(tcp(25565), learnt(Adjustment.PERMANENT_LEASE))
                .toOptional()
                .orElseThrow();

        assertThat(outcome).isInstanceOfSatisfying(UpnpOpening.AddOutcome.Opened.class, opened -> {
            assertThat(opened.request().lease().seconds()).isEqualTo(3600);
            assertThat(opened.learned()).isEmpty();
        });
    }

    @Test
    void what_cannot_be_looked_at_twice_is_not_asked_for() {
        router.looksBroken = true;

        assertThat(failure(open(tcp(25565), GatewayHistory.NONE)).detail().toString())
                .contains("not asked for");
        assertThat(router.added).isEmpty();
    }

    /** The router's word that it has reserved a port does not make what is there ours. */
    @Test
    void a_reserved_port_that_is_a_neighbours_is_left_alone() {
        router.second = true;
        router.has(ScriptedConnection.entry(new PortMappingRequest(
                TransportProtocol.TCP,
                new Port(30000),
                new Endpoint(ip("192.168.77.11"), new Port(80)),
                LeaseDuration.PERMANENT,
                "Camera")));
        router.claimsToReserve = Optional.of(new Port(30000));

        PortMappingRequest request = opened(open(anyPort(tcp(25565)), GatewayHistory.NONE));

        assertThat(request.externalPort()).isEqualTo(new Port(25566));
        assertThat(router.deleted).doesNotContain("tcp30000");
        assertThat(router.table).containsKey("tcp30000");
    }

    /** Asked for any port, a router may well say that ours is taken: by us. */
    @Test
    void what_is_extended_keeps_its_port() {
        router.second = true;
        opened(open(anyPort(tcp(25565)), GatewayHistory.NONE));

        PortMappingRequest again = opened(open(anyPort(tcp(25565)), GatewayHistory.of(entry -> true)));

        assertThat(again.externalPort()).isEqualTo(new Port(25565));
        assertThat(router.table).hasSize(1);
    }

    /** "No such entry" by a code that may mean anything is believed with the whole list only. */
    @Test
    void a_list_that_did_not_come_leaves_it_untold_whether_an_entry_is_there() {
        router.lookFault = 402;
        router.listBroken = true;

        assertThat(new PortMappingTable(router)
                        .look(TransportProtocol.TCP, new Port(25565), Deadline.after(timeline, Duration.ofSeconds(10))))
                .isInstanceOfSatisfying(
                        Presence.Unknown.class,
                        unknown -> assertThat(unknown.withheld()).isFalse());

        router.listBroken = false;
        assertThat(new PortMappingTable(router)
                        .look(TransportProtocol.TCP, new Port(25565), Deadline.after(timeline, Duration.ofSeconds(10))))
                .isInstanceOf(Presence.Absent.class);
    }
}
