package dev.ajar.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.app.LocalService;
import dev.ajar.app.Wiring;
import dev.ajar.cli.Cli;
import dev.ajar.cli.command.JsonTest;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.render.Terminal;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.ClientCount;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleStatus;
import dev.ajar.service.RelayRequest;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.StopReport;
import dev.ajar.service.client.PortServices;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.LocalClock;
import dev.ajar.system.host.FirewallState;
import dev.ajar.testing.EventSamples;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.NoDaemon;
import dev.ajar.testing.Samples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code ajar relay} reads its arguments; the lab tests run it. */
class RelayCommandTest {
    private final List<RelayRequest> orders = new ArrayList<>();
    private final List<ServiceRequest.StopRelays> stopped = new ArrayList<>();
    private List<ClientCount> clients = List.of();
    private List<KeeperEvent> happening = List.of();
    private final FakeHostProbe machine = new FakeHostProbe(List.of());
    private Optional<RelayReport.RunBy> runBy = Optional.of(RelayReport.RunBy.DAEMON);
    private StopReport outcome = new StopReport(List.of(), List.of(), Optional.empty());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private final class Recording extends NoDaemon {
        @Override
        public Optional<Failure> relay(
                RelayRequest order, Runnable ready, Consumer<KeeperEvent> told, Consumer<Message> log) {
            orders.add(order);
            ready.run();
            happening.forEach(told);
            return Optional.empty();
        }

        @Override
        public List<RelayReport> relays() {
            return List.of(new RelayReport(
                    812,
                    runBy,
                    List.of(new RuleStatus(
                            new RuleKey(TransportProtocol.TCP, new Port(8554)),
                            new Endpoint(Samples.ip("192.168.1.20"), new Port(554)),
                            Optional.empty(),
                            2,
                            7,
                            41,
                            2048,
                            5L << 30,
                            Map.of(Refusal.TOO_FAST, 3L),
                            clients))));
        }

        @Override
        public StopReport stopRelays(ServiceRequest.StopRelays request) {
            stopped.add(request);
            return outcome;
        }
    }

    private StopReport stopped(StopReport.Outcome... outcomes) {
        return new StopReport(
                Stream.of(outcomes)
                        .map(one -> new StopReport.StoppedRule("tcp 8554", "192.168.1.20:554", 812, runBy, one))
                        .toList(),
                List.of(),
                Optional.empty());
    }

