package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.fake.FakeContextRpc;
import dev.ajar.gateway.admin.fake.FakeDigestSoap;
import dev.ajar.gateway.admin.fake.FakeFormCgi;
import dev.ajar.gateway.admin.fake.FakeHookForm;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.gateway.admin.fake.FakeKeyed;
import dev.ajar.gateway.admin.fake.FakeSessionRpc;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins that are refused, and sessions that end, where the make says more than yes or no. */
class SessionsTest extends AdminGatewayFixture {
    @Test
    void a_lockout_is_told_with_its_time() {
        FakeKeyed fake = (FakeKeyed) start(Make.COOKIE_CSRF);
        fake.locks("240");
        Gateway gateway = gateway(Make.COOKIE_CSRF, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("try again in 240 seconds");
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void a_lockout_without_a_time_is_told_without_one() {
        FakeKeyed fake = (FakeKeyed) start(Make.COOKIE_CSRF);
        fake.locks("Wed, 21 Oct 2026 07:28:00 GMT");
        Gateway gateway = gateway(Make.COOKIE_CSRF, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("for some minutes");
    }

    @Test
    void a_second_factor_of_the_account_is_not_passed() {
        FakeKeyed fake = (FakeKeyed) start(Make.COOKIE_CSRF);
        fake.wantsSecondFactor();
        Gateway gateway = gateway(Make.COOKIE_CSRF, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("local account");
        assertThat(fake.requests()).hasSize(1);
    }

    /** Real firmware writes the time behind the end of its document. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"error_status\":\"7\" } ,\"remaining_lock_time\":\"290\" | try again in 290 seconds",
                "{\"error_status\":\"7\",\"remaining_lock_time\":\"12\"} | try again in 12 seconds",
                "{\"error_status\":\"7\"} | for some minutes",
                "{\"error_status\":\"9\"} | another administrator is logged in",
                "{\"error_status\":\"10\"} | wants a picture solved",
                "{\"error_status\":\"11\"} | lets everyone in without a password",
                "{\"error_status\":\"5\"} | error 5"
            })
    void why_a_login_is_refused_is_told(String answer, String told) {
        FakeHookForm fake = (FakeHookForm) start(Make.HOOK_FORM);
        fake.refuses(answer);
        Gateway gateway = gateway(Make.HOOK_FORM, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains(told);
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void a_rule_of_the_same_id_is_not_replaced() {
        FakeContextRpc fake = (FakeContextRpc) start(Make.CONTEXT_RPC);
        Gateway gateway = gateway(Make.CONTEXT_RPC, fake);
        Claim claim = claim(gateway);
        Rule camera = new Rule("camera", "tcp", 8080, "192.168.1.9", 80);
        fake.addForeign("webui_" + claim.entryName().replaceAll("[^A-Za-z0-9]", "_"), camera);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(2).contains(camera);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).containsExactly(camera);
    }

    @Test
    void a_rule_that_cannot_be_read_may_be_for_any_port() {
        FakeContextRpc fake = (FakeContextRpc) start(Make.CONTEXT_RPC);
        fake.addForeign(new Rule("vpn", "47", 0, "192.168.1.9", 0));
        Gateway gateway = gateway(Make.CONTEXT_RPC, fake);
        assertThat(gateway.look(TransportProtocol.TCP, new Port(25565), deadline()))
                .isInstanceOf(Presence.Unknown.class);
    }

    @Test
    void a_rule_of_both_protocols_is_for_each() {
        FakeContextRpc fake = (FakeContextRpc) start(Make.CONTEXT_RPC);
        fake.addForeign(new Rule("console", "both", 25565, "192.168.1.9", 25565));
        Gateway gateway = gateway(Make.CONTEXT_RPC, fake);
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.Conflict.class);
    }

    /** Before the id of a rule the router puts its origin, so that the id itself must be without it. */
    @Test
    void an_id_gets_its_origin_from_the_router_and_the_change_is_committed() {
        FakeContextRpc fake = (FakeContextRpc) start(Make.CONTEXT_RPC);
        Gateway gateway = gateway(Make.CONTEXT_RPC, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.ids()).singleElement().asString().matches("webui_ajar_.*");
        assertThat(fake.commits()).isEqualTo(1);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.commits()).isEqualTo(2);
    }

    @Test
    void a_range_written_as_two_numbers_takes_all_its_ports() {
        FakeContextRpc fake = (FakeContextRpc) start(Make.CONTEXT_RPC);
        fake.addRange(new Rule("console", "tcp", 25000, "192.168.1.9", 25000), 26000);
        Gateway gateway = gateway(Make.CONTEXT_RPC, fake);
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.Conflict.class);
    }

    /** Rows as another program writes them, with a sign too many at their end. */
    @Test
    void a_row_that_ends_with_a_sign_too_many_is_read_and_goes_back_as_it_was() {
        FakeHookForm fake = (FakeHookForm) start(Make.HOOK_FORM);
        fake.setList("<camera>8080>192.168.1.9>80>TCP>>");
        Gateway gateway = gateway(Make.HOOK_FORM, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.list()).startsWith("<camera>8080>192.168.1.9>80>TCP>><");
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.list()).isEqualTo("<camera>8080>192.168.1.9>80>TCP>>");
    }

    @Test
    void a_rule_that_upnp_made_is_a_conflict() {
        FakeContextRpc fake = (FakeContextRpc) start(Make.CONTEXT_RPC);
        fake.addByUpnp(new Rule("console", "tcp", 25565, "192.168.1.9", 25565));
        Gateway gateway = gateway(Make.CONTEXT_RPC, fake);
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.Conflict.class);
        assertThat(fake.rules()).isEmpty();
    }

