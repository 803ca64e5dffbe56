package dev.ajar.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayLimits;
import dev.ajar.testing.MeasurementLog;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Newcomers while the relay is attacked: B6 and B7. In {@code -Psoak} with all of the attack and a hundred newcomers;
 * in every build with a tenth of the attack and twenty of them. {@code FairnessTest} has the same and more on simulated
 * time.
 */
@Tag("load")
class RelayAttackTest {
    private static final int SCALE = Integer.getInteger("ajar.load", 1);
    private static final int NEWCOMERS = SCALE == 1 ? 20 : 100;
    private static final long SECOND = 1_000_000_000L;

    /** How often a newcomer asks before it gives up. A relay that keeps newcomers out refuses each of them at once. */
    private static final int TRIES = 8;

    /** A newcomer asks again after that time: eight tries are two seconds. */
    private static final int AGAIN_MILLIS = 250;

    /**
     * How long a newcomer waits for all of its tries: two seconds where the load is measured. In a build only the tries
     * count, since a busy machine may need longer for one of them than an unfair relay for all.
     */
    private static final long PATIENCE = (SCALE == 1 ? 40 : 2) * SECOND;

    /** How long one try may take. */
    private static final int TRY_MILLIS = 5000;

    /** How long it waits for the answer to one datagram. */
    private static final int ANSWER_MILLIS = SCALE == 1 ? 2000 : AGAIN_MILLIS;

    /** How long the attack goes on before the first newcomer. */
    private static final long BEFORE = SECOND + SCALE * SECOND / 2;

    private static final RelayLimits USUAL = RelayLimits.standard(Duration.ofMinutes(10));

    private static RelayLimits places(int most) {
        return USUAL.withConnections(most, 32);
    }

    private static InetAddress address(String text) {
        return Addresses.ipv4(text).orElseThrow();
    }

    /** One step of an attack, {@code number} counts from 0. */
    @FunctionalInterface
    private interface Step {
        void make(int number) throws IOException;
    }

    @FunctionalInterface
    private interface Newcomer {
        boolean isServed(InetAddress from, int millis) throws IOException;
    }

