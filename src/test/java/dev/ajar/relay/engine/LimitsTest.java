package dev.ajar.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.ConnectionLimit;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleProblem;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.testing.FreePort;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which clients are admitted when many connect, changes of rules, and shutdown: X1, L9 and L10. */
class LimitsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static boolean isServed(Socket socket) {
        try {
            socket.getOutputStream().write(1);
            return socket.getInputStream().read() == 1;
        } catch (IOException e) {
            return false;
        }
    }

    @OnEveryKind
    void no_source_takes_more_than_its_share_and_a_new_source_always_gets_in(boolean epoll) throws Exception {
        RelayLimits limits = RelayRig.limits().withConnections(100, 8);
        List<Socket> crowd = new ArrayList<>();
        try (Device device = Device.echo();
                RelayRig rig = RelayRig.tcp(epoll, device.port(), RelayRig.with(limits))) {
            for (int source = 1; source <= 20; source++) {
                for (int i = 0; i < 12; i++) {
                    try {
                        crowd.add(rig.client("127.0.1." + source));
                    } catch (IOException e) {
                        // Turned away before connect had returned.
                        assertThat(rig.refused()).isPositive();
                    }
                }
            }
            await().atMost(SOON).until(() -> rig.status().total() + turnedAway(rig) == 240);
            // A connection that makes room for another may still be missing in one of the two counters.
            assertThat(rig.status().now()).isBetween(98, 100);
            assertThat(rig.status().refused()).containsKeys(Refusal.FULL, Refusal.TOO_MANY_OF_ONE);

            try (Socket newcomer = rig.client("127.0.2.1")) {
                assertThat(isServed(newcomer)).isTrue();
            }
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    private static long turnedAway(RelayRig rig) {
        return rig.refused() - rig.status().refused().getOrDefault(Refusal.MADE_ROOM, 0L);
    }

    @OnEveryKind
    void the_rate_per_second_is_limited(boolean epoll) throws Exception {
        try (Device device = Device.echo();
                RelayRig rig = RelayRig.tcp(
                        epoll, device.port(), RelayRig.with(RelayRig.limits().withRate(5)))) {
            for (int i = 0; i < 60; i++) {
                try {
                    rig.client("127.0.1.1").close();
                } catch (IOException e) {
                    assertThat(rig.refused()).isPositive();
                }
            }
            await().atMost(SOON).until(() -> rig.status().total() + rig.refused() == 60);
            assertThat(rig.status().total()).isBetween(15L, 25L);
            assertThat(rig.status().refused()).containsKey(Refusal.TOO_FAST);
        }
    }

    /** L10. */
    @OnEveryKind
    void a_connection_survives_changes_of_other_rules(boolean epoll) throws Exception {
        try (Device device = Device.echo();
                RelayRig rig = RelayRig.tcp(epoll, device.port());
                Socket steady = rig.client()) {
            assertThat(isServed(steady)).isTrue();
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ports.add(FreePort.tcp());
            }
            int failures = 0;
            for (int round = 0; round < 100; round++) {
                RelayRule other = RelayRig.rule(TransportProtocol.TCP, ports.get(round % ports.size()), device.port());
                rig.server.apply(round % 3 == 0 ? List.of(rig.rule()) : List.of(rig.rule(), other));
                for (int i = 0; i < 10; i++) {
                    try (Socket socket = rig.client()) {
                        failures += isServed(socket) ? 0 : 1;
                    }
                }
            }
            assertThat(failures).isZero();
            assertThat(isServed(steady)).isTrue();
        }
    }

    /** L9. */
    @OnEveryKind
    void during_shutdown_new_clients_are_refused_and_others_may_finish(boolean epoll) throws Exception {
        try (Device device = Device.echo();
                RelayRig rig = RelayRig.tcp(epoll, device.port());
                Socket finishing = rig.client();
                Socket endless = rig.client()) {
            assertThat(isServed(finishing)).isTrue();
            assertThat(isServed(endless)).isTrue();
            Thread draining = Thread.ofVirtual().start(() -> rig.server.drain(Duration.ofSeconds(2)));
            await().atMost(SOON).until(() -> isTurnedAway(rig));
            assertThat(isServed(finishing)).isTrue();
            finishing.shutdownOutput();
            assertThat(finishing.getInputStream().read()).isEqualTo(-1);

            assertThat(draining.join(SOON.multipliedBy(3))).isTrue();
            assertThat(isServed(endless)).isFalse();
        }
    }

    private static boolean isTurnedAway(RelayRig rig) {
        try (Socket socket = rig.client()) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void a_port_taken_by_another_program_is_reported() throws Exception {
        try (ServerSocket other = new ServerSocket(0);
                RelayServer server = new RelayServer(EventLoops.best(), new ConnectionLimit(10), System::nanoTime)) {
            server.apply(List.of(RelayRig.rule(TransportProtocol.TCP, other.getLocalPort(), 9)));
            assertThat(server.status().getFirst().trouble())
                    .get()
                    .extracting(RuleProblem::kind)
                    .isEqualTo(RuleProblem.ProblemKind.TAKEN);
        }
    }

    /** Sockets that share a port would divide the connections between two relays. */
    @Test
    void a_port_taken_by_another_relay_is_reported() throws Exception {
        try (Device device = Device.echo();
                RelayRig rig = RelayRig.tcp(true, device.port());
                RelayServer second = new RelayServer(EventLoops.best(), new ConnectionLimit(10), System::nanoTime)) {
            second.apply(List.of(rig.rule()));
            assertThat(second.status().getFirst().trouble())
                    .get()
                    .extracting(RuleProblem::kind)
                    .isEqualTo(RuleProblem.ProblemKind.TAKEN);
        }
    }
}
