package dev.ajar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.admin.fake.FakeChallengeCookie;
import dev.ajar.gateway.admin.fake.FakeHeaderJson;
import dev.ajar.gateway.admin.fake.FakeHookForm;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeInterface.Rule;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.model.Subnet;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** The rule of another is in the way of the list, not of the port that is closed. */
    @Test
    void an_overlap_at_a_removal_is_not_told_as_a_taken_port() {
        FakeInterface fake = start(Make.HEADER_JSON);
        fake.addForeign(new Rule("page", "tcp", 8080, "192.168.1.9", 80));
        Gateway gateway = gateway(Make.HEADER_JSON, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.serves(8080);
        Failure failure = failure(gateway.unmap(claim, new Port(25565), deadline()));
        assertThat(failure).isInstanceOf(Failure.Unsupported.class);
        assertThat(failure.detail().toString()).contains("ErrorRulesOverlap");
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

    /** Texts that a router can have as its list, and that could not be written back as they are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Tom &#38 Jerry>8080>192.168.1.9>80>TCP>",
                "<camera>8080>192.168.1.9",
                "<camera>8080>192.168.1.9>80>TCP>>more",
                "<camera>any>192.168.1.9>80>TCP>",
                "<camera>8080>192.168.1.9>80>SCTP>",
                "camera>8080>192.168.1.9>80>TCP>",
                "<cam\u0001era>8080>192.168.1.9>80>TCP>",
                "<>",
                "<<<"
            })
    void a_list_that_cannot_be_read_in_full_is_not_written(String list) {
        FakeHookForm fake = (FakeHookForm) start(Make.HOOK_FORM);
        Gateway gateway = gateway(Make.HOOK_FORM, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        String both = fake.list() + list;
        fake.setList(both);
        Claim other = gateway.claim(mapping(gateway, 25566, PortPolicy.EXACT), Optional.empty());
        assertThat(failure(map(gateway, other)).detail().toString()).contains("cannot be read in full");
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Err.class);
        assertThat(fake.list()).isEqualTo(both);
    }

    @Test
    void rows_of_others_keep_every_byte_and_their_order() {
        FakeHookForm fake = (FakeHookForm) start(Make.HOOK_FORM);
        String before = "<b%20+ c>1000:1010>192.168.1.9>>BOTH>10.0.0.0/8<vpn>47>192.168.1.2>>OTHER>"
                + "<a'$(x);é>80,443>192.168.1.8>80>tcp><a>7>192.168.1.8>7>UDP><a>7>192.168.1.8>7>UDP>";
        fake.setList(before);
        Gateway gateway = gateway(Make.HOOK_FORM, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(fake.list()).startsWith(before + "<ajar:").endsWith(">25565>192.168.1.20>25565>TCP>");
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.list()).isEqualTo(before);
    }

    @Test
    void older_rows_have_a_field_less_and_know_no_source() {
        FakeHookForm fake = (FakeHookForm) start(Make.HOOK_FORM);
        fake.isOlder();
        fake.addForeign(new Rule("camera", "tcp", 8080, "192.168.1.9", 80));
        String before = fake.list();
        Gateway gateway = gateway(Make.HOOK_FORM, fake);
        Mapping all = mapping(gateway, 25566, PortPolicy.EXACT);
        Mapping some = new Mapping(
                all.protocol(),
                all.externalPort(),
                all.portPolicy(),
                all.target(),
                all.lease(),
                all.description(),
                Subnet.parse("203.0.113.5"));
        assertThat(failure(map(gateway, gateway.claim(some, Optional.empty())))
                        .detail()
                        .toString())
                .contains("knows no source");
        assertThat(fake.list()).isEqualTo(before);
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
        assertThat(fake.list()).endsWith(">25565>192.168.1.20>25565>TCP");
    }

    @Test
    void a_switch_of_the_page_that_is_off_stays_off() {
        FakeHookForm fake = (FakeHookForm) start(Make.HOOK_FORM);
        Gateway gateway = gateway(Make.HOOK_FORM, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        fake.switchOff();
        Claim other = gateway.claim(mapping(gateway, 25566, PortPolicy.EXACT), Optional.empty());
        assertThat(failure(map(gateway, other))).isInstanceOf(Failure.Refused.class);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.isSwitchedOn()).isFalse();
        assertThat(fake.list()).isEmpty();
    }

    /** Between the look that the decision was made by and the writing, the owner has used the page. */
    @Test
    void a_list_that_changed_since_it_was_looked_at_is_not_written() {
        FakeHookForm form = (FakeHookForm) start(Make.HOOK_FORM);
        FakeHeaderJson json = (FakeHeaderJson) start(Make.HEADER_JSON);
        Rule rival = new Rule("rival", "tcp", 25565, "192.168.1.9", 80);
        form.afterReading(() -> form.addForeign(rival));
        json.afterListing(() -> json.addForeign(rival));
        Gateway byForm = gateway(Make.HOOK_FORM, form);
        assertThat(failure(map(byForm, claim(byForm))).detail().toString()).contains("changed while ajar wrote");
        Gateway byJson = gateway(Make.HEADER_JSON, json);
        assertThat(failure(map(byJson, claim(byJson))).detail().toString()).contains("changed while ajar wrote");
        assertThat(form.rules()).containsExactly(rival);
        assertThat(json.rules()).containsExactly(rival);
    }

    @ParameterizedTest
    @EnumSource(names = {"HEADER_JSON", "HOOK_FORM"})
    void more_rules_than_any_home_has_are_not_written_back(Make make) {
        FakeInterface fake = start(make);
        for (int i = 0; i <= RuleList.MOST; i++) {
            fake.addForeign(new Rule("r", "tcp", 1 + i, "10.0.0.9", 1));
        }
        List<Rule> before = fake.rules();
        Gateway gateway = gateway(make, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("cannot be read in full");
        assertThat(fake.rules()).isEqualTo(before);
    }

    @Test
    void rows_with_members_that_could_change_in_writing_are_not_written() {
        for (Object odd : List.of(1.50, List.of(Map.of("depth", 1e300)))) {
            FakeHeaderJson fake = (FakeHeaderJson) start(Make.HEADER_JSON);
            fake.addRow(Map.of("uuid", odd));
            Gateway gateway = gateway(Make.HEADER_JSON, fake);
            List<Map<String, Object>> before = fake.rows();
            assertThat(failure(map(gateway, claim(gateway))).detail().toString())
                    .contains("cannot be read in full");
            assertThat(fake.rows()).isEqualTo(before);
        }
    }

    @Test
    void rows_of_others_keep_what_has_no_meaning_here() {
        FakeHeaderJson fake = (FakeHeaderJson) start(Make.HEADER_JSON);
        Map<String, Object> odd = new LinkedHashMap<>();
        odd.put("uuid", null);
        fake.addRow(odd);
        fake.addRow(Map.of("uuid", new BigInteger("123456789012345678901234567890")));
        fake.addRow(Map.of("uuid", "\u0000\u2028\ud83d\ude00\"\\/"));
        fake.addRow(Map.of("uuid", List.of(true, Map.of("a", List.of(), "b", Map.of()))));
        String before = fake.text();
        Gateway gateway = gateway(Make.HEADER_JSON, fake);
        Claim claim = claim(gateway);
        assertThat(map(gateway, claim)).isInstanceOf(Result.Ok.class);
        assertThat(gateway.unmap(claim, new Port(25565), deadline())).isInstanceOf(Result.Ok.class);
        assertThat(fake.text()).isEqualTo(before);
    }

    @Test
    void a_row_that_is_lost_twice_over_is_seen() {
        FakeHeaderJson fake = (FakeHeaderJson) start(Make.HEADER_JSON);
        fake.addRow(Map.of("uuid", "same"));
        fake.addRow(Map.of("uuid", "same"));
        fake.losesTheFirst();
        Gateway gateway = gateway(Make.HEADER_JSON, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString())
                .contains("lacks rules that were there before");
    }

    /** Ranges count for the same ports. */
    @Test
    void ranges_that_cannot_be_read_are_not_taken_for_none() {
        FakeHeaderJson fake = (FakeHeaderJson) start(Make.HEADER_JSON);
        fake.answersRanges("_ErrorInternal");
        Gateway gateway = gateway(Make.HEADER_JSON, fake);
        assertThat(failure(map(gateway, claim(gateway))).detail().toString()).contains("cannot be read in full");
        assertThat(fake.rules()).isEmpty();
        fake.answersRanges("_ErrorUnknownAction");
        assertThat(map(gateway, claim(gateway))).isInstanceOf(Result.Ok.class);
    }

    /** What it cannot take it may cut off the end, where the rules of others are. */
    @ParameterizedTest
    @CsvSource({"true, 31, true", "true, 32, false", "false, 32, true", "false, 64, false"})
    void older_lists_take_fewer_rows(boolean older, int rows, boolean fits) {
        FakeHookForm fake = (FakeHookForm) start(Make.HOOK_FORM);
        if (older) {
            fake.isOlder();
        }
        for (int i = 0; i < rows; i++) {
            fake.addForeign(new Rule("r" + i, "udp", 20_000 + i, "192.168.1.9", 80));
        }
        String before = fake.list();
        Gateway gateway = gateway(Make.HOOK_FORM, fake);
        Result<Grant> made = map(gateway, claim(gateway));
        assertThat(made instanceof Result.Ok).as("%s", made).isEqualTo(fits);
        if (!fits) {
            assertThat(failure(made).detail().key()).isEqualTo("admin.list-full");
            assertThat(fake.list()).isEqualTo(before);
        }
    }
}
