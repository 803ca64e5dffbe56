package dev.ajar.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * L8: sessions at random, both ways at once, in pieces from a byte to a mebibyte, with readers that dawdle, sides that
 * end first and sides that break off. What arrives is what was sent, or the connection is seen to be broken.
 */
@Tag("load")
class RandomSessionsTest {
    private static final int SESSIONS = Integer.getInteger("ajar.sessions", 60);
    private static final long SEED = Long.getLong("ajar.first-seed", 1);
    private static final int AT_ONCE = 8;
    private static final int LARGEST_PIECE = 1 << 20;
    private static final int MOST = 3 << 20;

    /** The device sends back what it gets, each byte inverted. */
    private static void invert(Socket socket) throws IOException {
        byte[] buffer = new byte[50_000];
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                buffer[i] = (byte) ~buffer[i];
            }
            out.write(buffer, 0, read);
        }
        socket.shutdownOutput();
    }

    @OnEveryKind
    void what_is_sent_arrives(boolean epoll) throws Exception {
        try (Device device = Device.with(RandomSessionsTest::invert);
                RelayRig rig = RelayRig.tcp(epoll, device.port())) {
            sessions(rig);
        }
        Leaks.assertNone();
    }

    @Test
    void what_is_sent_arrives_through_pipes() throws Exception {
        assumeTrue(Epoll.isAvailable());
        try (Device device = Device.with(RandomSessionsTest::invert);
                RelayRig rig = RelayRig.splicing(device.port())) {
            sessions(rig);
        }
        Leaks.assertNone();
    }

    private static void sessions(RelayRig rig) throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> sessions = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                long seed = SEED * 1_000_003 + i;
                sessions.add(pool.submit(() -> session(rig, seed)));
            }
            for (int i = 0; i < sessions.size(); i++) {
                try {
                    sessions.get(i).get();
                } catch (ExecutionException e) {
                    throw new AssertionError("session " + i + " of seed " + SEED, e.getCause());
                }
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> rig.status().now() == 0);
            assertThat(rig.server.waiting()).isZero();
        }
    }

    private static Void session(RelayRig rig, long seed) throws Exception {
        Random random = new Random(seed);
        boolean breaksOff = random.nextInt(10) == 0;
        int length = random.nextInt(MOST);
        byte[] all = new byte[length];
        random.nextBytes(all);
        try (Socket client = rig.client()) {
            Thread writing = Thread.ofVirtual().start(() -> write(client, all, new Random(seed), breaksOff));
            MessageDigest got = Bytes.sha();
            long received = read(client, got, new Random(seed + 1));
            writing.join();
            if (!breaksOff) {
                for (int i = 0; i < length; i++) {
                    all[i] = (byte) ~all[i];
                }
                MessageDigest expected = Bytes.sha();
                expected.update(all);
                assertThat(received).isEqualTo(length);
                assertThat(got.digest()).isEqualTo(expected.digest());
            }
        }
        return null;
    }

    private static void write(Socket client, byte[] all, Random random, boolean breaksOff) {
        try {
            OutputStream out = client.getOutputStream();
            int end = breaksOff ? all.length / 2 : all.length;
            for (int at = 0; at < end; ) {
                int piece = Math.min(end - at, 1 + random.nextInt(random.nextBoolean() ? 100 : LARGEST_PIECE));
                out.write(all, at, piece);
                at += piece;
            }
            if (breaksOff) {
                client.setSoLinger(true, 0);
                client.close();
            } else {
                client.shutdownOutput();
            }
        } catch (IOException e) {
            // The reading side checks what arrived.
            return;
        }
    }

    private static long read(Socket client, MessageDigest digest, Random random) {
        long received = 0;
        byte[] buffer = new byte[LARGEST_PIECE];
        try {
            InputStream in = client.getInputStream();
            for (int read = in.read(buffer); read >= 0; ) {
                digest.update(Arrays.copyOf(buffer, read));
                received += read;
                if (random.nextInt(20) == 0) {
                    java.util.concurrent.locks.LockSupport.parkNanos(random.nextInt(20_000_000));
                }
                read = in.read(buffer, 0, 1 + random.nextInt(LARGEST_PIECE));
            }
        } catch (IOException e) {
            return received;
        }
        return received;
    }
}