    /** How many of {@link #NEWCOMERS} are served by one of their {@link #TRIES} while the attack goes on. */
    private static int served(String attack, int perSecond, Step step, Newcomer newcomer) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        LongAdder made = new LongAdder();
        long begin = System.nanoTime();
        int served = 0;
        long longest = 0;
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            pool.execute(() -> repeat(perSecond, step, over, made));
            LockSupport.parkNanos(BEFORE);
            for (int i = 0; i < NEWCOMERS; i++) {
                long before = System.nanoTime();
                boolean in = getsIn(address("127.%d.%d.7".formatted(100 + i % 100, i)), newcomer);
                longest = Math.max(longest, System.nanoTime() - before);
                served += in ? 1 : 0;
                LockSupport.parkNanos(SECOND / 20);
            }
            over.set(true);
            pool.shutdown();
            assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        MeasurementLog.record(
                "relay-attack-" + attack.replaceAll("[^0-9a-z]+", "-"),
                "%s, %d a second: %d of %d newcomers served, the slowest after %d ms"
                        .formatted(
                                attack,
                                made.sum() * SECOND / Math.max(1, System.nanoTime() - begin),
                                served,
                                NEWCOMERS,
                                longest / 1_000_000));
        return served;
    }

    private static void repeat(int perSecond, Step step, AtomicBoolean over, LongAdder made) {
        long begin = System.nanoTime();
        for (int number = 0; !over.get(); number++) {
            long early = begin + number * SECOND / perSecond - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(early);
            }
            try {
                step.make(number);
                made.increment();
            } catch (IOException e) {
                // Refused, which is what the relay is for.
                made.increment();
            }
        }
    }

    private static boolean getsIn(InetAddress from, Newcomer newcomer) {
        long end = System.nanoTime() + PATIENCE;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int left = (int) ((end - System.nanoTime()) / 1_000_000);
            if (left <= 0) {
                return false;
            }
            try {
                if (newcomer.isServed(from, Math.min(left, TRY_MILLIS))) {
                    return true;
                }
            } catch (IOException e) {
                // It asks again.
                LockSupport.parkNanos(Math.min(AGAIN_MILLIS, left) * 1_000_000L);
            }
        }
        return false;
    }

    private static boolean isServed(RelayJvmRig rig, InetAddress from, int millis, boolean sends) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(RelayRig.LOOPBACK, rig.port()), millis);
            socket.setSoTimeout(millis);
            if (sends) {
                socket.getOutputStream().write(1);
            }
            return socket.getInputStream().read() == 1;
        }
    }

    /** Connects and resets. */
    private static void knock(RelayJvmRig rig, String from) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.bind(new InetSocketAddress(address(from), 0));
            channel.connect(new InetSocketAddress(RelayRig.LOOPBACK, rig.port()));
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }

    private static int enough() {
        return NEWCOMERS * 95 / 100;
    }

    @Test
    void forty_sources_with_seven_hundred_connections_a_second_each() throws Exception {
        try (Device device = Device.echo();
                RelayJvmRig rig = RelayJvmRig.start(TransportProtocol.TCP, device.port(), USUAL)) {
            int served = served(
                    "40 sources that reset",
                    2800 * SCALE,
                    number -> knock(rig, "127.%d.0.1".formatted(1 + number % 40)),
                    (from, millis) -> isServed(rig, from, millis, true));
            assertThat(served).isGreaterThanOrEqualTo(enough());
        }
    }

    /** Each holds a connection for each of its steps, until the relay ends it. */
    private static Step holding(RelayJvmRig rig, int most, List<SocketChannel> held, Sources sources) {
        return number -> {
            if (held.size() >= most) {
                held.remove(number % most).close();
            }
            SocketChannel channel = SocketChannel.open();
            held.add(channel);
            channel.bind(new InetSocketAddress(address(sources.of(number)), 0));
            channel.connect(new InetSocketAddress(RelayRig.LOOPBACK, rig.port()));
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            channel.configureBlocking(false);
        };
    }

    @FunctionalInterface
    private interface Sources {
        String of(int number);
    }

    @Test
    void one_network_that_holds_all_places() throws Exception {
        hold("one network that holds all places", number -> "127.0.1." + (1 + number % 250));
    }

    @Test
    void two_thousand_networks_that_hold_a_place_each() throws Exception {
        hold(
                "2000 networks that hold a place each",
                number -> "127.%d.%d.1".formatted(1 + number / 250 % 8, number % 250));
    }

    private static void hold(String attack, Sources sources) throws Exception {
        int most = 200 * SCALE;
        List<SocketChannel> held = new ArrayList<>();
        try (Device device = Device.echo();
                RelayJvmRig rig = RelayJvmRig.start(TransportProtocol.TCP, device.port(), places(most))) {
            int served = served(
                    attack,
                    180,
                    holding(rig, most * 2, held, sources),
                    (from, millis) -> isServed(rig, from, millis, true));
            assertThat(served).isGreaterThanOrEqualTo(enough());
        } finally {
            for (SocketChannel channel : held) {
                channel.close();
            }
        }
    }

    /** The device sends without end, and they hardly read. */
    @Test
    void slow_readers() throws Exception {
        int most = 200 * SCALE;
        List<SocketChannel> held = new ArrayList<>();
        try (Device device = Device.with(socket -> push(socket.getOutputStream()));
                RelayJvmRig rig = RelayJvmRig.start(TransportProtocol.TCP, device.port(), places(most))) {
            Step step = holding(rig, most * 2, held, number -> "127.%d.0.1".formatted(1 + number % 40));
            int served = served(
                    "slow readers",
                    180,
                    number -> {
                        step.make(number);
                        held.get(number % held.size()).read(ByteBuffer.allocate(1));
                    },
                    (from, millis) -> isServed(rig, from, millis, false));
            assertThat(served).isGreaterThanOrEqualTo(enough());
            assertThat(rig.isAlive()).isTrue();
        } finally {
            for (SocketChannel channel : held) {
                channel.close();
            }
        }
    }

    private static void push(OutputStream out) throws IOException {
        Bytes.write(out, (byte) 1, 1L << 32);
    }

    @Test
    void forged_datagrams() throws Exception {
        Random random = new Random(1);
        try (DatagramSocket device = new DatagramSocket(0, RelayRig.LOOPBACK);
                RelayJvmRig rig = RelayJvmRig.start(TransportProtocol.UDP, device.getLocalPort(), USUAL)) {
            Thread.ofPlatform().daemon().start(() -> echo(device));
            int served = served(
                    "forged datagrams",
                    Math.min(3000, 1000 * SCALE),
                    number -> {
                        String from = "127.%d.%d.%d"
                                .formatted(1 + random.nextInt(98), random.nextInt(256), 1 + random.nextInt(250));
                        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address(from), 0))) {
                            socket.connect(RelayRig.LOOPBACK, rig.port());
                            socket.send(new DatagramPacket(new byte[20], 20));
                        }
                    },
                    (from, millis) -> isAnswered(rig, from, millis));
            assertThat(served).isGreaterThanOrEqualTo(enough());
        }
    }

    /** A client sends again from the same socket. */
    private static boolean isAnswered(RelayJvmRig rig, InetAddress from, int millis) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
            socket.connect(RelayRig.LOOPBACK, rig.port());
            socket.setSoTimeout(Math.min(millis, ANSWER_MILLIS));
            socket.send(new DatagramPacket(new byte[20], 20));
            socket.receive(new DatagramPacket(new byte[100], 100));
            return true;
        }
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
}
