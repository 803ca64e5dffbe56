package dev.ajar.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ajar.relay.Refusal;
import dev.ajar.relay.engine.loop.RelaySockets;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Connections through the relay, as seen by client and device: L6 and L7. */
class TcpTest {
    /** More than all buffers of both systems and of the relay hold. */
    private static final int LARGE = 24 << 20;

    /** A test that hangs ends after this time. */
    private static final Duration SOON = Duration.ofSeconds(20);

    /** By then the relay has checked its connections at least once. */
    private static final Duration LOOK = Duration.ofMillis(3 * RelaySockets.LOOK_MILLIS);

    private static byte[] hash(InputStream in) throws IOException {
        return Bytes.hash(in, Long.MAX_VALUE);
    }

    @OnEveryKind
    void the_client_ends_first_and_gets_everything(boolean epoll) throws Exception {
        try (Device device = Device.with(socket -> {
                    byte[] asked = socket.getInputStream().readAllBytes();
                    Bytes.write(socket.getOutputStream(), asked[0], LARGE);
                });
                RelayRig rig = RelayRig.tcp(epoll, device.port());
                Socket client = rig.client()) {
            client.getOutputStream().write(7);
            client.shutdownOutput();

            assertThat(hash(client.getInputStream())).isEqualTo(Bytes.hash((byte) 7, LARGE));
            await().atMost(SOON).until(() -> rig.status().now() == 0);
            assertThat(rig.status().out()).isEqualTo(LARGE);
        }
    }

    @OnEveryKind
    void the_device_ends_first_and_gets_everything(boolean epoll) throws Exception {
        CompletableFuture<byte[]> got = new CompletableFuture<>();
        try (Device device = Device.with(socket -> {
                    socket.getOutputStream().write(9);
                    socket.shutdownOutput();
                    got.complete(hash(socket.getInputStream()));
                });
                RelayRig rig = RelayRig.tcp(epoll, device.port());
                Socket client = rig.client()) {
            assertThat(client.getInputStream().readAllBytes()).containsExactly(9);
            Bytes.write(client.getOutputStream(), (byte) 3, LARGE);
            client.shutdownOutput();

            assertThat(got.get(20, TimeUnit.SECONDS)).isEqualTo(Bytes.hash((byte) 3, LARGE));
            await().atMost(SOON).until(() -> rig.status().now() == 0);
        }
    }

    /** Written and closed at once: bytes under way must not be lost. */
    @OnEveryKind
    void the_end_arrives_after_all_bytes_under_way(boolean epoll) throws Exception {
        try (Device device = Device.with(socket -> {
                    Bytes.write(socket.getOutputStream(), (byte) 5, LARGE);
                    socket.shutdownOutput();
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                });
                RelayRig rig = RelayRig.tcp(epoll, device.port());
                Socket client = rig.client()) {
            // The device has finished before the client reads anything.
            await().pollDelay(Duration.ofMillis(300)).until(() -> rig.status().now() == 1);

            assertThat(hash(client.getInputStream())).isEqualTo(Bytes.hash((byte) 5, LARGE));
        }
    }

