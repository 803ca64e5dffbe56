package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RelayReport.RunBy;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleProblem;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.controller.RelayProcessController.StopAnswer;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.StopReport;
import dev.ajar.service.StopReport.Outcome;
import dev.ajar.service.json.RequestJson;
import dev.ajar.service.json.StopJson;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.syntax.RelayPort;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which relays are stopped, and what is said of their ports, from what their processes and the state file say. */
class RelayStopsTest {
    private static final long DAEMON = 42;
    private static final long COMMAND = 4711;
    private static final Owner CONFIGURED = new Owner.Configuration("ajar.toml");
    private static final Owner LAUNCHED = new Owner.Launch(COMMAND, Instant.EPOCH);

    private static final GatewayId ROUTER = new GatewayId(PxpProtocols.NAT_PMP, Samples.GATEWAY);

    private final ManualTimeline timeline = new ManualTimeline();
    private final List<String> asked = new ArrayList<>();
    private List<RelayReport> running = List.of();
    private StopAnswer answer = StopAnswer.STOPS;
    private Snapshot state = Snapshot.EMPTY;

    /** What the process that is asked does. */
    private Runnable consequence = () -> {};

    private static JsonObject read(String document) {
        return JsonReader.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private StopReport stop(RelayPort... named) {
        return new RelayStops(
                        () -> running,
                        (relay, rules) -> {
                            asked.add(relay.pid() + " "
                                    + rules.stream()
                                            .map(RuleKey::toString)
                                            .sorted()
                                            .toList());
                            consequence.run();
                            return answer;
                        },
                        () -> Result.ok(state),
                        timeline,
                        timeline::advance)
                .stop(new ServiceRequest.StopRelays(List.of(named)));
    }

    private static RelayPort port(int number) {
        return new RelayPort(Optional.empty(), new Port(number));
    }

    private static RuleStatus rule(TransportProtocol protocol, int port, Optional<RuleProblem> trouble) {
        return new RuleStatus(
                new RuleKey(protocol, new Port(port)),
                new Endpoint(Samples.NEIGHBOUR, new Port(554)),
                trouble,
                0,
                0,
                0,
                0,
                0,
                Map.of());
    }

    private static RelayReport relay(long pid, RunBy by, int... ports) {
        List<RuleStatus> rules = new ArrayList<>();
        for (int port : ports) {
            rules.add(rule(TransportProtocol.TCP, port, Optional.empty()));
        }
        return new RelayReport(pid, Optional.of(by), rules);
    }

    private static DesiredMapping desired(int port, Owner owner) {
        return new DesiredMapping(Samples.tcp(port), GatewaySelector.AUTO, owner, Instant.EPOCH, Optional.empty());
    }

    /** Open on the router for those owners. */
    private static Snapshot open(int port, Owner... owners) {
        Snapshot snapshot = Snapshot.EMPTY;
        for (Owner owner : owners) {
            snapshot = snapshot.with(desired(port, owner));
        }
        return snapshot.with(MappingRecord.claimed(claim(port)));
    }

    private static Claim claim(int port) {
        return new Claim(
                Samples.tcp(port),
                ROUTER,
                new Endpoint(Samples.HERE, new Port(port)),
                Samples.natPmpHandle(),
                Instant.EPOCH);
    }

    private List<Outcome> outcomes(StopReport report) {
        return report.rules().stream().map(StopReport.StoppedRule::outcome).toList();
    }

    @Test
    void only_what_is_named_is_stopped_wherever_it_runs() {
        running = List.of(relay(DAEMON, RunBy.DAEMON, 8554, 9000), relay(COMMAND, RunBy.COMMAND, 8555));
        consequence = () -> running = List.of();

        StopReport report = stop(port(8554), port(8555), port(1));
        assertThat(asked).containsExactly("42 [tcp 8554]", "4711 [tcp 8555]");
        assertThat(report.notRunning()).containsExactly("1");
        assertThat(report.rules()).extracting(StopReport.StoppedRule::returns).containsExactly(true, false);
        assertThat(outcomes(report)).containsExactly(Outcome.WITHOUT_PORT, Outcome.WITHOUT_PORT);
    }

    @Test
    void all_are_stopped_that_are_not_stopped_yet() {
        running = List.of(
                relay(DAEMON, RunBy.DAEMON, 8554, 9000),
                new RelayReport(
                        COMMAND,
                        Optional.of(RunBy.DAEMON),
                        List.of(rule(TransportProtocol.UDP, 9, Optional.of(RuleProblem.stopped())))));
        consequence = () -> running = List.of();

        assertThat(stop().rules()).hasSize(2);
        assertThat(asked).containsExactly("42 [tcp 8554, tcp 9000]");
    }

    @Test
    void the_answer_waits_until_the_port_is_closed() {
        running = List.of(relay(DAEMON, RunBy.DAEMON, 8554));
        state = open(8554, CONFIGURED);
        Snapshot leaving = state.ended(desired(8554, CONFIGURED));
        consequence = () -> {
            running = List.of();
            state = leaving;
        };
        assertThat(outcomes(stop(port(8554)))).as("it is not confirmed").containsExactly(Outcome.CLOSING);
        assertThat(timeline.elapsed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));

        running = List.of(relay(DAEMON, RunBy.DAEMON, 8554));
        state = open(8554, CONFIGURED);
        consequence = () -> {
            running = List.of();
            state = leaving.without(MappingRecord.claimed(claim(8554)));
        };
        assertThat(outcomes(stop(port(8554)))).containsExactly(Outcome.CLOSED);
    }

