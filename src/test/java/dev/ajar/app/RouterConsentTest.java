package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.control.ControlRequest;
import dev.ajar.gateway.admin.fake.FakeApplied;
import dev.ajar.gateway.admin.fake.FakeContextRpc;
import dev.ajar.gateway.admin.fake.FakeDigestSoap;
import dev.ajar.gateway.admin.fake.FakeFormCgi;
import dev.ajar.gateway.admin.fake.FakeHeaderJson;
import dev.ajar.gateway.admin.fake.FakeHookForm;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.gateway.admin.fake.FakePositional;
import dev.ajar.gateway.admin.fake.FakeRest;
import dev.ajar.gateway.admin.fake.FakeSessionRpc;
import dev.ajar.state.MemoryStateStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the owner of a router has to agree to, at the terminal and on the router itself. */
@Execution(ExecutionMode.CONCURRENT)
class RouterConsentTest extends RouterCommandFixture {
    RouterConsentTest() throws IOException {}

    @Test
    void without_a_yes_nothing_is_sent_by_plain_http() {
        try (FakeInterface fake = new FakeRest()) {
            InProcess.Outcome added = ajar("router", "add", "--url", fake.base().toString());
            assertThat(added.exitCode()).isEqualTo(9);
            assertThat(added.err()).contains("could read the password", "--yes");
            assertThat(ajar("router", "list").out()).contains("No router is enrolled");
        }
    }

    /** The question by itself does not say which router it is about. */
    @Test
    void with_quiet_the_router_is_shown_where_a_question_follows() {
        try (FakeInterface fake = new FakeRest()) {
            String base = fake.base().toString();
            InProcess.Outcome asked = ajar("router", "add", "-q", "--url", base);
            assertThat(asked.exitCode()).isEqualTo(9);
            assertThat(asked.out())
                    .isEqualTo(ajar("router", "add", "--url", base).out())
                    .isNotBlank();
            assertThat(ajar("router", "add", "-q", "--url", base, "--yes")).isEqualTo(new InProcess.Outcome(0, "", ""));
        }
    }

    /** For each make whose secret crosses the network as it is; the others are asked nothing. */
    @Test
    void without_a_yes_no_make_gets_a_secret_by_plain_http() {
        for (FakeInterface fake : List.of(
                new FakeSessionRpc(),
                new FakeApplied(),
                new FakePositional(),
                new FakeFormCgi(true),
                new FakeHeaderJson(),
                new FakeHookForm(),
                new FakeContextRpc())) {
            try (fake) {
                InProcess.Outcome added =
                        ajar("router", "add", "--url", fake.base().toString());
                assertThat(added.exitCode()).as(fake.make()).isEqualTo(9);
                assertThat(fake.secrets()).as(fake.make()).isZero();
                assertThat(fake.openSessions()).as(fake.make()).isZero();
                assertThat(ajar("router", "add", "--url", fake.base().toString(), "--user", user(fake), "--yes")
                                .exitCode())
                        .as(fake.make())
                        .isZero();
                assertThat(fake.secrets()).as(fake.make()).isPositive();
            }
        }
    }

    private static String user(FakeInterface fake) {
        return fake instanceof FakeApplied ? "key" : fake instanceof FakeSessionRpc ? "root" : "admin";
    }

    /** Its owner may need a minute, which is longer than a command may take otherwise. */
    @Test
    void at_a_terminal_its_owner_confirms_a_change_on_the_router() {
        try (FakeDigestSoap fake = new FakeDigestSoap()) {
            enrol(fake);
            fake.wantsApproval();
            fake.answersLooks(List.of("authenticated"));
            person = true;
            fake.whileAsked(() -> later = Duration.ofMinutes(1));
            InProcess.Outcome opened = ajar("open", "25565", "--method", "router");
            assertThat(opened.exitCode()).as(opened.err()).isZero();
            assertThat(opened.err()).contains("Confirm the change on the router now", "dial *12345");
            assertThat(fake.rules()).hasSize(1);

            fake.whileAsked(() -> later = Duration.ofMinutes(2));
            InProcess.Outcome closed = ajar("close", "25565");
            assertThat(closed.exitCode()).as(closed.err()).isZero();
            assertThat(closed.err()).contains("Confirm the change on the router now");
            assertThat(fake.rules()).isEmpty();
            assertThat(fake.isWaiting()).isFalse();
        }
    }

    /** The daemon itself has no person; one who looks at its page is. */
    @Test
    void on_the_page_its_owner_confirms_a_change_on_the_router() {
        try (FakeDigestSoap fake = new FakeDigestSoap()) {
            enrol(fake);
            fake.wantsApproval();
            fake.answersLooks(List.of("waitingforauth", "authenticated"));
            MemoryStateStore store = new MemoryStateStore();
            List<String> told = new ArrayList<>();
            ControlRequest.Response opened = inDaemon(store, told, "open", "25565", "--method", "router", "--json");
            assertThat(opened.exitCode()).as(opened.out()).isZero();
            assertThat(told).singleElement().asString().contains("Confirm the change on the router now");
            assertThat(fake.rules()).hasSize(1);

            ControlRequest.Response left = inDaemon(store, null, "close", "25565", "--json");
            assertThat(left.out()).contains("admin.approval-unattended");
            assertThat(fake.rules()).hasSize(1);
            fake.answersLooks(List.of("authenticated"));
            assertThat(inDaemon(store, told, "close", "25565", "--json").exitCode())
                    .isZero();
            assertThat(told).hasSize(2);
            assertThat(fake.rules()).isEmpty();
        }
    }

    /** As in the daemon, a renewal and a script. */
    @Test
    void without_a_person_the_command_for_a_terminal_is_told() {
        try (FakeDigestSoap fake = new FakeDigestSoap()) {
            enrol(fake);
            fake.wantsApproval();
            fake.answersLooks(List.of("authenticated"));
            InProcess.Outcome opened = ajar("open", "25565", "--method", "router");
            assertThat(opened.exitCode()).isEqualTo(4);
            assertThat(opened.err())
                    .contains(
                            "open or close the port at a terminal (ajar open, ajar close) or on ajar's page (ajar web)");
            assertThat(ajar("open", "25565", "--method", "router", "--json").out())
                    .contains("\"key\":\"admin.approval-unattended\"");
            assertThat(fake.requests()).noneMatch(request -> request.contains("x_auth"));
            assertThat(fake.rules()).isEmpty();
        }
    }
}
