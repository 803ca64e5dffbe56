package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.fake.FakeApplied;
import dev.ajar.gateway.admin.fake.FakeChallengeCookie;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakeSessionRpc;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.SystemTimeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Another device has the address of the router that was enrolled, or the router itself has changed. */
@Execution(ExecutionMode.CONCURRENT)
class OtherRouterTest extends RouterCommandFixture {
    private static final String BEFORE = "02:00:00:00:00:01";
    private static final String NOW = "02:00:00:00:00:99";

    OtherRouterTest() throws IOException {}

    @Test
    void each_command_says_that_another_device_is_there_and_sends_it_nothing() throws IOException {
        try (EmbeddedRouter off = EmbeddedRouter.start(RouterScript.standard().speaking(), new SystemTimeline());
                FakeInterface fake = new FakeSessionRpc()) {
            enrol(fake);
            assertThat(ajar(off, "open", "25565", "--method", "router").exitCode())
                    .isZero();
            int secrets = fake.secrets();
            card = NOW;

            for (String command :
                    List.of("list", "status", "open 25566 --method router", "close 25565", "close --stale")) {
                InProcess.Outcome told = ajar(off, (command + " --timeout 1s").split(" ", -1));
                assertThat(told.exitCode()).as(command).isEqualTo(3);
                assertThat(told.out() + told.err())
                        .as(command)
                        .contains(BEFORE, NOW, "ajar router trust")
                        .doesNotContain("no longer answers");
            }
            Path config = home.resolve("ajar.toml");
            Files.writeString(config, "[defaults]\nrouter = \"allow\"\n[[mapping]]\nexternal = 25567\n");
            more.put("AJAR_CONFIG", config.toString());
            assertThat(ajar(off, "renew").err()).contains(BEFORE, NOW, "ajar router trust");
            more.clear();
            assertThat(ajar(off, "check", "25565").out()).contains(NOW, "ajar router trust");
            InProcess.Outcome router = ajar(off, "router", "--url", fake.base().toString());
            assertThat(router.out()).contains("Network card " + NOW, BEFORE, "ajar router trust", "ajar router add");
            assertThat(ajar(off, "router", "--url", fake.base().toString(), "--json")
                            .out())
                    .contains("\"former_enrolment\"");
            assertThat(fake.secrets()).isEqualTo(secrets);
            assertThat(fake.rules()).hasSize(1);
        }
    }

    @Test
    void the_same_router_with_another_card_is_trusted_and_its_rules_stay_ajars() throws IOException {
        try (FakeInterface fake = new FakeSessionRpc()) {
            enrol(fake);
            assertThat(ajar("open", "25565", "--method", "router").exitCode()).isZero();
            card = NOW;

            InProcess.Outcome unasked = ajar("router", "trust");
            assertThat(unasked.exitCode()).isEqualTo(9);
            assertThat(unasked.err()).contains(BEFORE, NOW, "ajar router add");
            InProcess.Outcome trusted = ajar("router", "trust", "--yes");
            assertThat(trusted.exitCode()).as(trusted.err()).isZero();
            assertThat(trusted.out()).contains("network card");

            assertThat(ajar("list").out()).contains("25565").doesNotContain("gone");
            assertThat(ajar("close", "25565").exitCode()).isZero();
            assertThat(fake.rules()).isEmpty();
            assertThat(Files.readString(home.resolve("routers.jsonl")).lines()).hasSize(1);
        }
    }

    @Test
    void the_kept_password_and_what_was_changed_go_over_to_the_new_card() throws IOException {
        try (FakeInterface fake = new FakeSessionRpc()) {
            fake.hasUpnp(false);
            enrol(fake);
            assertThat(ajar("router", "upnp", "on", "--yes").exitCode()).isZero();
            Files.writeString(
                    home.resolve("router-secrets.jsonl"),
                    "{\"card\":\"" + BEFORE + "\",\"secret\":\"" + FakeInterface.PASSWORD + "\"}\n");
            Files.writeString(
                    home.resolve("routers.jsonl"),
                    Files.readString(home.resolve("routers.jsonl")).replace("\"environment\"", "\"file\""));
            password = "";
            card = NOW;

            InProcess.Outcome trusted = ajar("router", "trust", "--yes");
            assertThat(trusted.exitCode()).as(trusted.err()).isZero();
            assertThat(Files.readString(home.resolve("router-secrets.jsonl")))
                    .contains(NOW)
                    .doesNotContain(BEFORE);
            assertThat(ajar("open", "25565", "--method", "router").exitCode()).isZero();
            assertThat(ajar("router", "upnp", "off").exitCode()).isZero();
        }
    }

    @Test
    void two_routers_at_one_address_are_told_apart_by_their_cards() {
        try (FakeInterface fake = new FakeSessionRpc()) {
            enrol(fake);
            card = NOW;
            enrol(fake);
            assertThat(ajar("router", "list").out()).contains(BEFORE, NOW);
            assertThat(ajar("router", "forget", BEFORE).exitCode()).isZero();
            assertThat(ajar("router", "list").out()).doesNotContain(BEFORE);
            assertThat(ajar("open", "25565", "--method", "router").exitCode()).isZero();
        }
    }

    @Test
    void nothing_is_recorded_as_open_where_the_router_was_not_even_logged_in_to() {
        try (FakeInterface fake = new FakeSessionRpc()) {
            enrol(fake);
            fake.suffer(FakeInterface.Fault.LOGIN_PAGE);
            InProcess.Outcome failed = ajar("open", "25565", "--method", "router");
            assertThat(failed.exitCode()).isEqualTo(8);
            assertThat(failed.err()).doesNotContain("what may be open");
            assertThat(ajar("status").out()).doesNotContain("25565");
        }
    }

    @Test
    void a_rule_is_for_a_network_where_the_make_can_and_the_reason_is_told_where_it_cannot() {
        try (FakeInterface fake = new FakeApplied()) {
            assertThat(ajar(
                                    "router",
                                    "add",
                                    "--user",
                                    "key",
                                    "--url",
                                    fake.base().toString(),
                                    "--yes")
                            .exitCode())
                    .isZero();
            InProcess.Outcome opened =
                    ajar("open", "25565", "--method", "router", "--from", "203.0.113.0/24", "--json");
            assertThat(opened.exitCode()).as(opened.out()).isZero();
            assertThat(ajar("list", "--method", "router").out()).contains("203.0.113.0/24");
        }
        try (FakeInterface fake = new FakeChallengeCookie()) {
            card = NOW;
            assertThat(ajar(
                                    "router",
                                    "add",
                                    "--user",
                                    "admin",
                                    "--url",
                                    fake.base().toString(),
                                    "--yes")
                            .exitCode())
                    .isZero();
            InProcess.Outcome refused = ajar("open", "25565", "--method", "router", "--from", "203.0.113.0/24");
            assertThat(refused.exitCode()).isEqualTo(8);
            assertThat(refused.err()).doesNotContain("no network");
        }
    }
}
