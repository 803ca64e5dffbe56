package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.fake.FakeChallengeToken;
import dev.ajar.gateway.admin.fake.FakeDigestSoap;
import dev.ajar.gateway.admin.fake.FakeFormCgi;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeRest;
import dev.ajar.gateway.admin.fake.FakeSessionRpc;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.SystemTimeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code ajar router} and {@code --method router}, as a user types them. */
@Execution(ExecutionMode.CONCURRENT)
class RouterCommandTest extends RouterCommandFixture {
    RouterCommandTest() throws IOException {}

    @Test
    void a_router_is_recognised_enrolled_used_and_forgotten() throws IOException {
        try (FakeInterface fake = new FakeSessionRpc()) {
            String url = fake.base().toString();
            assertThat(ajar("router", "--url", url).out()).contains("OpenWrt at 127.0.0.1", "Next: ajar router add");
            InProcess.Outcome added = ajar("router", "add", "--url", url, "--yes");
            assertThat(added.err()).isEmpty();
            assertThat(added.exitCode()).isZero();
            assertThat(added.out()).contains("as root; the password is in the environment");

            InProcess.Outcome opened = ajar("open", "25565", "--method", "router", "--json");
            assertThat(opened.exitCode()).isZero();
            assertThat(opened.out()).contains("\"method\":\"router\"", "\"permanent\":true");
            assertThat(fake.rules())
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.external()).isEqualTo(25565));
            assertThat(ajar("list", "--method", "router").out()).contains("25565");
            assertThat(ajar("renew").exitCode()).isZero();
            assertThat(ajar("close", "25565").exitCode()).isZero();
            assertThat(fake.rules()).isEmpty();

