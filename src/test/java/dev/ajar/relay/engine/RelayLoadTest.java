package dev.ajar.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayLimits;
import dev.ajar.testing.MeasurementLog;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * L4, L5, L13, X1, X3, X4, X5 and X12, measured from outside. In {@code -Psoak} with the numbers of the acceptance
 * list; in every build with a tenth of them.
 */
@Tag("load")
class RelayLoadTest {
    private static final int SCALE = Integer.getInteger("ajar.load", 1);

    /** A test that hangs ends after this time. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static RelayLimits open(int most, int fromOne) {
        return RelayRig.limits().withConnections(most, fromOne);
    }

    private static boolean isServed(Socket socket) throws IOException {
        socket.getOutputStream().write(1);
        return socket.getInputStream().read() == 1;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    /** The 99th of a hundred round trips of a byte, in microseconds. */
    private static long p99Micros(RelayJvmRig rig) throws IOException {
        long[] took = new long[1000];
        try (Socket socket = rig.client("127.0.0.3")) {
            socket.setTcpNoDelay(true);
            for (int i = 0; i < 2000; i++) {
                isServed(socket);
            }
            for (int i = 0; i < took.length; i++) {
                long before = System.nanoTime();
                isServed(socket);
                took[i] = (System.nanoTime() - before) / 1000;
            }
        }
        Arrays.sort(took);
        return took[took.length * 99 / 100];
    }

    /** L4. */
    @Test
    void idle_connections_cost_little() throws Exception {
        int count = 200 * SCALE;
        List<Socket> idle = new ArrayList<>();
        try (Device device = Device.echo();
                RelayJvmRig rig = RelayJvmRig.start(TransportProtocol.TCP, device.port(), open(4000, 4000))) {
            p99Micros(rig);
            long before = rig.rssKib();
            for (int i = 0; i < count; i++) {
                Socket socket = rig.client("127.0.4." + (1 + i % 250));
                assertThat(isServed(socket)).isTrue();
                idle.add(socket);
            }
            long grown = rig.rssKib() - before;
            long cpu = rig.cpuMillis();
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            double share = (rig.cpuMillis() - cpu) / 3000.0;
            MeasurementLog.record(
                    "relay-idle",
                    "%d idle connections: %.1f KiB each, %.2f %% of a core"
                            .formatted(count, grown / (double) count, share * 100));
            // In addition to the connections, what the JIT compiler takes in a young process.
            assertThat(grown).isLessThan(40L * count + 8 * 1024);
        } finally {
            close(idle);
        }
    }

    /** L5: clients that never read take bounded memory, however much is sent to them. */
    @Test
    void clients_that_never_read_take_bounded_memory_and_are_disconnected() throws Exception {
        int count = 50 * SCALE;
        List<Socket> stalled = new ArrayList<>();
        RelayLimits limits = open(2000, 2000);
        RelayLimits shortly = new RelayLimits(
                2000,
                2000,
                0,
                limits.idle(),
                limits.unanswered(),
                limits.connect(),
                limits.fin(),
                Duration.ofSeconds(5));
        try (Device pushing = Device.with(socket -> Bytes.write(socket.getOutputStream(), (byte) 1, 1L << 32));
                RelayJvmRig rig = RelayJvmRig.start(TransportProtocol.TCP, pushing.port(), shortly)) {
            long before = rig.rssKib();
            for (int i = 0; i < count; i++) {
                stalled.add(rig.client("127.0.5." + (1 + i % 250)));
            }
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            long grown = rig.rssKib() - before;
            MeasurementLog.record(
                    "relay-stalled", "%d clients that never read: %.1f MiB in all".formatted(count, grown / 1024.0));
            // 48 MiB for all, a small read above the high mark for each, and a fifth for overhead.
            assertThat(grown).isLessThan((48 * 1024 + count * 48L) * 6 / 5 + 24 * 1024);
            await().atMost(LONG).until(() -> rig.files() < 80);
        } finally {
            close(stalled);
        }
    }

