package dev.ajar.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.engine.loop.EventLoops;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Datagrams through the relay: L11, X5, X6, X7 and X10. */
class UdpTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    /** A device that answers every datagram with so many bytes for each it got. */
    private static final class AnswerRouteCheck implements AutoCloseable {
        private final DatagramSocket socket = new DatagramSocket(0, RelayRig.LOOPBACK);
        private final AtomicInteger received = new AtomicInteger();

        AnswerRouteCheck(int times) throws IOException {
            socket.setReceiveBufferSize(4 << 20);
            Thread.ofPlatform().daemon().start(() -> answer(times));
        }

        private void answer(int times) {
            byte[] buffer = new byte[65_536];
            while (!socket.isClosed()) {
                try {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    socket.receive(packet);
                    received.incrementAndGet();
                    byte[] answer = Arrays.copyOf(packet.getData(), packet.getLength() * times);
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                } catch (IOException e) {
                    return;
                }
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static DatagramSocket client(RelayRig rig) throws IOException {
        return client(rig, "127.0.0.9", 0);
    }

    private static DatagramSocket client(RelayRig rig, String from, int port) throws IOException {
        DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(Addresses.ipv4(from).orElseThrow(), port));
        socket.connect(RelayRig.LOOPBACK, rig.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(DatagramSocket socket, byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length));
    }

    private static byte[] receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** Sends again: after a flood the kernel may drop a datagram because its buffer is full. */
    private static byte[] ask(DatagramSocket socket, int content) throws IOException {
        socket.setSoTimeout(1000);
        for (int attempt = 0; ; attempt++) {
            send(socket, new byte[] {(byte) content});
            try {
                return receive(socket);
            } catch (SocketTimeoutException e) {
                assertThat(attempt).as("tries without an answer").isLessThan(10);
            }
        }
    }

    @OnEveryKind
    void datagrams_keep_their_size(boolean epoll) throws Exception {
        try (AnswerRouteCheck device = new AnswerRouteCheck(1);
                RelayRig rig = RelayRig.udp(epoll, device.port(), rule -> rule);
                DatagramSocket client = client(rig)) {
            for (int size : new int[] {1, 200, 1472, 9000, 65_507, 20}) {
                byte[] bytes = new byte[size];
                Arrays.fill(bytes, (byte) size);
                send(client, bytes);
                assertThat(receive(client)).as("%d bytes", size).isEqualTo(bytes);
            }
            assertThat(rig.status().total()).isEqualTo(1);
        }
    }

    /** X17: the first one, and one after others. Java sends none from a connected socket, so the client has none. */
    @Test
    void empty_datagrams_are_relayed_both_ways() throws Exception {
        try (AnswerRouteCheck device = new AnswerRouteCheck(1);
                RelayRig rig = RelayRig.udp(true, device.port(), rule -> rule);
                DatagramSocket client =
                        new DatagramSocket(0, Addresses.ipv4("127.0.0.9").orElseThrow())) {
            client.setSoTimeout(3000);
            for (int size : new int[] {0, 20, 0, 0}) {
                client.send(new DatagramPacket(new byte[size], size, RelayRig.LOOPBACK, rig.port()));
                assertThat(receive(client)).as("%d bytes", size).hasSize(size);
            }
            assertThat(device.received).hasValue(4);
            assertThat(rig.status().refused()).isEmpty();
        }
    }

    /** On a machine with several addresses. A connected client gets nothing from another one than it asked. */
    @Test
    void answers_come_from_the_address_that_was_asked() throws Exception {
        assumeTrue(Epoll.isAvailable());
        try (AnswerRouteCheck device = new AnswerRouteCheck(1);
                RelayRig rig = RelayRig.udp(true, device.port(), rule -> rule)) {
            for (String asked : List.of("127.0.0.2", "127.0.0.1", "127.0.0.3", "127.0.0.2")) {
                for (int i = 0; i < 4; i++) {
                    try (DatagramSocket client = new DatagramSocket(
                            new InetSocketAddress(Addresses.ipv4("127.0.0.9").orElseThrow(), 0))) {
                        client.connect(Addresses.ipv4(asked).orElseThrow(), rig.port());
                        client.setSoTimeout(10_000);
                        for (int size : new int[] {3, 1200, 7}) {
                            send(client, new byte[size]);
                            assertThat(receive(client))
                                    .as("%s, %d bytes", asked, size)
                                    .hasSize(size);
                        }
                    }
                }
            }
            assertThat(rig.status().total()).isEqualTo(16);
        }
    }

    /** The system prefers a socket of one address, so that one loop would get the clients of all. */
    @Test
    void an_address_of_its_own_leaves_each_client_its_loop() throws Exception {
        assumeTrue(Epoll.isAvailable());
        EventLoops loops = EventLoops.of(true, 2);
        List<DatagramSocket> clients = new ArrayList<>();
        try (AnswerRouteCheck device = new AnswerRouteCheck(1);
                RelayRig rig = RelayRig.on(loops, TransportProtocol.UDP, device.port())) {
            CompletableFuture<Void> first = RelayRig.occupy(loops.all().getFirst());
            CompletableFuture<Void> last = RelayRig.occupy(loops.all().getLast());
            for (int i = 0; i < 16; i++) {
                DatagramSocket client = new DatagramSocket(
                        new InetSocketAddress(Addresses.ipv4("127.0.0.9").orElseThrow(), 0));
                clients.add(client);
                client.connect(Addresses.ipv4("127.0.0.2").orElseThrow(), rig.port());
                client.setSoTimeout(10_000);
                send(client, new byte[] {1});
            }
            last.complete(null);
            await().atMost(SOON).until(() -> rig.status().total() > 0);
            first.complete(null);
            for (int round = 0; round < 2; round++) {
                for (DatagramSocket client : clients) {
                    assertThat(receive(client)).hasSize(1);
                    send(client, new byte[] {1});
                }
            }
            assertThat(rig.status().total()).isEqualTo(16);
        } finally {
            clients.forEach(DatagramSocket::close);
        }
    }

    @OnEveryKind
    void a_device_that_cannot_be_reached_leaves_no_session(boolean epoll) throws Exception {
        // The system connects no socket to a broadcast address unless asked for it.
        Endpoint everyone = new Endpoint(Addresses.ipv4("255.255.255.255").orElseThrow(), new Port(9));
        try (RelayRig rig = RelayRig.udp(
                        epoll,
                        9,
                        rule -> new RelayRule(
                                rule.protocol(),
                                rule.external(),
                                rule.listen(),
                                everyone,
                                rule.allow(),
                                rule.limits(),
                                rule.proxy()));
                DatagramSocket client = client(rig)) {
            send(client, new byte[1]);
            await().atMost(SOON).until(() -> rig.refused() > 0);
            assertThat(rig.status().refused()).containsOnlyKeys(Refusal.DEVICE_REFUSED);
            assertThat(rig.status().now()).isZero();
        }
    }

    @OnEveryKind
    void answers_go_only_to_the_client_that_asked(boolean epoll) throws Exception {
        try (AnswerRouteCheck device = new AnswerRouteCheck(1);
                RelayRig rig = RelayRig.udp(epoll, device.port(), rule -> rule);
                DatagramSocket one = client(rig);
                DatagramSocket other = client(rig)) {
            for (byte i = 1; i < 50; i++) {
                send(one, new byte[] {1, i});
                send(other, new byte[] {2, i});
                assertThat(receive(one)).containsExactly(1, i);
                assertThat(receive(other)).containsExactly(2, i);
            }
            assertThat(rig.status().total()).isEqualTo(2);
        }
    }

    /** X10: a client whose own NAT gave it another port is another client. */
    @OnEveryKind
    void another_port_is_another_session(boolean epoll) throws Exception {
        try (AnswerRouteCheck device = new AnswerRouteCheck(1);
                RelayRig rig = RelayRig.udp(epoll, device.port(), rule -> rule);
                DatagramSocket before = client(rig);
                DatagramSocket after = client(rig)) {
            send(before, new byte[] {1});
            receive(before);
            send(after, new byte[] {2});
            assertThat(receive(after)).containsExactly(2);

            before.setSoTimeout(200);
            assertThatThrownBy(() -> receive(before)).isInstanceOf(SocketTimeoutException.class);
            assertThat(rig.status().total()).isEqualTo(2);
        }
    }

    /** X6: a client that never goes on after an answer may be a forged address. */
    @OnEveryKind
    void a_large_answer_is_held_back_until_the_client_is_known_to_be_real(boolean epoll) throws Exception {
        try (AnswerRouteCheck device = new AnswerRouteCheck(100);
                RelayRig rig = RelayRig.udp(epoll, device.port(), rule -> rule);
                DatagramSocket client = client(rig)) {
            send(client, new byte[40]);
            await().atMost(SOON).until(() -> rig.status().refused().containsKey(Refusal.AMPLIFIED));
            assertThat(rig.status().out()).isZero();
        }
        try (AnswerRouteCheck device = new AnswerRouteCheck(3);
                RelayRig rig = RelayRig.udp(epoll, device.port(), rule -> rule);
                DatagramSocket client = client(rig)) {
            send(client, new byte[40]);
            assertThat(receive(client)).hasSize(120);
            // The client got the answer and goes on: from now on everything is relayed.
            for (int i = 0; i < 5; i++) {
                send(client, new byte[1]);
                assertThat(receive(client)).hasSize(3);
            }
            assertThat(rig.status().refused()).isEmpty();
        }
    }

    /** X7: a datagram from a server's port, or from the device itself, may be an answer to an answer. */
    @OnEveryKind
    void datagrams_that_may_loop_are_not_relayed(boolean epoll) throws Exception {
        try (AnswerRouteCheck device = new AnswerRouteCheck(1);
                RelayRig rig = RelayRig.udp(epoll, device.port(), rule -> rule)) {
            try (DatagramSocket itself = client(rig, "127.0.0.1", 0)) {
                send(itself, new byte[] {1});
                await().atMost(SOON).until(() -> refused(rig, Refusal.LOOP) == 1);
            }
            int[] servers = {7, 19, 53, 69, 123};
            for (int i = 0; i < servers.length; i++) {
                int before = i + 1;
                try (DatagramSocket server = client(rig, "127.0.0.9", servers[i])) {
                    send(server, new byte[] {1});
                    await().atMost(SOON).until(() -> refused(rig, Refusal.LOOP) == before + 1);
                } catch (java.net.BindException e) {
                    // Only root may send from there; the rule above is the same for all of them.
                    return;
                }
            }
            assertThat(device.received).hasValue(0);
        }
    }

    private static long refused(RelayRig rig, Refusal why) {
        return rig.status().refused().getOrDefault(why, 0L);
    }

    /** X5, small: a client in conversation with the device keeps its session during a flood. */
    @OnEveryKind
    void a_flood_of_new_sources_does_not_end_existing_sessions(boolean epoll) throws Exception {
        RelayLimits usual = RelayRig.limits().withConnections(100, 10);
        try (AnswerRouteCheck device = new AnswerRouteCheck(1);
                // Never answers, so its sessions stay unanswered.
                DatagramSocket silent = new DatagramSocket(0, RelayRig.LOOPBACK);
                RelayRig rig = RelayRig.udp(epoll, device.port(), RelayRig.with(usual));
                RelayRig flooded = RelayRig.udp(epoll, silent.getLocalPort(), RelayRig.with(usual));
                DatagramSocket known = client(rig)) {
            send(known, new byte[] {1});
            receive(known);

            List<DatagramSocket> flood = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                DatagramSocket one = client(rig, "127.1." + i / 200 + "." + (1 + i % 200), 0);
                send(one, new byte[] {2});
                flood.add(one);
                DatagramSocket two = client(flooded, "127.1." + i / 200 + "." + (1 + i % 200), 0);
                send(two, new byte[] {2});
                flood.add(two);
            }
            assertThat(rig.status().now()).isLessThanOrEqualTo(100);
            await().atMost(SOON).until(() -> flooded.status().total() >= 100);
            assertThat(flooded.status().now()).isLessThanOrEqualTo(100);

            assertThat(ask(known, 3)).containsExactly(3);
            for (DatagramSocket socket : flood) {
                socket.close();
            }
        }
    }

    @OnEveryKind
    void silent_sessions_end(boolean epoll) throws Exception {
        RelayLimits usual = RelayRig.limits();
        RelayLimits shortly = new RelayLimits(
                100, 100, 0, Duration.ofSeconds(3), Duration.ofSeconds(1), usual.connect(), usual.fin(), usual.stall());
        try (DatagramSocket silent = new DatagramSocket(0, RelayRig.LOOPBACK);
                AnswerRouteCheck device = new AnswerRouteCheck(1);
                RelayRig unanswered = RelayRig.udp(epoll, silent.getLocalPort(), RelayRig.with(shortly));
                RelayRig answered = RelayRig.udp(epoll, device.port(), RelayRig.with(shortly));
                DatagramSocket one = client(unanswered);
                DatagramSocket other = client(answered)) {
            send(one, new byte[] {1});
            send(other, new byte[] {1});
            receive(other);
            // The client got the answer: from now on it is known to be real.
            send(other, new byte[] {1});
            receive(other);
            await().atMost(SOON).until(() -> unanswered.status().now() == 0);
            assertThat(answered.status().now()).isEqualTo(1);
            await().atMost(SOON).until(() -> answered.status().now() == 0);
        }
    }

    /** An answer alone does not protect a session: the device answers forged addresses as well. */
    @OnEveryKind
    void forged_sources_that_were_answered_make_room(boolean epoll) throws Exception {
        RelayLimits few = RelayRig.limits().withConnections(50, 50);
        try (AnswerRouteCheck device = new AnswerRouteCheck(1);
                RelayRig rig = RelayRig.udp(epoll, device.port(), RelayRig.with(few))) {
            List<DatagramSocket> forged = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                DatagramSocket one = client(rig, "127.3.0." + (1 + i), 0);
                send(one, new byte[] {1, 2, 3, 4});
                receive(one);
                forged.add(one);
            }
            assertThat(rig.status().now()).isLessThanOrEqualTo(50);
            try (DatagramSocket newcomer = client(rig, "127.4.0.1", 0)) {
                send(newcomer, new byte[] {5});
                assertThat(receive(newcomer)).containsExactly(5);
            }
            for (DatagramSocket socket : forged) {
                socket.close();
            }
        }
    }
}
