package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.machine.Detour;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers that do not leave by the router that lets connections in, which need not be the default gateway. */
class AnswerHintsTest {
    private static final String WORDS = "what this machine sends back from 127.0.0.1 leaves by eth1";

    @Test
    void every_command_judges_by_the_router_that_granted_the_port() throws IOException {
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            LocalRoute lan = router.lan().routes().getFirst();
            FakeHostProbe machine = new FakeHostProbe(List.of(new LocalRoute(
                    lan.interfaceName(),
                    lan.localAddress(),
                    lan.prefixLength(),
                    Optional.of(Samples.ip("127.99.0.1")))));
            machine.detour = Optional.of(new Detour.ByOtherLink("eth1"));
            machine.detouredRouter = lan.gateway();
            CliHarness ajar = new CliHarness(router, new MemoryStateStore(), machine);

            assertThat(ajar.run("open", "25565").err()).contains(WORDS);
            assertThat(ajar.run("status").err()).contains(WORDS);
            assertThat(flat(ajar.run("check", "25565").out())).contains(WORDS);
            assertThat(flat(ajar.run("doctor", "25565").out())).contains(WORDS);
            assertThat(flat(ajar.run("doctor").out())).contains(WORDS);
            CliHarness.Outcome status = ajar.run("status", "--json");
            assertThat(status.out()).contains("\"hints\":[\"").contains(WORDS);
            assertThat(JsonTest.faults(status.out())).isEmpty();
        }
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
