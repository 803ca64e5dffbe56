package dev.ajar.gateway.upnp.control;

import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.NEIGHBOUR;
import static dev.ajar.testing.Samples.anyPort;
import static dev.ajar.testing.Samples.ip;
import static dev.ajar.testing.Samples.lasting;
import static dev.ajar.testing.Samples.tcp;
import static dev.ajar.testing.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.GatewayHistory;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every decision in opening a port. */
class UpnpOpeningTest extends OpeningTestBase {
    @Test
    void a_free_port_is_asked_for_once_and_read_back() {
        PortMappingRequest request = opened(open(tcp(25565)));

        assertThat(router.added).containsExactly(request);
        assertThat(request.lease().seconds()).isEqualTo(3600);
        assertThat(request.internal()).isEqualTo(new Endpoint(HERE, new Port(25565)));
    }

    @ParameterizedTest
    @ValueSource(ints = {725, 402, 501, -911, 899})
    void a_router_without_leases_is_asked_for_a_permanent_mapping(int code) {
        router.external = Optional.of(ip("11.22.33.1"));
        router.refusal = request -> request.lease().seconds() == 0 ? 0 : code;

        assertThat(opened(open(tcp(25565))).lease()).isEqualTo(LeaseDuration.PERMANENT);
        assertThat(router.added).hasSize(2);
    }

    @Test
    void a_router_that_refuses_permanent_mappings_is_asked_for_a_week() {
        router.refusal = request -> request.lease().seconds() == 0 ? 402 : 0;

        assertThat(opened(open(lasting(LeaseDuration.PERMANENT, tcp(25565))))
                        .lease()
                        .seconds())
                .isEqualTo(604_800);
    }

    @ParameterizedTest
    @ValueSource(ints = {606, 728, 727})
    void some_refusals_are_final(int code) {
        router.refusal = request -> code;

        assertThat(open(tcp(25565))).isInstanceOf(Result.Err.class);
        assertThat(router.added).hasSize(1);
    }

    @Test
    void a_router_that_refuses_everything_is_asked_a_bounded_number_of_times() {
        for (int code : new int[] {402, 501, 718, 725, 729, 899, 724}) {
            router.added.clear();
            router.external = Optional.of(ip("11.22.33.1"));
            router.refusal = request -> code;

            assertThat(open(anyPort(tcp(25565)))).isInstanceOf(Result.Err.class);
            assertThat(router.added.size()).as("code %d", code).isLessThanOrEqualTo(15);
        }
    }

    @Test
    void a_port_of_another_host_is_left_alone_and_its_holder_is_named() {
        router.has(neighbours(25565));

        assertThat(failure(open(tcp(25565)))).isInstanceOfSatisfying(Failure.Conflict.class, conflict -> {
            assertThat(conflict.holder()).contains(new Endpoint(NEIGHBOUR, new Port(80)));
            assertThat(conflict.detail().toString())
                    .contains("192.168.77.11:80")
                    .contains("Camera");
        });
        assertThat(router.added).isEmpty();
        assertThat(router.deleted).isEmpty();
    }

    @Test
    void any_port_means_the_next_free_one() {
        router.has(neighbours(25565));
        router.has(neighbours(25566));

        assertThat(opened(open(anyPort(tcp(25565)))).externalPort()).isEqualTo(new Port(25567));
        assertThat(router.deleted).isEmpty();
    }

    @Test
    void the_second_edition_chooses_a_port_itself() {
        router.second = true;
        router.has(neighbours(25565));

        assertThat(opened(open(anyPort(tcp(25565)))).externalPort()).isEqualTo(new Port(25566));
    }

    @Test
    void ten_taken_ports_are_enough() {
        for (int port = 25565; port < 25600; port++) {
            router.has(neighbours(port));
        }

        assertThat(failure(open(anyPort(tcp(25565))))).isInstanceOf(Failure.Conflict.class);
        assertThat(router.added).isEmpty();
    }

    @Test
    void our_own_entry_is_extended() {
        router.has(entry(25565, new Endpoint(HERE, new Port(25565)), "ajar 25565 tcp"));

        opened(open(tcp(25565), GatewayHistory.of(entry -> true)));

        assertThat(router.added).hasSize(1);
        assertThat(router.deleted).isEmpty();
    }

