package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.control.ControlHandler;
import dev.ajar.control.ControlRequest;
import dev.ajar.control.ControlServer;
import dev.ajar.document.CloseJson;
import dev.ajar.document.ExitCode;
import dev.ajar.document.OpenJson;
import dev.ajar.json.JsonObject;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceContext;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.client.DaemonLink;
import dev.ajar.service.client.RemotePorts;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.StateStore;
import dev.ajar.testing.FaultyStateStore;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon has no user for is done by the command at whose terminal one waits. */
class AttendedPortsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final List<CloseReport.CloseRequest> PORT =
            List.of(new CloseReport.CloseRequest(TransportProtocol.TCP, new Port(25565), new Port(25565)));

    @TempDir
    private Path folder = Path.of("");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private StateStore store = new MemoryStateStore();
    private ServiceFixture machine = new ServiceFixture(Path.of("unused"));
    private List<CloseReport.CloseOutcome> done = List.of();
    private Failure failure = new Failure.Refused(Message.of(Failure.FOR_A_PERSON), Optional.empty());

    @BeforeEach
    void start() {
        machine.close();
        machine = new ServiceFixture(folder);
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    /** A daemon whose router wants a person. */
    private final class Unattended implements ControlHandler {
        @Override
        public ControlRequest.Response run(ControlRequest request) {
            throw new IllegalStateException("no command");
        }

        @Override
        public String watch() {
            throw new IllegalStateException("no watching");
        }

        @Override
        public void follow(Predicate<String> documents) {}

        @Override
        public Set<String> requests() {
            return Set.of("open", "extend", "close");
        }

        @Override
        public String answer(String name, JsonObject request) {
            asked.add(name);
            List<CloseReport.CloseOutcome> outcomes = new ArrayList<>(done);
            outcomes.add(new CloseReport.CloseOutcome.Failed(PORT.getFirst(), failure));
            CloseReport kept = new CloseReport(outcomes, List.of(), Optional.empty(), List.of());
            return name.equals("close")
                    ? CloseJson.write(kept, ExitCode.REFUSED)
                    : OpenJson.of(
                            name, OpenResult.failed(failure), ExitCode.REFUSED, Optional.empty(), OpenJson.Aside.NONE);
        }
    }

    private PortService service(boolean attended) {
        ServiceContext context = machine.context(Map.of());
        LocalBackend backend = new LocalBackend(context);
        return new RemotePorts(
                DaemonLink.connect(folder.resolve("control.sock")).orElseThrow(),
                Samples.PROTOCOLS,
                List::of,
                () -> Result.ok(context.ports().ports(store, backend)),
                attended);
    }

    private static OpenResult open(PortService service) {
        return service.open(new ServiceRequest.Open(
                List.of(Samples.tcp(25565)),
                GatewaySelector.AUTO,
                false,
                Set.of(IpVersion.IPV4),
                Optional.empty(),
                TIMEOUT,
                Optional.empty()));
    }

    private static CloseReport close(PortService service) {
        return service.close(new ServiceRequest.Close(PORT, GatewaySelector.AUTO, false, TIMEOUT));
    }

    @Test
    void before_a_person_the_command_does_it_itself() throws IOException {
        try (ControlServer server = ControlServer.start(folder.resolve("control.sock"), new Unattended())) {
            assertThat(server).isNotNull();
            PortService service = service(true);
            assertThat(open(service).isAnyOpen()).isTrue();
            assertThat(service.extend(new ServiceRequest.Extend(
                                    PORT, Duration.ofHours(3), LeaseDuration.STANDARD, GatewaySelector.AUTO, TIMEOUT))
                            .isAnyOpen())
                    .isTrue();
            assertThat(machine.router().table()).hasSize(1);
            assertThat(close(service).outcomes()).singleElement().isInstanceOf(CloseReport.CloseOutcome.Closed.class);
            assertThat(machine.router().table()).isEmpty();
            assertThat(asked).containsExactly("open", "extend", "close");
        }
    }

    @Test
    void where_no_question_can_be_answered_it_is_told_what_to_do() throws IOException {
        try (ControlServer server = ControlServer.start(folder.resolve("control.sock"), new Unattended())) {
            assertThat(server).isNotNull();
            PortService service = service(false);
            assertThat(open(service).failure().orElseThrow().detail().toString())
                    .contains("at a terminal (ajar open, ajar close) or on ajar's page (ajar web)");
            assertThat(close(service).outcomes()).singleElement().isInstanceOf(CloseReport.CloseOutcome.Failed.class);
            assertThat(machine.router().table()).isEmpty();
        }
    }

    @Test
    void any_other_refusal_is_the_daemons_to_tell() throws IOException {
        failure = new Failure.Refused(Message.of("admin.approval-needed"), Optional.empty());
        try (ControlServer server = ControlServer.start(folder.resolve("control.sock"), new Unattended())) {
            assertThat(server).isNotNull();
            assertThat(open(service(true)).isAnyOpen()).isFalse();
            assertThat(close(service(true)).outcomes())
                    .singleElement()
                    .isInstanceOf(CloseReport.CloseOutcome.Failed.class);
            assertThat(machine.router().table()).isEmpty();
        }
    }

    /** The same port may be another program's once the daemon has closed it. */
    @Test
    void what_the_daemon_has_closed_is_not_closed_again() throws IOException {
        CloseReport.CloseRequest other =
                new CloseReport.CloseRequest(TransportProtocol.TCP, new Port(8080), new Port(8080));
        Message gone = Message.of("mapping.dropped-already");
        done = List.of(new CloseReport.CloseOutcome.WasNotOpen(other, gone));
        try (ControlServer server = ControlServer.start(folder.resolve("control.sock"), new Unattended())) {
            assertThat(server).isNotNull();
            PortService service = service(true);
            assertThat(open(service).isAnyOpen()).isTrue();
            CloseReport report = service.close(
                    new ServiceRequest.Close(List.of(other, PORT.getFirst()), GatewaySelector.AUTO, true, TIMEOUT));

            assertThat(report.outcomes())
                    .satisfiesExactly(
                            told -> assertThat(told).isEqualTo(new CloseReport.CloseOutcome.WasNotOpen(other, gone)),
                            told -> assertThat(told).isInstanceOf(CloseReport.CloseOutcome.Closed.class));
            assertThat(machine.router().table()).isEmpty();
        }
    }

    @Test
    void where_this_process_cannot_close_it_the_reason_is_told_and_the_rest_counts() throws IOException {
        CloseReport.CloseRequest other =
                new CloseReport.CloseRequest(TransportProtocol.TCP, new Port(8080), new Port(8080));
        done = List.of(new CloseReport.CloseOutcome.WasNotOpen(other, Message.of("mapping.dropped-already")));
        FaultyStateStore busy = new FaultyStateStore();
        busy.fault = "locked";
        store = busy;
        try (ControlServer server = ControlServer.start(folder.resolve("control.sock"), new Unattended())) {
            assertThat(server).isNotNull();
            CloseReport report = close(service(true));

            assertThat(report.failure()).isEmpty();
            assertThat(report.outcomes())
                    .satisfiesExactly(
                            told -> assertThat(told.wanted()).isEqualTo(other),
                            told -> assertThat(told)
                                    .isInstanceOfSatisfying(
                                            CloseReport.CloseOutcome.Failed.class,
                                            failed ->
                                                    assertThat(failed.failure()).isInstanceOf(Failure.Busy.class)));
        }
    }
}
