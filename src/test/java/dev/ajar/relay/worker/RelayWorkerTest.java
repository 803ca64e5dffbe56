package dev.ajar.relay.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.ConnectionLimit;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.RelayOrders;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleJson;
import dev.ajar.relay.RuleProblem;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.engine.RelayServer;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.FreePort;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The worker, run on a thread instead of in its own process. */
class RelayWorkerTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final AtomicReference<Optional<Message>> objection = new AtomicReference<>(Optional.empty());
    private final List<String> said = new CopyOnWriteArrayList<>();

    private static RelayRule rule(int listen, int device) {
        return new RelayRule(
                TransportProtocol.TCP,
                new Port(listen),
                new Port(listen),
                new Endpoint(InetAddress.getLoopbackAddress(), new Port(device)),
                List.of(),
                RelayLimits.standard(Duration.ofMinutes(1)),
                Optional.empty());
    }

    private RelayWorker worker() {
        return new RelayWorker(
                new RelayServer(EventLoops.best(), new ConnectionLimit(100), System::nanoTime),
                device -> objection.get(),
                new SystemTimeline(),
                Duration.ofSeconds(1),
                new WorkerLines(said::add),
                DeviceWatch::connect,
                Duration.ofMillis(20));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** X8: on another network the same address is another device. Back home the relay goes on. */
    @Test
    void a_device_that_is_no_longer_on_this_network_is_not_reached() throws Exception {
        int port = FreePort.tcp();
        RelayWorker worker = worker();
        PipedOutputStream orders = new PipedOutputStream();
        try (PipedInputStream input = new PipedInputStream(orders, 65_536);
                ServerSocket device = new ServerSocket(0)) {
            Thread running = Thread.ofPlatform().daemon().start(() -> worker.run(input));
            orders.write((JsonWriter.write(Map.of("rules", List.of(RuleJson.of(rule(port, device.getLocalPort())))))
                            + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            orders.flush();
            await().atMost(SOON).until(() -> listens(port));

            objection.set(Optional.of(Message.verbatim("127.0.0.1 is not on a network this machine is attached to")));
            await().atMost(SOON).until(() -> !listens(port));
            RuleStatus status = worker.status().getFirst();
            assertThat(status.trouble()).get().extracting(RuleProblem::kind).isEqualTo(RuleProblem.ProblemKind.DEVICE);
            assertThat(said.getLast()).contains("is not on a network");

            objection.set(Optional.empty());
            await().atMost(SOON).until(() -> listens(port));

            // The controller is gone, so the relay ends.
            orders.close();
            assertThat(running.join(SOON)).isTrue();
            assertThat(listens(port)).isFalse();
        }
    }

    /** What a user stops stays known; the controller hears the wish, and decides. */
    @Test
    void a_stopped_rule_is_listed_and_not_relayed_until_the_controller_says_so() throws Exception {
        int port = FreePort.tcp();
        int other = FreePort.tcp();
        RelayWorker worker = worker();
        PipedOutputStream input = new PipedOutputStream();
        try (PipedInputStream orders = new PipedInputStream(input, 65_536);
                ServerSocket device = new ServerSocket(0)) {
            Thread running = Thread.ofPlatform().daemon().start(() -> worker.run(orders));
            RelayOrders all = new RelayOrders(
                    RelayReport.RunBy.DAEMON,
                    List.of(rule(port, device.getLocalPort()), rule(other, device.getLocalPort())),
                    Set.of());
            order(input, all);
            await().atMost(SOON).until(() -> listens(port) && listens(other));

            assertThat(worker.answer(List.of("status")))
                    .contains("\"run_by\":\"daemon\"")
                    .doesNotContain("stops");
            assertThat(said).noneMatch(line -> line.contains("\"stop\""));
            assertThat(worker.answer(List.of("stop", "tcp " + port, "tcp 1"))).contains("\"stops\":true");
            assertThat(said.getLast())
                    .startsWith("{\"stop\":[{")
                    .contains("" + port)
                    .doesNotContain("" + other);
            assertThat(listens(port)).isTrue();

            order(input, all.stopping(Set.of(rule(port, 1).key())));
            await().atMost(SOON).until(() -> !listens(port));
            assertThat(listens(other)).isTrue();
            assertThat(worker.status())
                    .filteredOn(RuleStatus::isStopped)
                    .singleElement()
                    .extracting(RuleStatus::rule)
                    .isEqualTo(rule(port, 1).key());

            order(input, all.stopping(Set.of(rule(port, 1).key())).resuming());
            await().atMost(SOON).until(() -> listens(port));
            input.close();
            assertThat(running.join(SOON)).isTrue();
        }
    }

    private static void order(PipedOutputStream input, RelayOrders orders) throws IOException {
        input.write((JsonWriter.write(RuleJson.of(orders)) + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** The relay may be part of a process that goes on. */
    @Test
    void a_worker_that_fails_leaves_no_port_open() throws Exception {
        int port = FreePort.tcp();
        RelayWorker worker = new RelayWorker(
                new RelayServer(EventLoops.best(), new ConnectionLimit(100), System::nanoTime),
                device -> objection.get(),
                new SystemTimeline(),
                Duration.ofSeconds(1),
                new WorkerLines(line -> {
                    throw new IllegalStateException(line);
                }));
        byte[] orders = (JsonWriter.write(Map.of("rules", List.of(RuleJson.of(rule(port, 9))))) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> worker.run(new java.io.ByteArrayInputStream(orders)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(listens(port)).isFalse();
    }

    @Test
    void invalid_orders_end_the_worker() throws Exception {
        RelayWorker worker = worker();
        worker.run(new java.io.ByteArrayInputStream("{\"rules\":[{}]}\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(said.getFirst()).contains("does not understand its controller");
    }
}
