package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.admin.fake.FakeChallengeCookie;
import dev.ajar.gateway.admin.fake.FakeHeaderJson;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists that a router takes only as a whole, and configurations that it has to be told to save. */
class WholeListTest extends AdminGatewayFixture {
    @Test
    void rows_of_others_come_back_with_all_their_members() {
        FakeHeaderJson fake = (FakeHeaderJson) start(Make.HEADER_JSON);
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        fake.addForeign(new Rule("phone", "both", 5060, "192.168.1.8", 5060));
        List<Map<String, Object>> before = fake.rows();
        Gateway gateway = gateway(Make.HEADER_JSON, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.rows()).containsAll(before).hasSize(3);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.rows()).isEqualTo(before);
    }

    @Test
    void a_full_list_is_told_before_anything_is_written() {
        FakeHeaderJson fake = (FakeHeaderJson) start(Make.HEADER_JSON);
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        fake.takes(1);
        Gateway gateway = gateway(Make.HEADER_JSON, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("takes 1 rules at most");
        assertThat(fake.rules()).hasSize(1);
    }

    @Test
    void a_rule_of_another_that_is_lost_by_writing_is_told() {
        FakeHeaderJson fake = (FakeHeaderJson) start(Make.HEADER_JSON);
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        fake.losesTheFirst();
        Gateway gateway = gateway(Make.HEADER_JSON, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString())
                .contains("lacks rules that were there before");
        assertThat(fake.rules()).isEmpty();
    }

    @Test
    void a_rule_outlives_a_restart_of_the_router() {
        FakeChallengeCookie fake = (FakeChallengeCookie) start(Make.CHALLENGE_COOKIE);
        Gateway gateway = gateway(Make.CHALLENGE_COOKIE, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.restart();
        assertThat(fake.rules()).hasSize(1);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        fake.restart();
        assertThat(fake.rules()).isEmpty();
    }

    /** The router has put it into effect, and the state file drops the claim of what was refused. */
    @Test
    void a_rule_that_cannot_be_saved_is_taken_back() {
        FakeChallengeCookie fake = (FakeChallengeCookie) start(Make.CHALLENGE_COOKIE);
        fake.isFull(true);
        Gateway gateway = gateway(Make.CHALLENGE_COOKIE, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("no space left");
        assertThat(fake.rules()).isEmpty();
    }

    @Test
    void a_rule_that_cannot_be_saved_or_removed_is_told_as_left_open() {
        FakeChallengeCookie fake = (FakeChallengeCookie) start(Make.CHALLENGE_COOKIE);
        fake.isFull(true);
        fake.beforeWriting(() -> {});
        fake.beforeWriting(() -> fake.suffer(FakeInterface.Fault.NO_RIGHT));
        Gateway gateway = gateway(Make.CHALLENGE_COOKIE, fake);
        assertThat(failure(map(gateway, claim(gateway))))
                .isInstanceOfSatisfying(
                        Failure.LeftOpen.class, left -> assertThat(left.ports()).containsExactly(new Port(25565)));
        assertThat(fake.rules()).hasSize(1);
    }

    @Test
    void a_removal_that_could_not_be_saved_is_saved_by_the_next() {
        FakeChallengeCookie fake = (FakeChallengeCookie) start(Make.CHALLENGE_COOKIE);
        Gateway gateway = gateway(Make.CHALLENGE_COOKIE, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.isFull(true);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Err.class);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Err.class);
        fake.isFull(false);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        fake.restart();
        assertThat(fake.rules()).isEmpty();
    }

    @Test
    void a_router_without_a_password_is_not_used() {
        FakeChallengeCookie fake = (FakeChallengeCookie) start(Make.CHALLENGE_COOKIE);
        fake.hasNoPassword();
        Gateway gateway = gateway(Make.CHALLENGE_COOKIE, fake);
        assertThat(failure(map(gateway, claim(gateway))))
                .isInstanceOfSatisfying(
                        Failure.Refused.class,
                        refused -> assertThat(refused.detail().toString()).contains("lets everyone in"));
        assertThat(fake.rules()).isEmpty();
    }
}
