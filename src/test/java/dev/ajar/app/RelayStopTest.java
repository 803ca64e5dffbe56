package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RelayReport.RunBy;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.controller.RelayProcessController;
import dev.ajar.relay.controller.RelayProcessController.StopAnswer;
import dev.ajar.testing.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A relay is stopped over its socket, by the process that runs it: the daemon's way, and that of a command. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayStopTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** In a documentation network: no machine of this test is there, so the rules are known and in trouble. */
    private static final Endpoint DEVICE =
            new Endpoint(Addresses.ipv4("192.0.2.20").orElseThrow(), new Port(554));

    @TempDir
    Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();

    private static RelayRule rule(int port) {
        return new RelayRule(
                TransportProtocol.TCP,
                new Port(port),
                new Port(port),
                DEVICE,
                List.of(),
                RelayLimits.standard(Duration.ofMinutes(1)),
                Optional.empty());
    }

    private RelayProcessController controller(RunBy by) {
        return new RelayProcessController(
                Map.of(),
                Optional.of(folder),
                by,
                (Message line) -> log.add(line.toString()),
                InProcessRelay.in(Wiring.real()));
    }

    private List<RelayReport> reports() {
        return RelayProcessController.reports(Map.of(), Optional.of(folder));
    }

    private List<String> rules() {
        return reports().stream()
                .flatMap(report -> report.rules().stream())
                .map(rule -> rule.rule() + (rule.isStopped() ? " stopped" : ""))
                .sorted()
                .toList();
    }

    private StopAnswer askToStop(RuleKey rule) {
        RelayReport report = reports().getFirst();
        return RelayProcessController.askToStop(Map.of(), Optional.of(folder), report, Set.of(rule));
    }

    @Test
    void the_daemons_stays_listed_until_it_is_resumed() throws Exception {
        int one = FreePort.tcp();
        RelayProcessController controller = controller(RunBy.DAEMON);
        List<Set<RuleKey>> stopped = new CopyOnWriteArrayList<>();
        controller.whenStopped(stopped::add);
        controller.want(List.of(rule(one), rule(one + 1)), relayed -> {});
        await().atMost(SOON).until(() -> rules().size() == 2);
        assertThat(reports()).singleElement().extracting(RelayReport::runBy).isEqualTo(Optional.of(RunBy.DAEMON));

        assertThat(askToStop(rule(one).key())).isEqualTo(StopAnswer.STOPS);
        await().atMost(SOON).until(() -> rules().contains("tcp " + one + " stopped"));
        assertThat(rules()).contains("tcp " + (one + 1));
        assertThat(stopped).contains(Set.of(rule(one).key()));

        // The same configuration once more, as after each change of what listens.
        controller.want(List.of(rule(one), rule(one + 1)), relayed -> {});
        await().atMost(SOON)
                .until(() -> reports().stream()
                        .flatMap(report -> report.rules().stream())
                        .anyMatch(RuleStatus::isStopped));
        assertThat(rules()).contains("tcp " + one + " stopped");

        controller.resume();
        await().atMost(SOON).until(() -> rules().contains("tcp " + one));
        controller.stopRules(Set.of(rule(one).key(), rule(one + 1).key())).join();
        assertThat(rules()).containsExactly("tcp " + one + " stopped", "tcp " + (one + 1) + " stopped");
        assertThat(controller.hasEnded()).isFalse();
        controller.stop();
        controller.await();
    }

    @Test
    void a_command_goes_on_with_its_other_rules_and_ends_without_any() throws Exception {
        int one = FreePort.tcp();
        RelayProcessController controller = controller(RunBy.COMMAND);
        controller.want(List.of(rule(one), rule(one + 1)), relayed -> {});
        await().atMost(SOON).until(() -> rules().size() == 2);

        assertThat(askToStop(rule(one).key())).isEqualTo(StopAnswer.STOPS);
        await().atMost(SOON).until(() -> rules().equals(List.of("tcp " + (one + 1))));
        assertThat(controller.hasEnded()).isFalse();

        assertThat(askToStop(rule(one + 1).key())).isEqualTo(StopAnswer.STOPS);
        controller.await();
        await().atMost(SOON).until(controller::hasEnded);
        assertThat(reports()).isEmpty();

        // Who begins to listen late hears it all the same.
        List<RuleKey> stopped = new CopyOnWriteArrayList<>();
        controller.whenStopped(stopped::addAll);
        assertThat(stopped)
                .containsExactlyInAnyOrder(rule(one).key(), rule(one + 1).key());
    }
}
