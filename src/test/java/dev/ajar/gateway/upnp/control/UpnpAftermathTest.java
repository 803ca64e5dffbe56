package dev.ajar.gateway.upnp.control;

import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.anyPort;
import static dev.ajar.testing.Samples.ip;
import static dev.ajar.testing.Samples.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.GatewayHistory;
import dev.ajar.model.Adjustment;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an opening cleans up, and how it uses earlier entries and learned adjustments. */
class UpnpAftermathTest extends OpeningTestBase {
    private static final Endpoint INTERNAL = new Endpoint(HERE, new Port(25565));

    private static GatewayHistory learned(Adjustment... adjustments) {
        return new GatewayHistory(entry -> false, Set.of(adjustments), Optional.empty(), false);
    }

    @ParameterizedTest
    @ValueSource(ints = {501, -911, 899})
    void a_mapping_that_was_refused_but_made_counts_as_open(int code) {
        router.external = Optional.of(ip("11.22.33.1"));
        router.refusal = request -> code;
        router.doesAnyway = true;

        opened(open(tcp(25565)));

        assertThat(router.table).hasSize(1);
    }

    /** Each answer about a single entry and about the list of version 1 may mean anything. */
    @Test
    void an_empty_yes_shows_in_the_list_of_version_2_alone() {
        router.second = true;
        router.lookFault = 501;
        router.listFault = 501;
        router.has(neighbours(4000));
        router.pretends = true;

        assertThat(open(tcp(25565))).isInstanceOf(Result.Ok.class);

        router.listsAtOnce = true;
        assertThat(failure(open(tcp(25565))).detail().toString()).contains("not in its list");
    }

    @Test
    void a_switched_off_entry_is_removed() {
        router.switchesOff = true;

        assertThat(failure(open(tcp(25565)))).isInstanceOf(Failure.Refused.class);
        assertThat(router.table).isEmpty();
    }

    @Test
    void an_entry_that_cannot_be_removed_is_reported() {
        router.switchesOff = true;
        router.deleteFault = 606;

        assertThat(failure(open(tcp(25565)))).isInstanceOfSatisfying(Failure.LeftOpen.class, left -> {
            assertThat(left.ports()).containsExactly(new Port(25565));
            assertThat(left.cause()).isInstanceOf(Failure.Refused.class);
        });
    }

    @Test
    void a_second_reserved_port_is_never_asked_for() {
        router.second = true;
        router.pretends = true;

        assertThat(failure(open(anyPort(tcp(25565))))).isInstanceOf(Failure.Malformed.class);
        assertThat(router.deleted).contains("tcp25565");
        assertThat(router.table).isEmpty();
    }

    @Test
    void a_reserved_port_whose_answer_was_lost_is_found_in_the_list() {
        router.second = true;
        router.losesAny = true;
        router.has(neighbours(25565));

        assertThat(opened(open(anyPort(tcp(25565)))).externalPort()).isEqualTo(new Port(25566));
    }

    @Test
    void our_own_entry_is_replaced_if_the_router_calls_its_port_taken() {
        router.has(entry(25565, INTERNAL, "ajar 25565 tcp"));
        router.refusal = request -> router.table.isEmpty() ? 0 : 718;

        opened(open(tcp(25565), GatewayHistory.of(entry -> true)));

        assertThat(router.deleted).containsExactly("tcp25565");
        assertThat(router.table).hasSize(1);
    }

    /** Whatever the order of the set: applying the plain description must not reset the lease. */
    @Test
    void two_learned_adjustments_are_applied_together() {
        router.refusal = request ->
                request.lease().seconds() == 0 && request.description().matches("\\w+") ? 0 : 402;

        opened(open(tcp(25565), learned(Adjustment.PERMANENT_LEASE, Adjustment.PLAIN_DESCRIPTION)));

        assertThat(router.added).hasSize(1);
    }

