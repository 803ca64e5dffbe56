package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.admin.fake.FakeFormCgi;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Fault;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every router's own interface must get right, on the fake of each make. */
class AdminGatewayTest extends AdminGatewayFixture {
    @ParameterizedTest
    @EnumSource
    void a_rule_is_made_seen_and_removed(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        List<Rule> before = fake.rules();
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);

        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules())
                .contains(new Rule(claim.entryName(), "tcp", 25565, make.client(), 25565))
                .containsAll(before);
        assertThat(gateway.look(TransportProtocol.TCP, new Port(25565), deadline()))
                .isInstanceOf(Presence.Present.class);
        assertThat(gateway.list(deadline()))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(((MappingTable) ok.value()).entries())
                                .hasSize(make == Make.BASIC_REST ? 3 : 2));

        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEqualTo(before);
        assertThat(gateway.look(TransportProtocol.TCP, new Port(25565), deadline()))
                .isInstanceOf(Presence.Absent.class);
        assertThat(fake.misunderstood()).isEmpty();
        assertThat(fake.openSessions()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_rule_that_is_there_is_not_written_again(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void another_users_rule_on_the_port_is_a_conflict_and_stays(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(new Rule("camera", "tcp", 25565, "192.168.1.9", 80));
        List<Rule> before = fake.rules();
        Gateway gateway = gateway(make, fake);
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.Conflict.class);
        assertThat(fake.rules()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void any_free_port_is_the_next_one(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(new Rule("camera", "tcp", 25565, "192.168.1.9", 80));
        Gateway gateway = gateway(make, fake);
        Claim claim = gateway.claim(mapping(gateway, 25565, PortPolicy.ANY_FREE), Optional.empty());
        assertThat(map(gateway, claim))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(((Grant.Granted) ok.value()).lease().externalPort())
                                .isEqualTo(new Port(25566)));
    }

    @ParameterizedTest
    @EnumSource
    void a_yes_that_made_nothing_is_a_failure(Make make) {
        FakeInterface fake = start(make);
        fake.suffer(Fault.IGNORES_WRITES);
        Gateway gateway = gateway(make, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        assertThat(fake.rules()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_yes_that_removed_nothing_is_a_failure(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.suffer(Fault.IGNORES_WRITES);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Err.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_list_cut_off_is_unknown_and_nothing_is_written(Make make) {
        FakeInterface fake = start(make);
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        List<Rule> before = fake.rules();
        fake.suffer(Fault.CUTS_LIST);
        Gateway gateway = gateway(make, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        assertThat(gateway.look(TransportProtocol.TCP, new Port(8080), deadline()))
                .isInstanceOf(Presence.Unknown.class);
        assertThat(fake.rules()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_password_is_tried_once(Make make) {
        FakeInterface fake = start(make);
        password = "wrong";
        Gateway gateway = gateway(make, fake);
        Failure failure = failure(map(gateway, claim(gateway)));
        assertThat(failure).isInstanceOf(Failure.Refused.class);
        assertThat(failure.detail().toString()).isEqualTo("the router did not accept the password");
        assertThat(fake.requests()).hasSize(make.attempt());
    }

    @ParameterizedTest
    @EnumSource
    void a_login_page_or_a_redirect_is_not_an_answer(Make make) {
        FakeInterface fake = start(make);
        for (Fault fault : List.of(Fault.LOGIN_PAGE, Fault.REDIRECTS)) {
            fake.suffer(fault);
            Gateway gateway = gateway(make, fake);
            assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        }
        assertThat(fake.rules()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "SESSION_RPC",
                "BASIC_REST",
                "APPLIED_REST",
                "KEYED_REST",
                "COOKIE_CSRF",
                "POSITIONAL_REST",
                "DIGEST_SOAP",
                "CHALLENGE_TOKEN",
                "CHALLENGE_COOKIE"
            })
    void a_missing_right_is_named(Make make) {
        FakeInterface fake = start(make);
        fake.suffer(Fault.NO_RIGHT);
        Gateway gateway = gateway(make, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("it needs the right");
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSION_RPC", "APPLIED_REST", "POSITIONAL_REST"})
    void a_change_that_cannot_be_applied_leaves_nothing_behind(Make make) {
        FakeInterface fake = start(make);
        fake.suffer(Fault.APPLY_FAILS);
        Gateway gateway = gateway(make, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        fake.suffer(Fault.NONE);
        assertThat(gateway.look(TransportProtocol.TCP, new Port(25565), deadline()))
                .isInstanceOf(Presence.Absent.class);
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_sent_to_another_network_card(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        card = "02:00:00:00:00:02";
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.NoGateway.class);
        assertThat(fake.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"OLDEST_FORM_CGI", "FORM_CGI", "NEWER_FORM_CGI"})
    void a_page_that_is_switched_off_is_left_off(Make make) {
        FakeFormCgi fake = (FakeFormCgi) start(make);
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        fake.switchOff();
        Gateway gateway = gateway(make, fake);
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.Refused.class);
        assertThat(fake.isSwitchedOn()).isFalse();
        assertThat(fake.rules()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void removing_leaves_the_others_in_their_places(Make make) {
        FakeInterface fake = start(make);
        Gateway gateway = gateway(make, fake);
        Claim claim = claim(gateway);
        fake.addForeign(new Rule("first", "tcp", 8080, "192.168.1.9", 80));
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.addForeign(new Rule("last", "udp", 8081, "192.168.1.9", 81));
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).extracting(Rule::name).containsExactly("first", "last");
    }
}
