package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.admin.client.InterfaceDetection;
import dev.ajar.gateway.admin.fake.FakeChallengeToken;
import dev.ajar.gateway.admin.fake.FakeDigestSoap;
import dev.ajar.gateway.admin.fake.FakeFormCgi;
import dev.ajar.gateway.admin.fake.FakeHeaderJson;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Fault;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.gateway.admin.fake.FakeKeyed;
import dev.ajar.gateway.admin.fake.FakePositional;
import dev.ajar.gateway.admin.fake.FakeRest;
import dev.ajar.gateway.admin.fake.FakeSessionRpc;
import dev.ajar.http.AdminHttp;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What routers' own interfaces do that no documentation says. */
class AwkwardInterfacesTest extends AdminGatewayFixture {
    @ParameterizedTest
    @EnumSource
    void an_answer_lost_after_adding_is_looked_up(Make make) {
        FakeInterface fake = start(make);
        fake.suffer(Fault.ENDS_AFTER_ADDING);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        Result<Grant> made = map(gateway, claim);
        // A change that was only staged is taken back.
        assertThat(made).isInstanceOf(make == Make.SESSION_RPC ? Result.Err.class : Result.Ok.class);
        assertThat(fake.rules()).hasSize(make == Make.SESSION_RPC ? 0 : 1);
        fake.suffer(Fault.NONE);
        // The claim was written down before, so the next attempt finds the rule by its name.
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(1);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_page_in_the_middle_is_not_an_answer(Make make) {
        FakeInterface fake = start(make);
        fake.suffer(Fault.PAGE_WHEN_ADDING);
        Gateway gateway = gateway(make, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        assertThat(fake.rules()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void names_of_others_do_no_harm(Make make) {
        FakeInterface fake = start(make);
        for (String name :
                List.of("", "<script>", "\u001b[2J", "ajar:", "\"},{", "x".repeat(3000), "\u0000\n\r", "%2A/../")) {
            fake.addForeign(new Rule(name, "udp", 4242, "192.168.1.9", 80));
        }
        List<Rule> before = fake.rules();
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEqualTo(before);
        assertThat(fake.misunderstood()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_rule_that_its_owner_changed_is_left(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, "192.168.1.77", 25565));
        assertThat(failure(gateway.unmap(claim, new Port(25565), deadline()))
                        .detail()
                        .toString())
                .contains("was changed on the router");
        assertThat(fake.rules()).hasSize(1);
    }

    /** Led elsewhere on the router's page, a rule is its owner's, and a renewal must not lead it back. */
    @ParameterizedTest
    @EnumSource
    void a_rule_that_its_owner_changed_is_not_replaced(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, "192.168.1.77", 25565));
        List<Rule> before = fake.rules();
        assertThat(failure(map(gateway, claim)).detail().toString()).contains("was changed on the router");
        assertThat(fake.rules()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void a_rule_that_is_as_the_state_file_has_it_is_replaced(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, "192.168.1.77", 25565));
        GatewayHistory history =
                GatewayHistory.of(entry -> entry.internalClient().raw().equals("192.168.1.77"));
        assertThat(gateway.map(claim, history, deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).singleElement().extracting(Rule::client).isEqualTo(make.client());
    }

    @Test
    void a_rule_that_its_owner_switched_off_stays_off() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        Claim claim = claim(gateway);
        Map<String, Object> off = Map.of(
                ".type", "redirect",
                "name", claim.entryName(),
                "src", "wan",
                "proto", List.of("tcp"),
                "src_dport", "25565",
                "dest_ip", "192.168.1.20",
                "dest_port", "25565",
                "enabled", "0");
        fake.addSection("ajar_off", off);
        GatewayHistory history = GatewayHistory.of(entry -> true);
        assertThat(failure(gateway.map(claim, history, deadline())).detail().toString())
                .contains("was changed on the router");
        assertThat(fake.committed("ajar_off")).isEqualTo(off);
    }

    @ParameterizedTest
    @EnumSource
    void an_earlier_rule_for_the_port_shadows_ours(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule("camera", "tcp", 25565, "192.168.1.9", 80));
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, make.client(), 25565));
        assertThat(failure(map(gateway, claim))).isInstanceOf(Failure.Conflict.class);
        assertThat(fake.rules()).hasSize(2);
    }

    @Test
    void positions_are_read_again_right_before_a_removal() {
        FakePositional fake = (FakePositional) start(Make.POSITIONAL_REST);
        Gateway gateway = gateway(Make.POSITIONAL_REST, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule("first", "tcp", 8080, "192.168.1.9", 80));
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.addForeign(new Rule("last", "udp", 8081, "192.168.1.9", 81));
        fake.afterReading(fake::removeFirst);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).extracting(Rule::name).containsExactly("last");
    }

    @Test
    void a_change_of_another_user_is_waited_for_once() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        fake.isBusy(1);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
        fake.isBusy(2);
        Claim other = gateway.claim(mapping(gateway, 25566, PortPolicy.EXACT), Optional.empty());
        assertThat(failure(map(gateway, other)).detail().toString()).contains("waiting for confirmation");
        assertThat(fake.rules()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSION_RPC", "COOKIE_CSRF"})
    void a_session_lost_in_the_middle_is_begun_anew_once(Make make) {
        FakeInterface fake = start(make);
        Runnable end = fake instanceof FakeKeyed keyed ? keyed::endSession : ((FakeSessionRpc) fake)::endSession;
        Gateway gateway = gateway(make, fake);
        fake.beforeWriting(end);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
        Claim other = gateway.claim(mapping(gateway, 25566, PortPolicy.EXACT), Optional.empty());
        fake.beforeWriting(end);
        fake.beforeWriting(end);
        assertThat(failure(map(gateway, other))).isInstanceOf(Failure.Refused.class);
        assertThat(fake.rules()).hasSize(1);
    }

    @Test
    void a_section_of_the_same_name_is_not_merged_into() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        Claim claim = claim(gateway);
        String mark = claim.entryName().substring(claim.entryName().length() - 4);
        String key = "ajar_tcp_25565_" + mark;
        Map<String, Object> rule = Map.of(".type", "rule", "name", "mine", "target", "ACCEPT");
        fake.addSection(key, rule);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.committed(key)).isEqualTo(rule);
        assertThat(fake.committed(key + "_2")).containsEntry("name", claim.entryName());
    }

    @Test
    void of_several_zones_the_one_with_the_default_route_is_outside() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.hasTwoWays();
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.zoneOf(claim.entryName())).isEqualTo("fibre");
    }

    @Test
    void without_a_list_of_interfaces_the_one_with_the_default_route_is_outside() {
        FakeRest fake = (FakeRest) start(Make.BASIC_REST);
        Gateway gateway = gateway(Make.BASIC_REST, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.row(claim.entryName()))
                .containsEntry("in-interface-list", "WAN")
                .doesNotContainKey("in-interface");
        fake.hasNoList();
        Claim other = gateway.claim(mapping(gateway, 25566, PortPolicy.EXACT), Optional.empty());
        assertThat(map(gateway, other)).isInstanceOf(Result.Ok.class);
        assertThat(fake.row(other.entryName()))
                .containsEntry("in-interface", "ether1")
                .doesNotContainKey("in-interface-list");
    }

    @Test
    void a_rule_stored_twice_is_not_removed_where_that_breaks_the_list() {
        FakeFormCgi fake = (FakeFormCgi) start(Make.NEWER_FORM_CGI);
        Gateway gateway = gateway(Make.NEWER_FORM_CGI, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, "192.168.1.20", 25565));
        fake.addForeign(new Rule(claim.entryName(), "tcp", 25565, "192.168.1.20", 25565));
        assertThat(failure(gateway.unmap(claim, new Port(25565), deadline()))
                        .detail()
                        .toString())
                .contains("twice");
        assertThat(fake.rules()).hasSize(2);
    }

    @Test
    void another_host_is_refused_without_asking_where_the_router_serves_its_own_alone() {
        FakeInterface fake = start(Make.DIGEST_SOAP);
        Gateway gateway = gateway(Make.DIGEST_SOAP, fake);
        Port port = new Port(25565);
        Mapping other = new Mapping(
                TransportProtocol.TCP,
                port,
                PortPolicy.EXACT,
                new Target.OtherHost(Addresses.ipv4("192.168.1.20").orElseThrow(), port),
                LeaseDuration.PERMANENT,
                EntryName.standard(TransportProtocol.TCP, port));
        assertThat(failure(map(gateway, gateway.claim(other, Optional.empty()))))
                .isInstanceOfSatisfying(
                        Failure.NotAsked.class,
                        not -> assertThat(not.cause()).isInstanceOf(Failure.ForeignHostRefused.class));
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void a_second_factor_is_told() {
        FakeDigestSoap fake = (FakeDigestSoap) start(Make.DIGEST_SOAP);
        fake.wantsApproval();
        Gateway gateway = gateway(Make.DIGEST_SOAP, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("confirm the change on the box");
        assertThat(fake.rules()).isEmpty();
    }

    @Test
    void of_a_shared_address_only_its_ports_are_used() {
        FakeChallengeToken fake = (FakeChallengeToken) start(Make.CHALLENGE_TOKEN);
        fake.shares(32768, 49151);
        Gateway gateway = gateway(Make.CHALLENGE_TOKEN, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("32768-49151");
        assertThat(fake.rules()).isEmpty();
    }

    /** Such as remote access to its page. */
    @ParameterizedTest
    @EnumSource(names = {"CHALLENGE_TOKEN", "HEADER_JSON", "KEYED_REST", "COOKIE_CSRF"})
    void a_port_of_the_router_s_own_is_taken(Make make) {
        FakeInterface fake = start(make);
        fake.serves(25565);
        Gateway gateway = gateway(make, fake);
        Failure taken = failure(map(gateway, claim(gateway)));
        assertThat(taken).isInstanceOf(Failure.Conflict.class);
        assertThat(taken.detail().toString()).contains("a service of its own");
        assertThat(fake.rules()).isEmpty();
    }

    /** Its list does not show the service, so that only the refusal tells. */
    @ParameterizedTest
    @EnumSource(names = {"CHALLENGE_TOKEN", "HEADER_JSON", "KEYED_REST", "COOKIE_CSRF"})
    void where_any_port_will_do_the_next_after_the_router_s_own_is_taken(Make make) {
        FakeInterface fake = start(make);
        fake.serves(25565);
        fake.addForeign(new Rule("camera", "tcp", 25566, "192.168.1.9", 80));
        Gateway gateway = gateway(make, fake);
        Claim claim = gateway.claim(mapping(gateway, 25565, PortPolicy.ANY_FREE), Optional.empty());
        assertThat(map(gateway, claim))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(((Grant.Granted) ok.value()).lease().externalPort())
                                .isEqualTo(new Port(25567)));
        assertThat(fake.rules()).hasSize(2);
    }

    @Test
    void rows_that_only_log_or_count_take_nothing() {
        FakeRest fake = (FakeRest) start(Make.BASIC_REST);
        fake.addRow(Map.of("chain", "dstnat", "action", "log", "comment", "seen"));
        fake.addRow(Map.of("chain", "dstnat", "action", "passthrough", "comment", "counted"));
        fake.addRow(Map.of("chain", "dstnat", "action", "add-src-to-address-list", "comment", "noted"));
        fake.addRow(Map.of("chain", "dstnat", "action", "add-dst-to-address-list", "comment", "noted, too"));
        Gateway gateway = gateway(Make.BASIC_REST, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
        FakeRest other = (FakeRest) start(Make.BASIC_REST);
        other.addRow(Map.of("chain", "dstnat", "action", "accept", "comment", "let through"));
        Gateway second = gateway(Make.BASIC_REST, other);
        assertThat(failure(map(second, claim(second)))).isInstanceOf(Failure.Conflict.class);
    }

    @Test
    void older_names_of_actions_are_spoken_where_the_router_knows_no_others() {
        FakeHeaderJson fake = (FakeHeaderJson) start(Make.HEADER_JSON);
        fake.isOlder();
        assertThat(new InterfaceDetection(new AdminHttp(), MAKES)
                        .detect(LOOPBACK, Optional.of(fake.base()), LOOPBACK, deadline())
                        .map(found -> found.make().id()))
                .contains("linksys");
        Gateway gateway = gateway(Make.HEADER_JSON, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEmpty();
    }

    @Test
    void where_no_connection_is_named_the_one_that_is_connected_is_used() {
        FakeDigestSoap fake = (FakeDigestSoap) start(Make.DIGEST_SOAP);
        fake.namesNoConnection();
        Gateway gateway = gateway(Make.DIGEST_SOAP, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(1);
    }
}
