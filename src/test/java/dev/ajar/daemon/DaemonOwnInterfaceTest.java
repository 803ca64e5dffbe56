package dev.ajar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ajar.app.ProtocolPlugin;
import dev.ajar.app.Wiring;
import dev.ajar.catalog.InterfaceCatalog;
import dev.ajar.config.DaemonConfig;
import dev.ajar.config.KeptConfiguration;
import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.gateway.admin.Approval;
import dev.ajar.gateway.admin.enrolment.AdminFinder;
import dev.ajar.gateway.admin.enrolment.Enrolment;
import dev.ajar.gateway.admin.enrolment.Enrolments;
import dev.ajar.gateway.admin.enrolment.KeptSecrets;
import dev.ajar.gateway.admin.enrolment.Secrets;
import dev.ajar.gateway.admin.fake.FakeDigestSoap;
import dev.ajar.gateway.admin.fake.FakeInterface;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.file.FileLineStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon whose router wants its owner to confirm each change on it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DaemonOwnInterfaceTest {
    private static final String CARD = "02:00:00:00:00:01";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path home = Path.of("");

    private Enrolments enrolled(FakeInterface fake) {
        Enrolments enrolments = new Enrolments(new FileLineStore(home, "routers.jsonl"));
        assertThat(enrolments.save(new Enrolment(
                        fake.make(), fake.base(), CARD, Optional.empty(), "ajar", Enrolment.SecretPlace.ENVIRONMENT)))
                .isEmpty();
        return enrolments;
    }

    private Wiring withRouter(Wiring wiring, Enrolments enrolments) {
        Map<String, String> environment = Map.of(Secrets.VARIABLE, FakeInterface.PASSWORD);
        KeptSecrets secrets =
                new KeptSecrets(new FileLineStore(home, "secrets.jsonl"), environment, false, Optional::empty);
        return wiring.with(new ProtocolPlugin(
                List.of(AdminProtocol.ROUTER),
                whole -> new AdminFinder(
                        enrolments,
                        secrets,
                        id -> new InterfaceCatalog().find(id),
                        whole.network(),
                        address -> Optional.of(CARD),
                        Approval.NONE,
                        whole.timeline(),
                        new Random(1)),
                all -> true));
    }

    private static DaemonConfig byTheRouter(int port) {
        GatewaySelector selection =
                new GatewaySelector(ProtocolChoice.only(AdminProtocol.ROUTER), Optional.empty(), Optional.empty());
        return new DaemonConfig(
                new KeptConfiguration(
                        "ajar.toml",
                        List.of(new KeptConfiguration.SourceLine(
                                "port " + port, Samples.tcp(port), selection, List.of())),
                        List.of()),
                List.of());
    }

    @Test
    void it_begins_no_confirmation_and_logs_the_command_for_a_terminal() throws IOException {
        try (EmbeddedRouter router =
                        EmbeddedRouter.start(RouterScript.standard().speaking(), new SystemTimeline());
                FakeDigestSoap fake = new FakeDigestSoap()) {
            fake.wantsApproval();
            Enrolments enrolments = enrolled(fake);
            try (DaemonRig rig =
                    new DaemonRig(router, home, byTheRouter(25565), "unix", wiring -> withRouter(wiring, enrolments))) {
                rig.start();
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(rig.log)
                                .anyMatch(line -> line.contains("open or close the port at a terminal")));
                assertThat(fake.requests()).noneMatch(request -> request.contains("x_auth"));
                assertThat(fake.rules()).isEmpty();
            }
        }
    }

    /** A rule whose removal the router begins, and which is halted in its middle, may be back after the next start. */
    @Test
    void its_end_waits_for_a_rule_that_is_removed_slowly() throws IOException {
        try (EmbeddedRouter router =
                        EmbeddedRouter.start(RouterScript.standard().speaking(), new SystemTimeline());
                FakeDigestSoap fake = new FakeDigestSoap()) {
            Enrolments enrolments = enrolled(fake);
            try (DaemonRig rig =
                    new DaemonRig(router, home, byTheRouter(25565), "unix", wiring -> withRouter(wiring, enrolments))) {
                rig.start();
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(fake.rules()).hasSize(1));
                fake.beforeWriting(() ->
                        await().pollDelay(LastResort.STOPPING.plusSeconds(1)).until(() -> true));
                rig.stop(false);
                assertThat(fake.rules()).isEmpty();
                assertThat(rig.halted).isFalse();
            }
        }
    }
}