            assertThat(ajar("router", "list").out()).contains(url);
            assertThat(ajar("router", "forget").exitCode()).isZero();
            assertThat(ajar("open", "25565", "--method", "router").exitCode()).isEqualTo(3);
        }
    }

    @Test
    void the_password_is_written_nowhere_but_in_its_file() throws IOException {
        try (FakeInterface fake = new FakeRest()) {
            InProcess.Outcome added = ajar("router", "add", "--url", fake.base().toString(), "--yes");
            InProcess.Outcome opened = ajar("open", "25565", "--method", "router", "-v");
            assertThat(added.out() + added.err() + opened.out() + opened.err()).doesNotContain(FakeInterface.PASSWORD);
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file)).as("%s", file).doesNotContain(FakeInterface.PASSWORD);
                }
            }
        }
    }

    @Test
    void a_wrong_password_enrols_nothing() {
        password = "wrong";
        try (FakeInterface fake = new FakeFormCgi(true)) {
            InProcess.Outcome added = ajar("router", "add", "--url", fake.base().toString(), "--yes");
            assertThat(added.exitCode()).isEqualTo(4);
            assertThat(added.err()).contains("did not accept the password");
            assertThat(ajar("router", "list").out()).contains("No router is enrolled");
        }
    }

    @Test
    void a_router_without_a_password_is_told_with_the_next_step() {
        InProcess.Outcome opened = ajar("open", "25565", "--method", "router");
        assertThat(opened.exitCode()).isEqualTo(3);
        assertThat(opened.err())
                .startsWith(
                        "ajar: ajar has no password for the router at 127.0.0.1; give it one with: ajar router add.")
                .contains("leave --method out")
                .doesNotContain("Switch on UPnP", "Or let ajar do it");
    }

    @Test
    void only_the_default_gateway_is_contacted() {
        InProcess.Outcome added = ajar("router", "add", "--url", "http://192.0.2.1", "--yes");
        assertThat(added.exitCode()).isEqualTo(2);
        assertThat(added.err()).contains("only the default gateway 127.0.0.1");
    }

    @Test
    void a_password_is_never_an_argument() {
        assertThat(ajar("router", "add", "--password", "x").exitCode()).isEqualTo(2);
        assertThat(ajar("router", "nonsense").err()).contains("write it like: ajar router");
        assertThat(ajar("router", "--url", "ftp://1.2.3.4").exitCode()).isEqualTo(2);
    }

    @Test
    void a_press_on_the_router_grants_a_token() {
        password = "";
        try (FakeChallengeToken fake = new FakeChallengeToken()) {
            fake.answers(List.of("pending", "granted"));
            InProcess.Outcome added = ajar("router", "add", "--url", fake.base().toString(), "--yes");
            assertThat(added.err()).contains("press the button");
            assertThat(added.exitCode()).isZero();
            assertThat(ajar("open", "25565", "--method", "router").exitCode()).isZero();
            assertThat(fake.rules()).hasSize(1);
            assertThat(fake.openSessions()).isZero();
        }
    }

    @Test
    void a_press_that_is_denied_or_never_comes_enrols_nothing() {
        password = "";
        for (String status : List.of("denied", "timeout", "unknown")) {
            try (FakeChallengeToken fake = new FakeChallengeToken()) {
                fake.answers(List.of("pending", status));
                InProcess.Outcome added =
                        ajar("router", "add", "--url", fake.base().toString(), "--yes");
                assertThat(added.exitCode()).isEqualTo(4);
                assertThat(ajar("router", "list").out()).contains("No router is enrolled");
            }
        }
    }

    @Test
    void a_token_without_the_right_is_kept_and_the_right_is_named() {
        password = "";
        try (FakeChallengeToken fake = new FakeChallengeToken()) {
            fake.answers(List.of("granted"));
            fake.permits(false);
            InProcess.Outcome added = ajar("router", "add", "--url", fake.base().toString(), "--yes");
            assertThat(added.exitCode()).isEqualTo(4);
            assertThat(added.err()).contains("Modification des reglages");
            fake.permits(true);
            assertThat(ajar("open", "25565", "--method", "router").exitCode()).isZero();
        }
    }

    @Test
    void a_router_that_serves_its_own_host_alone_is_used_for_it() {
        try (FakeDigestSoap fake = new FakeDigestSoap()) {
            String url = fake.base().toString();
            assertThat(ajar("router", "--url", url).out()).contains("FRITZ!Box");
            // The user of the last login is asked for where none is given.
            assertThat(ajar("router", "add", "--url", url, "--yes").exitCode()).isZero();
            assertThat(ajar("open", "25565", "--method", "router").exitCode()).isZero();
            int before = fake.requests().size();
            InProcess.Outcome other = ajar("open", "25566", "--to", "127.0.0.9", "--method", "router");
            assertThat(other.exitCode()).isNotZero();
            assertThat(fake.requests()).hasSize(before);
            assertThat(fake.rules()).hasSize(1);
        }
    }

    @Test
    void where_no_protocol_opens_the_port_the_router_itself_is_used_if_its_owner_said_so() throws IOException {
        RouterScript silent = RouterScript.standard().speaking();
        try (EmbeddedRouter off = EmbeddedRouter.start(silent, new SystemTimeline());
                FakeInterface fake = new FakeSessionRpc()) {
            InProcess.Outcome unknown = ajar(off, "open", "25565", "--timeout", "1s");
            assertThat(unknown.exitCode()).isEqualTo(3);
            assertThat(unknown.err()).contains("Or let ajar do it: ajar router add");
            assertThat(ajar(off, "router", "add", "--url", fake.base().toString(), "--yes")
                            .exitCode())
                    .isZero();

            InProcess.Outcome unasked = ajar(off, "open", "25565", "--timeout", "1s");
            assertThat(unasked.exitCode()).isEqualTo(3);
            assertThat(unasked.err()).contains("Or let ajar do it: ajar open 25565 --method router");
            assertThat(fake.rules()).isEmpty();

            more.put("AJAR_ROUTER", "allow");
            InProcess.Outcome allowed = ajar(off, "open", "25565", "--timeout", "6s");
            assertThat(allowed.exitCode()).isZero();
            assertThat(fake.rules()).hasSize(1);
            assertThat(ajar(off, "close", "25565").exitCode()).isZero();
            assertThat(fake.rules()).isEmpty();

            more.put("AJAR_ROUTER", "never");
            assertThat(ajar(off, "open", "25565", "--timeout", "1s").exitCode()).isEqualTo(3);
            more.put("AJAR_ROUTER", "allow");
            assertThat(ajar(off, "open", "25565", "--timeout", "1s", "--method", "upnp")
                            .exitCode())
                    .isEqualTo(3);
            assertThat(fake.rules()).isEmpty();
        }
    }

    @Test
    void a_rule_ends_with_the_time_it_was_asked_for() throws Exception {
        try (FakeInterface fake = new FakeSessionRpc()) {
            assertThat(ajar("router", "add", "--url", fake.base().toString(), "--yes")
                            .exitCode())
                    .isZero();
            InProcess.Outcome opened = ajar("open", "25565", "--method", "router", "--for", "1s");
            assertThat(opened.exitCode()).isZero();
            assertThat(fake.rules()).hasSize(1);
            later = Duration.ofSeconds(2);
            assertThat(ajar("renew").exitCode()).isZero();
            assertThat(fake.rules()).isEmpty();
        }
    }

    @Test
    void an_extended_rule_stays_one_rule_and_ends_later() {
        try (FakeInterface fake = new FakeRest()) {
            enrol(fake);
            ajar("open", "25565", "--method", "router", "--for", "1m");

            InProcess.Outcome extended = ajar("extend", "25565", "--for", "1h");

            assertThat(extended.exitCode()).as(extended.err()).isZero();
            assertThat(fake.rules()).hasSize(1);
            assertThat(network.table()).isEmpty();
            later = Duration.ofMinutes(50);
            assertThat(ajar("renew").exitCode()).isZero();
            assertThat(fake.rules()).hasSize(1);
            later = Duration.ofMinutes(61);
            assertThat(ajar("renew").exitCode()).isZero();
            assertThat(fake.rules()).isEmpty();
        }
    }

    @Test
    void what_a_lost_connection_left_on_the_router_is_found_and_closed() {
        try (FakeInterface fake = new FakeRest()) {
            assertThat(ajar("router", "add", "--url", fake.base().toString(), "--yes")
                            .exitCode())
                    .isZero();
            fake.suffer(FakeInterface.Fault.GONE_AFTER_ADDING);
            assertThat(ajar("open", "25565", "--method", "router").exitCode()).isNotZero();
            assertThat(fake.rules()).hasSize(1);
            fake.suffer(FakeInterface.Fault.NONE);
            assertThat(ajar("close", "25565").exitCode()).isZero();
            assertThat(fake.rules()).isEmpty();
        }
    }

    @Test
    void a_rule_ends_with_the_lease_that_was_asked_for() {
        try (FakeInterface fake = new FakeSessionRpc()) {
            enrol(fake);
            InProcess.Outcome opened = ajar("open", "25565", "--method", "router", "--lease", "10m");
            assertThat(opened.exitCode()).isZero();
            assertThat(opened.err()).contains("The router sets no end to it");
            later = Duration.ofMinutes(9);
            assertThat(ajar("renew").exitCode()).isZero();
            assertThat(fake.rules()).hasSize(1);
            later = Duration.ofMinutes(11);
            assertThat(ajar("renew").exitCode()).isZero();
            assertThat(fake.rules()).isEmpty();
        }
    }

    @Test
    void a_rule_without_a_time_stays_until_it_is_closed() {
        try (FakeInterface fake = new FakeSessionRpc()) {
            enrol(fake);
            assertThat(ajar("open", "25565", "--method", "router").exitCode()).isZero();
            later = Duration.ofDays(30);
            assertThat(ajar("renew").exitCode()).isZero();
            assertThat(fake.rules()).hasSize(1);
        }
    }

    @Test
    void what_a_crash_left_is_closed_and_nothing_else() {
        try (FakeInterface fake = new FakeRest()) {
            enrol(fake);
            fake.addForeign(new FakeInterface.Rule("ajar:25570 tcp abcd", "tcp", 25570, "192.168.1.9", 25570));
            assertThat(ajar("open", "25566", "--method", "router").exitCode()).isZero();
            fake.suffer(FakeInterface.Fault.GONE_AFTER_ADDING);
            assertThat(ajar("open", "25565", "--method", "router").exitCode()).isNotZero();
            fake.suffer(FakeInterface.Fault.NONE);
            assertThat(fake.rules()).hasSize(3);

            InProcess.Outcome stale = ajar("close", "--stale");
            assertThat(stale.exitCode()).isZero();
            assertThat(stale.out()).contains("closed", "tcp 25565").doesNotContain("25566");
            assertThat(stale.err())
                    .contains("tcp 25570 is named like a rule of ajar", "ajar close 25570 --method router --force");
            assertThat(fake.rules()).extracting(FakeInterface.Rule::external).containsExactlyInAnyOrder(25570, 25566);
            assertThat(ajar("close", "--stale").out()).contains("No crash has left anything");

            // The user's word, for this one entry.
            assertThat(ajar("close", "25570", "--method", "router").exitCode()).isNotZero();
            assertThat(fake.rules()).hasSize(2);
            assertThat(ajar("close", "25570", "--method", "router", "--force").exitCode())
                    .isZero();
            assertThat(fake.rules()).extracting(FakeInterface.Rule::external).containsExactly(25566);
        }
    }

    @Test
    void the_protocol_that_shows_an_unrecorded_entry_is_the_one_to_close_it_by() {
        more.put("AJAR_STATE_HOME", home.resolve("another").toString());
        assertThat(ajar("open", "25565", "--method", "upnp").exitCode()).isZero();
        more.remove("AJAR_STATE_HOME");
        assertThat(ajar("close", "--stale", "--method", "upnp").err())
                .contains("tcp 25565 is named like a rule of ajar", "ajar close 25565 --method upnp --force");
    }

    @Test
    void a_list_that_could_not_be_read_is_told() {
        try (FakeInterface fake = new FakeRest()) {
            enrol(fake);
            fake.suffer(FakeInterface.Fault.LOGIN_PAGE);
            assertThat(ajar("close", "--stale").err()).contains("rules that only look like ajar's");
        }
    }

    @Test
    void a_rule_of_both_protocols_is_not_removed_for_one_of_them() {
        try (FakeSessionRpc fake = new FakeSessionRpc()) {
            enrol(fake);
            Map<String, Object> both = Map.of(
                    ".type",
                    "redirect",
                    "name",
                    "camera",
                    "src",
                    "wan",
                    "target",
                    "DNAT",
                    "src_dport",
                    "8080",
                    "dest_ip",
                    "192.168.1.9");
            fake.addSection("camera", both);
            InProcess.Outcome closed = ajar("close", "8080", "--method", "router", "--force");
            assertThat(closed.exitCode()).isNotZero();
            assertThat(fake.committed("camera")).isEqualTo(both);
        }
    }

    @Test
    void stale_stands_alone() {
        assertThat(ajar("close", "--stale", "25565").exitCode()).isEqualTo(2);
        assertThat(ajar("close", "--stale", "--all").exitCode()).isEqualTo(2);
    }

    @Test
    void a_mapping_of_the_configuration_is_made_by_the_router_where_its_owner_said_so() throws IOException {
        RouterScript silent = RouterScript.standard().speaking();
        Path config = home.resolve("ajar.toml");
        more.put("AJAR_CONFIG", config.toString());
        try (EmbeddedRouter off = EmbeddedRouter.start(silent, new SystemTimeline());
                FakeInterface fake = new FakeSessionRpc()) {
            assertThat(ajar(off, "router", "add", "--url", fake.base().toString(), "--yes")
                            .exitCode())
                    .isZero();
            Files.writeString(config, "[[mapping]]\nexternal = 25565\n");
            assertThat(ajar(off, "renew").exitCode()).isNotZero();
            assertThat(fake.rules()).isEmpty();
            Files.writeString(config, "[defaults]\nrouter = \"allow\"\n[[mapping]]\nexternal = 25565\n");
            assertThat(ajar(off, "renew").exitCode()).isZero();
            assertThat(fake.rules()).hasSize(1);
            Files.writeString(config, "[defaults]\nrouter = \"allow\"\n");
            assertThat(ajar(off, "renew").exitCode()).isZero();
            assertThat(fake.rules()).isEmpty();
        }
    }
}