    /** X1, and with it X4: the flood keeps its connections open by sending almost nothing. */
    @Test
    void a_flood_leaves_room_for_other_clients() throws Exception {
        List<Socket> flood = new ArrayList<>();
        int refused = 0;
        int most = 200 * SCALE;
        try (Device device = Device.echo();
                RelayJvmRig rig = RelayJvmRig.start(TransportProtocol.TCP, device.port(), open(most, 32))) {
            long quiet = p99Micros(rig);
            for (int i = 0; i < most * 5 / 2; i++) {
                try {
                    flood.add(rig.client("127.0.6." + (1 + i % (20 * SCALE))));
                } catch (IOException e) {
                    refused++;
                }
            }
            try (Socket honest = rig.client("127.0.7.1")) {
                assertThat(isServed(honest)).isTrue();
            }
            assertThat(rig.files()).isLessThan(2L * most + 100);
            for (Socket slow : flood) {
                try {
                    slow.getOutputStream().write(1);
                } catch (IOException e) {
                    refused++;
                }
            }
            long busy = p99Micros(rig);
            MeasurementLog.record(
                    "relay-flood",
                    "p99 of a byte and back: %d µs alone, %d µs beside %d held connections"
                            .formatted(quiet, busy, most));
            assertThat(refused).isLessThan(most * 5 / 2);
            assertThat(rig.isAlive()).isTrue();
        } finally {
            close(flood);
        }
    }

    /** X3. */
    @Test
    void without_descriptors_the_relay_neither_spins_nor_ends() throws Exception {
        List<Socket> flood = new ArrayList<>();
        try (Device device = Device.echo();
                RelayJvmRig rig = RelayJvmRig.start(
                        TransportProtocol.TCP, device.port(), open(2000, 2000), "prlimit", "--nofile=256:256")) {
            int turnedAway = 0;
            for (int i = 0; i < 400; i++) {
                try {
                    flood.add(rig.client("127.0.8." + (1 + i % 200)));
                } catch (IOException e) {
                    turnedAway++;
                }
            }
            assertThat(turnedAway).isLessThan(400);
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            long tried = rig.outOfFiles();
            assertThat(tried).as("there were too few descriptors").isPositive();
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            // A few tries a second; a relay that spins would make thousands.
            assertThat(rig.outOfFiles() - tried).isLessThan(500);
            assertThat(rig.isAlive()).isTrue();
            close(flood);

            await().atMost(LONG).ignoreExceptions().until(() -> {
                try (Socket honest = rig.client("127.0.9.1")) {
                    honest.setSoTimeout(500);
                    return isServed(honest);
                }
            });
        } finally {
            close(flood);
        }
    }

    /** X5. */
    @Test
    void a_flood_of_datagrams_takes_bounded_memory_and_leaves_no_sessions() throws Exception {
        try (DatagramSocket device = new DatagramSocket(0, RelayRig.LOOPBACK);
                RelayJvmRig rig = RelayJvmRig.start(
                        TransportProtocol.UDP, device.getLocalPort(), RelayLimits.standard(RelayLimits.UDP_IDLE))) {
            Thread.ofPlatform().daemon().start(() -> echo(device));
            long before = rig.rssKib();
            try (DatagramSocket known = speaking(rig, "127.0.0.9")) {
                exchange(known);
                for (int i = 0; i < 6000 * SCALE; i++) {
                    String from = "127.%d.%d.%d".formatted(2 + i / 60_000, i / 250 % 250, 1 + i % 250);
                    try (DatagramSocket one = speaking(rig, from)) {
                        for (int n = 0; n < 3; n++) {
                            one.send(new DatagramPacket(new byte[20], 20));
                        }
                    }
                }
                assertThat(rig.files()).isLessThan(2100);
                // A datagram may get lost in the flood; the session must stay.
                known.setSoTimeout(300);
                await().atMost(LONG).ignoreExceptions().until(() -> {
                    exchange(known);
                    return true;
                });
                long begin = System.nanoTime();
                await().atMost(LONG).ignoreExceptions().until(() -> {
                    try (DatagramSocket honest = speaking(rig, "127.0.0.10")) {
                        honest.setSoTimeout(200);
                        exchange(honest);
                        return true;
                    }
                });
                long grown = rig.rssKib() - before;
                MeasurementLog.record(
                        "relay-udp-flood",
                        "after %d datagrams of %d sources: %.1f MiB more, a newcomer served after %d ms"
                                .formatted(
                                        18_000 * SCALE,
                                        6000 * SCALE,
                                        grown / 1024.0,
                                        (System.nanoTime() - begin) / 1_000_000));
                assertThat(grown).isLessThan(64 * 1024);
            }
        }
    }