    /** Two users of one machine, or one whose state file was lost: names alike prove nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"ajar 25565 tcp", "ajar 25565 tcp x9z1"})
    void an_entry_of_another_ajar_on_this_machine_is_left_as_it_is(String name) {
        router.has(entry(25565, new Endpoint(HERE, new Port(25565)), name));

        assertThat(open(tcp(25565)).toOptional()).containsInstanceOf(AddOutcome.AlreadyThere.class);
        assertThat(router.added).isEmpty();
        assertThat(router.deleted).isEmpty();
    }

    @Test
    void an_entry_of_another_ajar_for_another_port_of_this_machine_is_a_conflict() {
        router.has(entry(25565, new Endpoint(HERE, new Port(80)), "ajar 25565 tcp x9z1"));

        assertThat(failure(open(tcp(25565))).detail().toString()).contains("another ajar opened it");
        assertThat(router.deleted).isEmpty();
    }

    @Test
    void our_own_entry_that_leads_elsewhere_is_replaced() {
        router.has(entry(25565, new Endpoint(ip("192.168.77.99"), new Port(25565)), "ajar 25565 tcp"));

        opened(open(tcp(25565), GatewayHistory.of(entry -> true)));

        assertThat(router.deleted).containsExactly("tcp25565");
    }

    @Test
    void the_same_mapping_made_by_another_program_is_left_as_it_is() {
        router.has(entry(25565, new Endpoint(HERE, new Port(25565)), "some game"));

        assertThat(open(tcp(25565)).toOptional())
                .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(AddOutcome.AlreadyThere.class));
        assertThat(router.added).isEmpty();
    }

    @Test
    void a_yes_that_changes_nothing_is_not_believed() {
        router.pretends = true;

        assertThat(failure(open(tcp(25565))))
                .isInstanceOfSatisfying(
                        Failure.Malformed.class,
                        failure -> assertThat(failure.detail().toString()).contains("not in its list"));
        assertThat(router.added)
                .extracting(request -> request.lease().seconds())
                .containsExactly(3600L, 3600L, 0L);
    }

    /** Some refuse the look at one entry, and show their list. */
    @Test
    void a_refused_look_is_made_up_for_by_the_list() {
        router.lookFault = 606;

        assertThat(open(tcp(25565)).toOptional())
                .hasValueSatisfying(outcome ->
                        assertThat(((AddOutcome.Opened) outcome).entry()).isPresent());
    }

    @Test
    void a_router_that_will_not_show_its_list_is_believed_but_not_verified() {
        router.lookFault = 606;
        router.listFault = 606;

        assertThat(open(tcp(25565)).toOptional())
                .hasValueSatisfying(outcome ->
                        assertThat(((AddOutcome.Opened) outcome).entry()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {718, 606})
    void secure_mode_is_not_a_conflict(int code) {
        router.refusal = request -> code;

        assertThat(failure(open(to(NEIGHBOUR, tcp(25565)))))
                .isInstanceOfSatisfying(
                        Failure.ForeignHostRefused.class,
                        refused -> assertThat(refused.detail().toString()).contains("for itself"));
    }

    @Test
    void a_port_taken_by_the_router_itself_is_a_conflict_without_a_holder() {
        router.refusal = request -> 718;

        assertThat(failure(open(tcp(25565))))
                .isInstanceOfSatisfying(
                        Failure.Conflict.class,
                        conflict -> assertThat(conflict.holder()).isEmpty());
    }

    @Test
    void a_router_without_a_public_address_differs_from_a_broken_one() {
        router.refusal = request -> 501;
        router.external = Optional.empty();
        assertThat(failure(open(tcp(25565)))).isInstanceOf(Failure.SecondNat.class);

        router.external = Optional.of(ip("100.64.250.247"));
        assertThat(failure(open(tcp(25565)))).isInstanceOf(Failure.SecondNat.class);
    }

    @Test
    void a_week_that_was_asked_for_as_permanent_is_counted_as_a_week() {
        assertThat(UpnpGateway.GrantedLease.of(LeaseDuration.PERMANENT, Optional.of(LeaseDuration.ofSeconds(604_800))))
                .isEqualTo(LeaseDuration.ofSeconds(604_800));
        assertThat(UpnpGateway.GrantedLease.of(LeaseDuration.ofSeconds(3600), Optional.of(LeaseDuration.PERMANENT)))
                .isEqualTo(LeaseDuration.ofSeconds(3600));
        assertThat(UpnpGateway.GrantedLease.of(
                        LeaseDuration.ofSeconds(3600), Optional.of(LeaseDuration.ofSeconds(3599))))
                .isEqualTo(LeaseDuration.ofSeconds(3600));
        assertThat(UpnpGateway.GrantedLease.of(
                        LeaseDuration.ofSeconds(3600), Optional.of(LeaseDuration.ofSeconds(120))))
                .isEqualTo(LeaseDuration.ofSeconds(120));
    }

    @Test
    void among_services_the_one_that_is_up_and_public_is_chosen() {
        ScriptedConnection down = new ScriptedConnection();
        down.connected = false;
        ScriptedConnection hidden = new ScriptedConnection();
        hidden.external = Optional.of(ip("10.0.0.2"));
        router.external = Optional.of(ip("11.22.33.1"));
        Deadline deadline = deadline();

        assertThat(ServiceSelection.ranked(List.of(down, hidden, router), new RequestBudget(20), deadline))
                .containsExactly(router, hidden, down);
        assertThat(ServiceSelection.ranked(List.of(down, hidden), new RequestBudget(20), deadline))
                .containsExactly(hidden, down);
    }

    @Test
    void the_list_is_read_to_its_end_whatever_the_router_calls_the_end() {
        router.has(neighbours(1));
        router.has(neighbours(2));

        assertThat(new PortMappingTable(router)
                        .list(deadline())
                        .toOptional()
                        .orElseThrow()
                        .entries())
                .hasSize(2);
    }
}