    private int run(String... args) {
        return new Cli(new CliContext(
                        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, true),
                        PortServices.withoutDaemon(progress -> Result.ok(
                                LocalService.on(Wiring.real(), new MemoryStateStore(), new Recording(), progress))),
                        terminal -> true,
                        LocalClock.in(ZoneOffset.UTC),
                        name -> Optional.empty(),
                        machine,
                        new Recording(),
                        Samples.PROTOCOLS))
                .run(args);
    }

    @Test
    void a_rule_becomes_a_relay_and_a_mapping_to_this_machine() {
        assertThat(run("relay", "8554:192.168.1.20:554", "--allow", "203.0.113.0/24", "--for", "2h"))
                .as(err.toString())
                .isZero();
        RelayRequest order = orders.getFirst();
        assertThat(order.rules()).singleElement().hasToString("tcp 8554 → 192.168.1.20:554");
        assertThat(order.rules().getFirst().allow()).hasSize(1);
        assertThat(order.mappings())
                .singleElement()
                .extracting("description")
                .asString()
                .startsWith("ajar 8554 tcp");
        assertThat(order.stay()).contains(Duration.ofHours(2));
        assertThat(out.toString()).isEqualTo("relay  tcp 8554 here → 192.168.1.20:554\n");
        assertThat(err.toString()).contains("camera's video stream");
    }

    /** Friends knock at the relay's port here as they do at a server's. */
    @Test
    void this_machines_firewall_is_named_where_it_keeps_friends_from_the_relay() {
        happening = EventSamples.all().subList(0, 1);
        assertThat(run("relay", "8554:192.168.1.20:554")).isZero();
        assertThat(err.toString()).doesNotContain("firewall");

        machine.firewall = new FirewallState.Closed("ufw", "sudo ufw allow 25565/tcp");
        assertThat(run("relay", "8554:192.168.1.20:554")).isZero();
        assertThat(err.toString()).containsOnlyOnce("own firewall (ufw) blocks tcp 25565 from outside");
    }

    @Test
    void without_a_mapping_the_router_is_not_asked() {
        assertThat(run("relay", "--no-map", "--udp", "9999:192.168.1.20")).isZero();
        assertThat(orders.getFirst().mappings()).isEmpty();
        assertThat(orders.getFirst().rules().getFirst().key()).hasToString("udp 9999");
    }

    /** X9: the list of the threat model, each by itself and within a range. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "22",
                "23",
                "25",
                "53",
                "69/udp",
                "111",
                "123/udp",
                "135",
                "137",
                "138",
                "139",
                "161/udp",
                "389",
                "445",
                "512",
                "513",
                "514",
                "548",
                "631",
                "873",
                "1433",
                "1521",
                "1723",
                "1900/udp",
                "2049",
                "2375",
                "2376",
                "3306",
                "3389",
                "5351/udp",
                "5353/udp",
                "5432",
                "5555",
                "5900",
                "5985",
                "6379",
                "8291",
                "9100",
                "9200",
                "11211",
                "27017",
                "80",
                "8080",
                "443"
            })
    void a_dangerous_port_needs_confirmation(String port) {
        String number = port.replace("/udp", "");
        String protocol = port.endsWith("/udp") ? "/udp" : "";

        assertThat(run("relay", "40000:192.168.1.20:" + number + protocol)).isEqualTo(9);
        assertThat(err.toString()).contains("to the whole internet", "--yes-expose ");
        String name = err.toString().replaceAll("(?s).*--yes-expose (\\S+).*", "$1");
        assertThat(run("relay", "40000:192.168.1.20:" + number + protocol, "--yes-expose", name))
                .isZero();
        int low = Math.max(1, Integer.parseInt(number) - 2);
        assertThat(run("relay", "%d-%d:192.168.1.20%s".formatted(low, low + 4, protocol)))
                .isEqualTo(9);
        assertThat(orders).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "relay|ajar relay 8554:192.168.1.20:554",
                "relay 8554:192.168.1.20:554 --allow all|write an address or a network",
                "relay 8554:192.168.1.20:554 --rate fast|--rate fast: write a number",
                "relay 8554:192.168.1.20:554 --max-connections 0|from 1 to",
                "relay 8554:192.168.1.20:554 --proxy-protocol 3|v1 or v2",
                "relay 8554:192.168.1.20:554 --idle soon|--idle soon",
                "relay 8554:192.168.1.20:554 --method manual|--no-map",
                "relay 8554:192.168.1.20:554 --json|ajar relay status",
                "relay status 8554:192.168.1.20:554|takes no rule",
                "relay list 8554|ajar relay list shows everything",
                "relay lits|did you mean ajar relay list?",
                "relay stpo 8554|did you mean ajar relay stop?",
                "relay stop|Name its external port, or all",
                "relay stop all 8554|all stops every relay",
                "relay stop camera|is not a port",
                "relay stop 8554/icmp|tcp, udp or both",
                "relay stop 8554 --timeout 5s|there is no option --timeout",
                "relay 8554:192.168.1.20:554 --timeout 5s|there is no option --timeout",
                "relay 9:192.168.1.20 --udp --proxy-protocol v1|for TCP",
                "open 554 --relay|--relay goes with --to",
                "open 554 --to 192.168.1.20 --relay --json|no --json"
            })
    void bad_input_is_reported_before_anything_happens(String line, String what) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(out.toString() + err).contains(what);
        assertThat(orders).isEmpty();
        assertThat(stopped).isEmpty();
    }

    @Test
    void a_list_says_what_runs_and_how_to_stop_it() {
        assertThat(run("relay", "list")).isZero();
        assertThat(out.toString())
                .contains("RUN BY", "tcp 8554", "192.168.1.20:554", "the daemon, process 812", "2 connected")
                .endsWith("Stop one: ajar relay stop 8554\n");
        runBy = Optional.of(RelayReport.RunBy.COMMAND);
        assertThat(run("relay", "list")).isZero();
        assertThat(out.toString()).contains("ajar relay, process 812");
        runBy = Optional.empty();
        assertThat(run("relay", "list", "--json")).isZero();
        assertThat(out.toString()).contains("\"run_by\":null}]");
    }

    @Test
    void relays_are_stopped_by_their_ports_and_the_user_is_told_that_the_daemon_starts_them_again() {
        outcome = stopped(StopReport.Outcome.CLOSED);
        assertThat(run("relay", "stop", "8554", "9-10/udp")).isZero();
        assertThat(out.toString()).isEqualTo("tcp 8554 is stopped, and its port on the router is closed\n");
        assertThat(err.toString()).contains("The daemon relays it again at its next start");
        assertThat(stopped.getFirst().named()).hasToString("[8554, udp 9, udp 10]");

        assertThat(run("relay", "stop", "all")).isZero();
        assertThat(stopped.getLast().named()).isEmpty();
        assertThat(stopped).hasSize(2);
    }

    @Test
    void a_command_that_relays_does_not_come_back() {
        runBy = Optional.of(RelayReport.RunBy.COMMAND);
        outcome = stopped(StopReport.Outcome.WITHOUT_PORT);
        assertThat(run("relay", "stop", "8554", "--json")).isZero();
        assertThat(out.toString())
                .contains(
                        "\"stopped\":[{\"rule\":\"tcp 8554\",\"goes_to\":\"192.168.1.20:554\",\"process\":812,"
                                + "\"run_by\":\"command\",\"outcome\":\"without_port\",\"returns\":false,",
                        "\"not_running\":[],\"notes\":[],\"error\":null}");
        assertThat(JsonTest.faults(out.toString())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSED,0",
        "SHARED,0",
        "CLOSING,7",
        "OLDER,78",
        "SILENT,75",
        "CLOSED OLDER,7",
        "CLOSED CLOSING,7",
        "OLDER SILENT,78"
    })
    void the_exit_code_tells_whether_all_is_stopped_and_closed(String outcomes, int exitCode) {
        outcome = stopped(
                Stream.of(outcomes.split(" ")).map(StopReport.Outcome::valueOf).toArray(StopReport.Outcome[]::new));
        assertThat(run("relay", "stop", "all")).isEqualTo(exitCode);
        StringWriter both = out.append(err.toString());
        assertThat(both.toString()).contains("tcp 8554");
        out.getBuffer().setLength(0);
        assertThat(run("relay", "stop", "all", "--json")).isEqualTo(exitCode);
        assertThat(out.toString()).contains("\"exit_code\":" + exitCode);
        assertThat(JsonTest.faults(out.toString())).isEmpty();
    }

    @Test
    void a_port_without_a_relay_is_no_failure() {
        outcome = new StopReport(List.of(), List.of("9999"), Optional.empty());
        assertThat(run("relay", "stop", "9999")).isZero();
        assertThat(err.toString()).contains("no relay has port 9999; what runs: ajar relay list");
    }

    @Test
    void a_router_on_the_internet_is_refused() {
        assertThat(run("relay", "8554:192.168.1.20:554", "--gateway", "8.8.8.8"))
                .isEqualTo(9);
        assertThat(orders).isEmpty();
    }

    @Test
    void running_relays_are_shown() {
        assertThat(run("relay", "status")).isZero();
        assertThat(out.toString())
                .contains("tcp 8554", "192.168.1.20:554", "2.0 KiB", "5.0 GiB", "3 too many a second");
    }

    @Test
    void who_is_connected_is_shown() {
        clients = List.of(new ClientCount("203.0.113.7", 1), new ClientCount("2001:db8::/64", 1));
        assertThat(run("relay", "status")).isZero();
        assertThat(out.toString()).endsWith("203.0.113.7, 2001:db8::/64 → tcp 8554\n");
        clients = List.of(new ClientCount("203.0.113.7", 1));
        assertThat(run("relay", "status")).isZero();
        assertThat(out.toString()).as("of two connections").endsWith("203.0.113.7, ... → tcp 8554\n");
        assertThat(run("relay", "status", "--json")).isZero();
        String document = out.toString().substring(out.toString().indexOf('{'));
        assertThat(document).contains("\"clients\":[{").contains("\"source\":\"203.0.113.7\"");
        assertThat(JsonTest.faults(document)).isEmpty();
    }

    @Test
    void running_relays_are_shown_in_json() {
        assertThat(run("relay", "status", "--json")).isZero();
        assertThat(out.toString())
                .contains(
                        "\"relays\":[{\"process\":812,\"rules\":[{\"rule\":\"tcp 8554\"",
                        "\"refused\":{\"too_fast\":3}");
        assertThat(JsonTest.faults(out.toString())).isEmpty();
    }
}