    private static DatagramSocket speaking(RelayJvmRig rig, String from) throws IOException {
        DatagramSocket socket = new DatagramSocket(
                new InetSocketAddress(dev.ajar.model.Addresses.ipv4(from).orElseThrow(), 0));
        socket.connect(RelayRig.LOOPBACK, rig.port());
        socket.setSoTimeout(3000);
        return socket;
    }

    private static void exchange(DatagramSocket socket) throws IOException {
        socket.send(new DatagramPacket(new byte[30], 30));
        socket.receive(new DatagramPacket(new byte[100], 100));
    }

    private static void echo(DatagramSocket device) {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        while (!device.isClosed()) {
            try {
                packet.setLength(2000);
                device.receive(packet);
                device.send(packet);
            } catch (IOException e) {
                return;
            }
        }
    }

    /** X12: refusals are logged, but not each of them. */
    @Test
    void a_flood_does_not_fill_the_log() throws Exception {
        try (Device device = Device.echo();
                RelayJvmRig rig = RelayJvmRig.start(
                        TransportProtocol.TCP, device.port(), RelayLimits.standard(Duration.ofMinutes(1)))) {
            int refused = 0;
            for (int i = 0; i < 10_000 * SCALE; i++) {
                try (Socket socket = rig.client("127.0.10.1")) {
                    refused += socket.isConnected() ? 1 : 0;
                } catch (IOException e) {
                    refused++;
                }
            }
            assertThat(refused).isPositive();
            await().atMost(LONG).until(() -> !rig.said.isEmpty());
            assertThat(rig.said).hasSizeLessThan(20);
            assertThat(rig.said.toString()).contains("too many a second");
        }
    }

    /** L13, longer in a soak. */
    @Test
    void mixed_load_leaves_nothing_behind() throws Exception {
        long seconds = 10L * SCALE;
        try (Device device = Device.echo();
                RelayJvmRig rig = RelayJvmRig.start(TransportProtocol.TCP, device.port(), open(2000, 2000));
                ExecutorService pool = Executors.newFixedThreadPool(4)) {
            mix(rig, pool, Duration.ofSeconds(Math.max(5, seconds / 5)));
            long rss = rig.rssKib();
            long files = rig.files();
            mix(rig, pool, Duration.ofSeconds(seconds * 4 / 5));
            await().atMost(LONG).until(() -> rig.files() <= files);
            long grown = rig.rssKib() - rss;
            MeasurementLog.record(
                    "relay-mixed",
                    "%d s of mixed load: %d KiB more, descriptors back to %d".formatted(seconds, grown, rig.files()));
            assertThat(grown / 1024.0).isLessThan(Math.max(8, seconds / 60.0));
        }
    }

    private static void mix(RelayJvmRig rig, ExecutorService pool, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            all.add(pool.submit(() -> {
                while (System.nanoTime() < end) {
                    one(rig, random);
                }
                return null;
            }));
        }
        for (Future<?> future : all) {
            future.get();
        }
    }

    private static void one(RelayJvmRig rig, Random random) throws IOException {
        try (Socket socket = rig.client("127.0.11." + (1 + random.nextInt(200)))) {
            byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 100 : 200_000)];
            Thread writing = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(bytes);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    // The reading side checks what arrived.
                    return;
                }
            });
            long got = socket.getInputStream().readAllBytes().length;
            assertThat(got).isEqualTo(bytes.length);
            assertThat(writing.isVirtual()).isTrue();
        }
    }
}