    /** Before the change is confirmed it is read, and what is not as it was asked for undoes itself. */
    @Test
    void a_change_that_came_out_otherwise_is_not_confirmed() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Rule camera = new Rule("camera", "tcp", 8080, "192.168.1.9", 80);
        fake.addForeign(camera);
        fake.mangles();
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.Refused.class);
        assertThat(fake.rules()).containsExactly(camera);
    }

    @Test
    void a_section_without_a_name_makes_the_list_incomplete() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.addSection(" ", Map.of(".type", "redirect", "name", "x", "src", "wan", "src_dport", "8080"));
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(gateway.look(TransportProtocol.TCP, new Port(25565), deadline()))
                .isInstanceOf(Presence.Unknown.class);
    }

    /** Some failures quote the router, and a router can say what it was sent. */
    @ParameterizedTest
    @EnumSource(names = {"BASIC_REST", "KEYED_REST", "POSITIONAL_REST", "HEADER_JSON"})
    void a_router_that_says_the_password_is_not_quoted(Make make) {
        FakeInterface fake = start(make);
        String said = "{\"result\":\"" + FakeInterface.PASSWORD + "\",\"message\":\"x" + FakeInterface.PASSWORD
                + "\",\"meta\":{\"msg\":\"" + FakeInterface.PASSWORD + "\"}}";
        fake.misanswers(0, new FakeInterface.Reply(400, said, Map.of()));
        Gateway gateway = gateway(make, fake);
        assertThat(failure(map(gateway, claim(gateway))).toString()).doesNotContain(FakeInterface.PASSWORD);
        assertThat(fake.rules()).isEmpty();
    }

    @Test
    void a_removal_that_removed_nothing_is_not_confirmed() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.suffer(FakeInterface.Fault.IGNORES_WRITES);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Err.class);
        assertThat(fake.confirmations()).isEqualTo(1);
    }

    @Test
    void a_change_that_is_not_confirmed_undoes_itself() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.takesNoConfirmation();
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Err.class);
        fake.timePasses();
        assertThat(fake.rules()).isEmpty();
    }

    /** The word that adds a rule in one dialect switches all rules off in another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "[{\"idx\":\"1\"}]",
                "{\"enable\":\"1\"}",
                "{\"enable\":\"1\",\"rules\":[]}",
                "{\"rule\":[]}",
                "{\"enable\":\"1\",\"rule\":\"\"}",
                "[[{\"enable\":\"1\"}]]",
                "{\"success\":true}",
                "\"enable\"",
                "1",
                "<html></html>",
                ""
            })
    void to_a_list_of_unknown_shape_nothing_is_sent(String list) {
        for (Make make : List.of(Make.OLDEST_FORM_CGI, Make.FORM_CGI, Make.NEWER_FORM_CGI)) {
            FakeFormCgi fake = (FakeFormCgi) start(make);
            fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
            fake.answersList(list);
            Gateway gateway = gateway(make, fake);
            assertThat(failure(map(gateway, claim(gateway))).isHelpedByHand()).isTrue();
            assertThat(fake.changes()).isZero();
        }
    }

    /** A person who hears what to do. */
    private static final class Person implements Approval {
        final List<String> told = new ArrayList<>();

        @Override
        public boolean isAttended() {
            return true;
        }

        @Override
        public void tell(Message what) {
            told.add(what.toString());
        }
    }

    private FakeDigestSoap confirming(String... states) {
        FakeDigestSoap fake = (FakeDigestSoap) start(Make.DIGEST_SOAP);
        fake.wantsApproval();
        fake.answersLooks(List.of(states));
        return fake;
    }

    @Test
    void a_change_that_its_owner_confirms_on_the_router_is_made() {
        FakeDigestSoap fake = confirming("waitingforauth", "waitingforauth", "authenticated");
        Person person = new Person();
        approval = person;
        Gateway gateway = gateway(Make.DIGEST_SOAP, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(1);
        assertThat(person.told).singleElement().asString().contains("press a button on it, or dial *12345");
        assertThat(fake.isWaiting()).isFalse();
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEmpty();
        assertThat(fake.misunderstood()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "waitingforauth | within two minutes",
                "stopped | was not confirmed",
                "failure | was not confirmed",
                "blocked | blocks confirmations",
                "\u001b[2J | was not confirmed"
            })
    void a_change_that_is_not_confirmed_is_not_made(String state, String told) {
        FakeDigestSoap fake = confirming("waitingforauth", state);
        approval = new Person();
        Gateway gateway = gateway(Make.DIGEST_SOAP, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains(told);
        assertThat(fake.rules()).isEmpty();
        assertThat(fake.isWaiting()).isFalse();
    }

    @Test
    void a_way_that_ajar_cannot_wait_for_is_left_to_the_owner() {
        FakeDigestSoap fake = confirming("authenticated");
        fake.confirmsBy("googleauth");
        Person person = new Person();
        approval = person;
        Gateway gateway = gateway(Make.DIGEST_SOAP, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("confirm the change on the box");
        assertThat(person.told).isEmpty();
        assertThat(fake.isWaiting()).isFalse();
        assertThat(fake.rules()).isEmpty();
    }

    @Test
    void without_a_person_nothing_is_asked() {
        FakeDigestSoap fake = confirming("authenticated");
        Gateway gateway = gateway(Make.DIGEST_SOAP, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("confirm the change on the box");
        assertThat(fake.requests()).noneMatch(request -> request.contains("x_auth"));
        assertThat(fake.rules()).isEmpty();
    }
}
