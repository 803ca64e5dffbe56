package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.report.CloseReport.CloseOutcome;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.Fault;
import dev.ajar.simulator.Reaction;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import dev.ajar.testing.HttpRewritings;
import dev.ajar.testing.Samples;
import dev.ajar.testing.SlowTimeline;
import dev.ajar.testing.SsdpRewritings;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A router that writes some of its answers oddly. What ajar says of a port is compared with the router's table: it is
 * never called open while it is not there, and never called closed while it is.
 */
@Tag("hostile")
@Execution(ExecutionMode.CONCURRENT)
class RewrittenAnswersTest {
    private static final int SLOWER = 5;
    private static final List<String> ANSWERS = List.of("http", "AddPortMapping", "DeletePortMapping");

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> odd_answers_are_read() {
        return HttpRewritings.all().entrySet().stream()
                .flatMap(rewriting -> ANSWERS.stream().map(on -> play(rewriting.getKey(), on, rewriting.getValue())));
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> odd_answers_to_searches_are_read() {
        return SsdpRewritings.all().entrySet().stream()
                .map(rewriting -> play(rewriting.getKey(), "ssdp", rewriting.getValue()));
    }

    private DynamicTest play(String name, String on, UnaryOperator<byte[]> rewriting) {
        return dynamicTest(name + " of " + on, () -> {
            RouterScript script = RouterScript.standard()
                    .speaking(Speaks.UPNP)
                    .igd(1)
                    .with(Fault.always(on, new Reaction.Rewritten(rewriting)));
            try {
                new Conversation(script, new SystemTimeline()).isRight();
            } catch (AssertionError e) {
                // On a busy machine the simulated router may need longer than ajar waits: a real fault fails again.
                new Conversation(script, new SlowTimeline(SLOWER)).isRight();
            }
        });
    }

    private record Conversation(RouterScript script, Timeline clock) {
        private static final int PORT = 25565;
        private static final String TABLE = "tcp 25565 -> 127.0.0.1:25565";

        private void isRight() throws IOException {
            try (EmbeddedRouter router = EmbeddedRouter.start(script, clock)) {
                PortMapper ports = EmbeddedWiring.of(router, clock).actions(new MemoryStateStore(), Progress.silent());
                OpenReport opened = ports.open(
                        List.of(Samples.tcp(PORT)), GatewaySelector.AUTO, Ownership.USER, TimeBudget.DEFAULT);
                assertThat(router.table()).as(opened + "").anyMatch(entry -> entry.startsWith(TABLE));
                assertThat(opened.isAnyOpen()).as(opened + " " + router.asked()).isTrue();
                ListReport listed = ports.list(GatewaySelector.AUTO, TimeBudget.DEFAULT);
                assertThat(listed.entries().size() + listed.unlisted().size())
                        .as(listed + "")
                        .isPositive();
                CloseOutcome closed = ports.close(
                                List.of(new CloseRequest(TransportProtocol.TCP, new Port(PORT), new Port(PORT))),
                                GatewaySelector.AUTO,
                                false,
                                TimeBudget.DEFAULT)
                        .outcomes()
                        .getFirst();
                assertThat(router.table()).as(closed + "").isEmpty();
                assertThat(closed).isNotInstanceOf(CloseOutcome.Failed.class);
            }
        }
    }
}
