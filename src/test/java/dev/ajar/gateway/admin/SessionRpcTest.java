package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeSessionRpc;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real session and configuration daemon does beside the usual conversation. */
class SessionRpcTest extends AdminGatewayFixture {
    private static final Map<String, Object> CAMERA = Map.of(
            ".type",
            "redirect",
            "name",
            "camera",
            "src",
            "wan",
            "src_dport",
            "8080",
            "dest_ip",
            "192.168.1.9",
            "dest_port",
            "80");

    /** A login of the same user gets the session of the change that waits, so ajar could confirm or end it unseen. */
    @Test
    void a_change_of_the_owner_that_waits_is_neither_confirmed_nor_ended() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        Claim claim = claim(gateway);
        BooleanSupplier confirm = fake.ownerChanges("camera", CAMERA);
        for (Result<?> result : List.of(
                map(gateway, claim), gateway.unmap(claim, new Port(25565), deadline()), gateway.list(deadline()))) {
            assertThat(failure(result)).isInstanceOf(Failure.Refused.class);
            assertThat(failure(result).detail().toString()).contains("waiting for confirmation", "90 seconds");
        }
        assertThat(confirm.getAsBoolean()).isTrue();
        assertThat(fake.confirmations()).isZero();
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(2);
    }

    /** What a killed ajar applied and did not confirm is there for half a minute, and must not be taken for made. */
    @Test
    void a_change_that_undoes_itself_soon_is_not_taken_for_made() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        Claim claim = claim(gateway);
        var unused = fake.ownerChanges("ajar_tcp_25565", made(claim));
        assertThat(map(gateway, claim)).isInstanceOf(Result.Err.class);
        fake.timePasses();
        assertThat(fake.rules()).isEmpty();
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).hasSize(1);
    }

    private static Map<String, Object> made(Claim claim) {
        return Map.of(
                ".type",
                "redirect",
                "name",
                claim.entryName(),
                "src",
                "wan",
                "proto",
                List.of("tcp"),
                "src_dport",
                "25565",
                "dest_ip",
                "192.168.1.20",
                "dest_port",
                "25565",
                "enabled",
                "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uci get", "uci changes", "uci add", "uci delete", "uci apply", "uci confirm"})
    void a_call_that_the_user_may_not_make_is_named(String right) {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.lacks(right);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString())
                .contains("it needs the right ubus " + right);
        assertThat(fake.rules()).isEmpty();
        fake.timePasses();
        assertThat(fake.rules()).isEmpty();
    }

    @Test
    void without_the_right_to_ask_for_rights_a_call_denied_may_be_either() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.lacks("uci add");
        fake.lacks("session access");
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString())
                .contains("another administrator may be logged in, or its user may not do this");
    }

    /** Of two zones that face the internet, the one whose route is preferred. */
    @ParameterizedTest
    @CsvSource({"false, 203.0.113.7", "true, 203.0.113.8"})
    void the_address_is_that_of_the_way_out(boolean twoWays, String address) {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        if (twoWays) {
            fake.hasTwoWays();
        }
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(gateway.externalAddress(deadline())).isEqualTo(Result.ok(Addresses.parse(address)));
        assertThat(fake.openSessions()).isZero();
    }

    /**
     * The web server answers, and the daemon behind it does not run: nothing is wrong with the password or with ajar.
     */
    @Test
    void a_router_whose_service_is_not_running_is_said_to_be_away() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        String away = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"Object not found\"}}";
        fake.misanswers(0, new FakeInterface.Reply(200, away, Map.of()));
        Failure failure = failure(map(gateway, claim(gateway)));
        assertThat(failure).isInstanceOf(Failure.NotAsked.class);
        assertThat(((Failure.NotAsked) failure).cause()).isInstanceOf(Failure.Unreachable.class);
        assertThat(failure.detail().toString()).contains("not running at the moment");
    }

    @Test
    void a_user_who_may_not_see_the_interfaces_is_told_no_address() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.lacks("network.interface dump");
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(failure(gateway.externalAddress(deadline())).detail().toString())
                .contains("does not tell its internet address");
    }

    @Test
    void a_user_who_may_not_log_out_leaves_a_session_and_no_failure() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.lacks("session destroy");
        fake.lacks("network.interface dump");
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
        assertThat(fake.openSessions()).isEqualTo(1);
    }

    /** With the right to undo it is gone at once, without it within half a minute. */
    @ParameterizedTest
    @CsvSource({"uci commit, 0", "uci rollback, 1"})
    void a_change_that_came_out_otherwise_is_undone(String lacking, int rules) {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.lacks(lacking);
        fake.mangles();
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("made another rule");
        assertThat(fake.rules()).hasSize(rules);
        fake.timePasses();
        assertThat(fake.rules()).isEmpty();
        assertThat(fake.openSessions()).isZero();
    }

    @Test
    void sections_that_take_nothing_from_outside_are_in_no_ones_way() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.addSection("cfg01", port("src", "lan"));
        fake.addSection("cfg02", port("target", "SNAT"));
        fake.addSection("cfg03", port("family", "ipv6"));
        fake.addSection("cfg04", port("enabled", "no"));
        fake.addSection("cfg05", port("proto", "icmp"));
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
        assertThat(gateway.list(deadline()))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(((MappingTable) ok.value()).entries()).hasSize(3));
    }

    @ParameterizedTest
    @CsvSource({"proto, 6", "proto, any", "src_dport, ''", "enabled, yes", "target, ACCEPT"})
    void sections_that_take_the_port_in_other_words_are_a_conflict(String option, String value) {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.addSection("cfg01", port(option, value));
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(failure(map(gateway, claim(gateway)))).isInstanceOf(Failure.Conflict.class);
    }

    private static Map<String, Object> port(String option, String value) {
        Map<String, Object> section = new java.util.HashMap<>(Map.of(
                ".type", "redirect", "name", "other", "src", "wan", "src_dport", "25565", "dest_ip", "192.168.1.9"));
        section.put(option, value);
        return section;
    }

    /** What the router refuses to confirm is undone, or in effect with a claim until it undoes itself. */
    @ParameterizedTest
    @CsvSource({"5, ''", "6, ''", "9, ''", "5, uci rollback", "6, uci rollback", "9, uci rollback"})
    void a_confirmation_that_is_refused_leaves_no_rule_without_a_claim(int status, String lacking) {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.lacks(lacking);
        fake.refusesConfirmation(status);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        Failure refused = failure(map(gateway, claim(gateway)));
        assertThat(fake.rules()).hasSize(lacking.isEmpty() ? 0 : 1);
        assertThat(refused.mayHaveHappened()).as("%s", refused).isEqualTo(!lacking.isEmpty());
        if (!lacking.isEmpty()) {
            assertThat(refused.detail().toString()).contains("undoes the change by itself within 30 seconds");
        }
        fake.timePasses();
        assertThat(fake.rules()).isEmpty();
    }

    /** It would be in effect for half a minute, with a claim that no later login can settle. */
    @Test
    void a_user_who_may_neither_confirm_nor_undo_changes_nothing() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.lacks("uci confirm");
        fake.lacks("uci rollback");
        Gateway gateway = gateway(Make.SESSION_RPC, fake);

        Failure refused = failure(map(gateway, claim(gateway)));

        assertThat(refused.mayHaveHappened()).isFalse();
        assertThat(refused.detail().toString()).contains("it needs the right ubus uci confirm");
        assertThat(fake.rules()).isEmpty();
    }

    /** A session that ends before the confirmation: the next login sees what will be undone. */
    @Test
    void what_an_ended_session_applied_is_taken_neither_for_made_nor_for_removed() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        Claim claim = claim(gateway);
        fake.endsBeforeConfirmation();
        Failure unsure = failure(map(gateway, claim));
        assertThat(unsure.mayHaveHappened()).as("%s", unsure).isTrue();
        fake.timePasses();
        assertThat(fake.rules()).isEmpty();
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.endsBeforeConfirmation();
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Err.class);
        fake.timePasses();
        assertThat(fake.rules()).hasSize(1);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEmpty();
    }

    /** The firewall takes such a rule, and gives it no effect. */
    @ParameterizedTest
    @ValueSource(strings = {"lan", "lan,guest", "wan"})
    void without_a_zone_on_each_side_nothing_is_made(String zones) {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        fake.hasZones(zones.split(","));
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("no zone");
        assertThat(fake.rules()).isEmpty();
    }

    /** A claim of an earlier login, and a right that its user has lost since: what waits shows otherwise. */
    @Test
    void a_claim_is_settled_without_the_right_to_confirm() {
        FakeSessionRpc fake = (FakeSessionRpc) start(Make.SESSION_RPC);
        Gateway gateway = gateway(Make.SESSION_RPC, fake);
        Claim claim = claim(gateway);
        fake.takesNoConfirmation();
        assertThat(failure(map(gateway, claim)).mayHaveHappened()).isTrue();
        fake.lacks("uci confirm");
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Err.class);
        fake.timePasses();
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rules()).isEmpty();
    }
}