    /** The device has closed; the client reads the rest slowly, wherever it is buffered by then. */
    @OnEveryKind
    void the_last_bytes_wait_for_a_slow_client(boolean epoll) throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (Device device = Device.with(socket -> {
                    int blocks = socket.getInputStream().read();
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                    Bytes.write(socket.getOutputStream(), (byte) 5, blocks * 131_072L);
                });
                RelayRig rig = RelayRig.tcp(epoll, device.port())) {
            for (int blocks = 1; blocks <= 32; blocks++) {
                Socket client = rig.client();
                client.getOutputStream().write(blocks);
                client.shutdownOutput();
                clients.add(client);
            }
            await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
            for (int blocks = 1; blocks <= 32; blocks++) {
                assertThat(hash(clients.get(blocks - 1).getInputStream()))
                        .as("%d blocks", blocks)
                        .isEqualTo(Bytes.hash((byte) 5, blocks * 131_072L));
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @OnEveryKind
    void an_idle_half_closed_connection_ends(boolean epoll) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (Device silent = Device.silent(ended::countDown);
                RelayRig rig = RelayRig.tcp(
                        epoll, silent.port(), RelayRig.with(RelayRig.times(7_200_000, 5000, 3_600_000, 7_200_000)));
                Socket client = rig.client()) {
            client.shutdownOutput();
            assertThat(ended.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            await().pollDelay(LOOK).until(() -> rig.status().now() == 1);
            rig.advance(Duration.ofMinutes(50));
            await().pollDelay(LOOK).until(() -> rig.status().now() == 1);

            rig.advance(Duration.ofMinutes(20));
            assertThatThrownBy(() -> RelayRig.readToEnd(client)).isInstanceOf(SocketException.class);
            assertThat(rig.status().refused()).containsEntry(Refusal.IDLE, 1L);
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @OnEveryKind
    void a_reset_by_the_device_is_a_reset_for_the_client(boolean epoll) throws Exception {
        try (Device device = Device.with(socket -> {
                    socket.getInputStream().read();
                    socket.getOutputStream().write(new byte[100_000]);
                    reset(socket);
                });
                RelayRig rig = RelayRig.tcp(epoll, device.port());
                Socket client = rig.client()) {
            client.getOutputStream().write(1);

            assertThatThrownBy(() -> RelayRig.readToEnd(client)).isInstanceOf(SocketException.class);
            await().atMost(SOON).until(() -> rig.status().now() == 0);
        }
    }

    @OnEveryKind
    void a_reset_by_the_client_is_a_reset_for_the_device(boolean epoll) throws Exception {
        CompletableFuture<Optional<IOException>> end = new CompletableFuture<>();
        try (Device device = Device.with(socket -> {
                    try {
                        RelayRig.readToEnd(socket);
                        end.complete(Optional.empty());
                    } catch (IOException e) {
                        end.complete(Optional.of(e));
                    }
                });
                RelayRig rig = RelayRig.tcp(epoll, device.port())) {
            Socket client = rig.client();
            client.getOutputStream().write(new byte[1000]);
            await().atMost(SOON).until(() -> rig.status().in() == 1000);
            reset(client);

            assertThat(end.get(5, TimeUnit.SECONDS)).get().isInstanceOf(SocketException.class);
        }
    }

    /** The client does not read, so the relay does not read from the device either, and must still notice the reset. */
    @OnEveryKind
    void a_reset_on_a_stalled_connection_is_noticed(boolean epoll) throws Exception {
        CompletableFuture<Socket> there = new CompletableFuture<>();
        try (Device device = Device.with(socket -> {
                    there.complete(socket);
                    Bytes.write(socket.getOutputStream(), (byte) 1, 1L << 30);
                });
                RelayRig rig =
                        RelayRig.tcp(epoll, device.port(), RelayRig.with(RelayRig.times(60_000, 5000, 60_000, 3000)));
                Socket client = rig.client()) {
            Socket atDevice = there.get(5, TimeUnit.SECONDS);
            AtomicLong before = new AtomicLong(-1);
            await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
                long now = rig.status().out();
                return now > 0 && before.getAndSet(now) == now;
            });
            reset(atDevice);

            await().atMost(Duration.ofSeconds(5)).until(() -> rig.status().now() == 0);
            assertThat(client.isConnected()).isTrue();
        }
    }

    @OnEveryKind
    void a_reset_after_half_close_is_noticed_long_before_the_idle_limit(boolean epoll) throws Exception {
        try (Device quiet = Device.silent();
                RelayRig rig = RelayRig.tcp(
                        epoll, quiet.port(), RelayRig.with(RelayRig.times(7_200_000, 5000, 3_600_000, 7_200_000)))) {
            Socket client = rig.client();
            client.shutdownOutput();
            await().atMost(SOON).until(() -> rig.status().now() == 1);
            reset(client);

            // Without epoll Netty does not notice, so there the idle limit ends the connection.
            await().atMost(SOON).until(() -> {
                rig.advance(epoll ? Duration.ZERO : Duration.ofHours(2));
                return rig.status().now() == 0;
            });
        }
    }

    @OnEveryKind
    void a_client_that_never_reads_is_disconnected(boolean epoll) throws Exception {
        try (Device device = Device.with(socket -> Bytes.write(socket.getOutputStream(), (byte) 1, 1L << 30));
                RelayRig rig =
                        RelayRig.tcp(epoll, device.port(), RelayRig.with(RelayRig.times(60_000, 5000, 60_000, 1500)));
                Socket client = rig.client()) {
            await().atMost(Duration.ofSeconds(10)).until(() -> rig.status().now() == 0);

            assertThat(rig.status().refused()).containsEntry(Refusal.STALLED, 1L);
            assertThat(rig.server.waiting()).isZero();
            assertThat(client.isConnected()).isTrue();
        }
    }

    @OnEveryKind
    void an_idle_connection_ends(boolean epoll) throws Exception {
        try (Device device = Device.echo();
                RelayRig rig =
                        RelayRig.tcp(epoll, device.port(), RelayRig.with(RelayRig.times(700, 5000, 60_000, 60_000)));
                Socket client = rig.client()) {
            assertThatThrownBy(() -> RelayRig.readToEnd(client)).isInstanceOf(SocketException.class);
            assertThat(rig.status().refused()).containsEntry(Refusal.IDLE, 1L);
        }
    }

    /** Bytes that the system still buffers for a slow reader survive the idle limit. */
    @OnEveryKind
    void a_slow_reader_gets_the_rest_after_the_idle_limit(boolean epoll) throws Exception {
        try (Device device = Device.with(socket -> Bytes.write(socket.getOutputStream(), (byte) 5, 1 << 20));
                RelayRig rig =
                        RelayRig.tcp(epoll, device.port(), RelayRig.with(RelayRig.times(60_000, 5000, 1000, 60_000)));
                Socket client = rig.client()) {
            await().atMost(SOON).until(() -> rig.status().total() == 1);
            await().atMost(SOON).until(() -> rig.status().now() == 0);

            assertThat(hash(client.getInputStream())).isEqualTo(Bytes.hash((byte) 5, 1 << 20));
        }
    }
}