    @Test
    void a_learned_adjustment_that_no_longer_helps_is_dropped() {
        router.external = Optional.of(ip("11.22.33.1"));
        router.refusal = request -> request.lease().seconds() == 0 ? 899 : 0;

        AddOutcome outcome = open(tcp(25565), learned(Adjustment.PERMANENT_LEASE))
                .toOptional()
                .orElseThrow();

        assertThat(outcome).isInstanceOfSatisfying(AddOutcome.Opened.class, opened -> {
            assertThat(opened.request().lease().seconds()).isEqualTo(3600);
            assertThat(opened.learned()).isEmpty();
        });
    }

    @Test
    void a_port_that_cannot_be_checked_is_not_asked_for() {
        router.looksBroken = true;

        assertThat(failure(open(tcp(25565))).detail().toString()).contains("not asked for");
        assertThat(router.added).isEmpty();
    }

    /** The entry at a port that the router says it reserved may still belong to another device. */
    @Test
    void a_reserved_port_of_a_neighbour_is_left_alone() {
        router.second = true;
        router.has(neighbours(30000));
        router.claimsToReserve = Optional.of(new Port(30000));

        PortMappingRequest request = opened(open(anyPort(tcp(25565))));

        assertThat(request.externalPort()).isEqualTo(new Port(25566));
        assertThat(router.deleted).doesNotContain("tcp30000");
        assertThat(router.table).containsKey("tcp30000");
    }

    /** Asked for any port, a router may say that ours is taken, because ajar has it. */
    @Test
    void an_extended_mapping_keeps_its_port() {
        router.second = true;
        opened(open(anyPort(tcp(25565))));

        PortMappingRequest again = opened(open(anyPort(tcp(25565)), GatewayHistory.of(entry -> true)));

        assertThat(again.externalPort()).isEqualTo(new Port(25565));
        assertThat(router.table).hasSize(1);
    }

    /** A code that can mean more than "no such entry" counts as that only if the whole list confirms it. */
    @Test
    void without_the_list_it_is_unknown_whether_an_entry_exists() {
        router.lookFault = 402;
        router.listBroken = true;

        assertThat(new PortMappingTable(router).look(TransportProtocol.TCP, new Port(25565), deadline()))
                .isInstanceOfSatisfying(
                        Presence.Unknown.class,
                        unknown -> assertThat(unknown.withheld()).isFalse());

        router.listBroken = false;
        assertThat(new PortMappingTable(router).look(TransportProtocol.TCP, new Port(25565), deadline()))
                .isInstanceOf(Presence.Absent.class);
    }

    @Test
    void a_refusal_without_a_reason_is_asked_again_once_and_as_at_first() {
        router.external = Optional.of(ip("11.22.33.1"));
        router.refusal = request -> router.added.size() <= 2 ? 501 : 0;

        assertThat(opened(open(tcp(25565))).lease().seconds()).isEqualTo(3600);
        assertThat(router.added).hasSize(3);
    }

    @Test
    void a_refused_mapping_that_is_listed_is_told_with_the_refusal() {
        router.external = Optional.of(ip("11.22.33.1"));
        router.refusal = request -> 501;
        router.doesAnyway = true;

        assertThat(open(tcp(25565)).toOptional().orElseThrow())
                .isInstanceOfSatisfying(AddOutcome.Opened.class, opened -> {
                    assertThat(opened.asAsked()).isFalse();
                    assertThat(opened.refusal().orElseThrow().code()).isEqualTo(501);
                });
    }

    @Test
    void an_entry_without_a_port_of_another_client_is_taken() {
        router.has(neighbours(25565));
        router.hidesInternalPorts = true;

        assertThat(failure(open(tcp(25565)))).isInstanceOf(Failure.Conflict.class);
        assertThat(router.added).isEmpty();
    }

    @Test
    void refused_ports_are_followed_by_one_far_away_with_the_lease_left_alone() {
        router.external = Optional.of(ip("11.22.33.1"));
        router.refusal = request -> request.externalPort().number() < 30_000 ? 501 : 0;

        assertThat(opened(open(anyPort(tcp(25565)))).lease().seconds()).isEqualTo(3600);
        assertThat(router.added).hasSizeLessThanOrEqualTo(5);
    }
}