    /** Of what else is open for the port, nothing is said to be closed. */
    @Test
    void a_port_of_another_owner_is_not_the_relays() {
        running = List.of(relay(COMMAND, RunBy.COMMAND, 8554));
        state = open(8554, new Owner.User(), new Owner.Launch(1, Instant.EPOCH), CONFIGURED);
        consequence = () -> running = List.of();
        assertThat(outcomes(stop(port(8554)))).containsExactly(Outcome.WITHOUT_PORT);

        running = List.of(relay(COMMAND, RunBy.COMMAND, 8554));
        state = open(8554, new Owner.User(), LAUNCHED);
        consequence = () -> {
            running = List.of();
            state = state.ended(desired(8554, LAUNCHED));
        };
        assertThat(outcomes(stop(port(8554)))).containsExactly(Outcome.SHARED);
    }

    @Test
    void one_that_does_not_stop_is_told_so() {
        running = List.of(relay(COMMAND, RunBy.COMMAND, 8554));
        answer = StopAnswer.OLDER;
        assertThat(outcomes(stop(port(8554)))).containsExactly(Outcome.OLDER);
        assertThat(timeline.elapsed()).as("nothing will change").isLessThan(Duration.ofSeconds(1));
        answer = StopAnswer.SILENT;
        assertThat(outcomes(stop(port(8554)))).containsExactly(Outcome.SILENT);
        answer = StopAnswer.STOPS;
        assertThat(outcomes(stop(port(8554)))).as("it still relays").containsExactly(Outcome.SILENT);
    }

    @Test
    void a_request_survives_writing_and_reading() {
        for (List<RelayPort> named : List.of(
                List.<RelayPort>of(),
                List.of(port(1), new RelayPort(Optional.of(TransportProtocol.UDP), new Port(2))))) {
            ServiceRequest.StopRelays request = new ServiceRequest.StopRelays(named);
            assertThat(RequestJson.stopRelays(read(JsonWriter.write(RequestJson.write(request)))))
                    .isEqualTo(request);
        }
    }

    @Test
    void a_report_survives_writing_and_reading() {
        List<StopReport.StoppedRule> rules = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            rules.add(new StopReport.StoppedRule(
                    "tcp 8554", "192.168.1.20:554", DAEMON, Optional.of(RunBy.DAEMON), outcome));
        }
        StopReport report = new StopReport(rules, List.of("8554"), Optional.empty());
        assertThat(StopJson.read(read(StopJson.write(report)), Samples.PROTOCOLS))
                .isEqualTo(report);
    }
}
