package dev.ajar.gateway.pxp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.udp.NioDatagramPorts;
import dev.ajar.testing.MeasurementLog;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand forged grants from twenty other addresses and from the gateway's other ports, and then the true answer.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForgedAnswersTest {
    private static final int FORGED = 10_000;
    private static final Duration TRUTH = Duration.ofMillis(200);
    private static final PcpNonce NONCE = new PcpNonce("000102030405060708090a0b");
    private static final InetAddress GATEWAY = InetAddress.getLoopbackAddress();
    private static final LocalRoute ROUTE = new LocalRoute("lo", GATEWAY, 8, Optional.of(GATEWAY));

    private static byte[] grant(PcpNonce nonce, int externalPort) {
        return ByteBuffer.allocate(60)
                .put(new byte[] {2, (byte) 0x81, 0, 0})
                .putInt(3600)
                .putInt(1)
                .put(new byte[12])
                .put(nonce.bytes())
                .put(new byte[] {6, 0, 0, 0})
                .putShort((short) 25565)
                .putShort((short) externalPort)
                .put(new byte[10])
                .putShort((short) -1)
                .put(new byte[] {(byte) 203, 0, 113, 7})
                .array();
    }

    @Test
    void h7_the_true_answer_is_the_one_that_is_believed() throws IOException {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(GATEWAY, 0))) {
            AtomicLong told = new AtomicLong();
            Thread.ofPlatform().daemon().start(() -> serve(server, told));
            PxpExchange exchange = new PxpExchange(new NioDatagramPorts(), server.getLocalPort());
            Result<PcpReply> result = exchange.ask(
                    ROUTE,
                    GATEWAY,
                    local -> PcpCodec.mapRequest(
                            local, NONCE, TransportProtocol.TCP, 25565, 25565, 3600, PcpOptions.NONE),
                    packet -> PcpCodec.readMap(packet, NONCE, TransportProtocol.TCP, 25565),
                    Deadline.after(new SystemTimeline(), Duration.ofSeconds(50)));
            Duration late = Duration.ofNanos(System.nanoTime() - told.get());

            assertThat(result.toOptional().orElseThrow().externalPort()).isEqualTo(25565);
            MeasurementLog.record(
                    "H7",
                    "%d forged answers: 0 accepted, the true one accepted %d ms after it was sent"
                            .formatted(FORGED, late.toMillis()));
        }
    }

    /** Sends the forged answers, and later the true one. */
    private static void serve(DatagramSocket server, AtomicLong told) {
        try {
            DatagramPacket question = new DatagramPacket(new byte[2048], 2048);
            server.receive(question);
            long due = System.nanoTime() + TRUTH.toNanos();
            SocketAddress client = question.getSocketAddress();
            PcpNonce wrong = new PcpNonce("ff0102030405060708090a0b");
            for (int liar = 0; liar < 20; liar++) {
                InetAddress from = liar == 0 ? GATEWAY : Samples.ip("127.0.1." + liar);
                try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
                    for (int i = 0; i < FORGED / 20; i++) {
                        socket.send(packet(grant(NONCE, 6666), client));
                    }
                }
            }
            // From the right address and port, but for another request.
            for (int i = 0; i < 50; i++) {
                server.send(packet(grant(wrong, 6666), client));
            }
            LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
            told.set(System.nanoTime());
            server.send(packet(grant(NONCE, 25565), client));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatagramPacket packet(byte[] bytes, SocketAddress to) {
        return new DatagramPacket(bytes, bytes.length, to);
    }
}
