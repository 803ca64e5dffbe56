package dev.ajar.cli.hint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules that the user made on the router's own page, and the steps to make them. */
class ManualRuleRecorderTest {
    private final EmbeddedRouter router;
    private final FakeHostProbe hostProbe = new FakeHostProbe(List.of(at("192.168.1.20")));
    private final CliHarness ajar;

    ManualRuleRecorderTest() throws IOException {
        router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline());
        ajar = new CliHarness(router, new MemoryStateStore(), hostProbe);
    }

    private static LocalRoute at(String address) {
        return new LocalRoute("eth0", Samples.ip(address), 24, Optional.of(Samples.ip("192.168.1.1")));
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void a_manual_rule_is_recorded_shown_checked_and_forgotten() {
        CliHarness.Outcome recorded = ajar.run("open", "25565", "--method", "manual");
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
        assertThat(recorded.out()).isEqualTo("noted  tcp 25565 to 192.168.1.20:25565, forwarded by hand\n");
        assertThat(recorded.err()).contains("ajar check 25565", "Nothing listens");
        assertThat(router.asked()).as("no router is asked").isEmpty();

        assertThat(ajar.run("status").out()).contains("forwarded by hand tcp 25565 → 192.168.1.20:25565");
        assertThat(ajar.run("check", "25565").out()).contains("You forwarded it by hand to 192.168.1.20:25565");

        hostProbe.routes = List.of(at("192.168.1.33"));
        CliHarness.Outcome stale = ajar.run("check", "25565");
        assertThat(stale.exitCode()).isEqualTo(7);
        assertThat(stale.out().replaceAll("\\s+", " ")).contains("this machine is 192.168.1.33");

        CliHarness.Outcome closed = ajar.run("close", "25565");
        assertThat(closed.exitCode()).isZero();
        assertThat(closed.out() + closed.err()).contains("remove the rule on the router's own page");
        assertThat(ajar.run("status").out()).doesNotContain("25565");
        assertThat(router.table()).isEmpty();
    }

    @Test
    void other_commands_refuse_the_method_manual() {
        CliHarness.Outcome outcome = ajar.run("list", "--method", "manual");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--method manual is for ajar open");
    }

    @Test
    void if_no_protocol_helps_the_manual_steps_are_shown() throws IOException {
        try (EmbeddedRouter silent =
                EmbeddedRouter.start(RouterScript.standard().speaking(), new SystemTimeline())) {
            CliHarness behind = new CliHarness(silent, new MemoryStateStore(), hostProbe);
            hostProbe.traces = new dev.ajar.catalog.RouterTraces("", "", "", "TOTOLINK", "", "");

            CliHarness.Outcome open = behind.run("open", "25565", "--timeout", "2s");

            assertThat(open.exitCode()).isEqualTo(3);
            assertThat(open.err()).contains("By hand on Totolink, every step filled in: ajar guide 25565");
            assertThat(behind.run("guide", "25565", "--json").out())
                    .contains("\"router\":\"totolink\"", "\"value\":\"192.168.1.20\"");
        }
    }
}
