package dev.ajar.gateway.pxp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.MeasurementLog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand random exchanges with a server written for this test alone, and every damage a reply can take in one
 * place. A damaged reply must be read as its bytes say, if they still answer our request, or be ignored.
 */
class CodecPropertiesTest {
    private static final int EXCHANGES = 10_000;
    private static final int DAMAGED = 40;

    private final Random random = new Random(6887);

    /** A request and the server's answer, in the terms of the standard. */
    private record Exchange(
            PcpNonce nonce,
            TransportProtocol protocol,
            int internalPort,
            int externalPort,
            long lifetime,
            long epoch,
            int result,
            byte[] external) {

        byte[] pcpReply() {
            return ByteBuffer.allocate(60)
                    .put((byte) 2)
                    .put((byte) 0x81)
                    .put((byte) 0)
                    .put((byte) result)
                    .putInt((int) lifetime)
                    .putInt((int) epoch)
                    .put(new byte[12])
                    .put(nonce.bytes())
                    .put((byte) (protocol == TransportProtocol.TCP ? 6 : 17))
                    .put(new byte[3])
                    .putShort((short) internalPort)
                    .putShort((short) externalPort)
                    .put(new byte[10])
                    .putShort((short) -1)
                    .put(external)
                    .array();
        }

        byte[] natPmpReply() {
            return ByteBuffer.allocate(16)
                    .put((byte) 0)
                    .put((byte) (protocol == TransportProtocol.TCP ? 130 : 129))
                    .putShort((short) result)
                    .putInt((int) epoch)
                    .putShort((short) internalPort)
                    .putShort((short) externalPort)
                    .putInt((int) lifetime)
                    .array();
        }

        Optional<PcpReply> readPcp(byte[] packet) {
            return PcpCodec.readMap(packet, nonce, protocol, internalPort);
        }

        Optional<NatPmpReply.Mapped> readNatPmp(byte[] packet) {
            return NatPmpCodec.readMapping(packet, protocol, internalPort);
        }
    }

    private Exchange next(boolean success) {
        byte[] nonce = new byte[PcpNonce.BYTES];
        byte[] external = new byte[4];
        random.nextBytes(nonce);
        random.nextBytes(external);
        external[0] |= 1;
        return new Exchange(
                PcpNonce.of(nonce),
                random.nextBoolean() ? TransportProtocol.TCP : TransportProtocol.UDP,
                1 + random.nextInt(65_535),
                random.nextInt(65_536),
                random.nextLong(1L << 32),
                random.nextLong(1L << 32),
                success ? 0 : random.nextInt(14),
                external);
    }

    @Test
    void what_a_server_writes_is_what_we_read() throws UnknownHostException {
        for (int i = 0; i < EXCHANGES; i++) {
            Exchange exchange = next(false);
            InetAddress external = InetAddress.getByAddress(exchange.external);

            assertThat(exchange.readPcp(exchange.pcpReply()))
                    .contains(new PcpReply(
                            exchange.result,
                            exchange.lifetime,
                            exchange.epoch,
                            exchange.externalPort,
                            Optional.of(external)));
            assertThat(exchange.readNatPmp(exchange.natPmpReply()))
                    .contains(new NatPmpReply.Mapped(
                            exchange.result, exchange.epoch, exchange.externalPort, exchange.lifetime));
        }
    }

    @Test
    void what_we_write_is_what_a_server_reads() throws UnknownHostException {
        for (int i = 0; i < EXCHANGES; i++) {
            Exchange exchange = next(true);
            InetAddress client = InetAddress.getByAddress(exchange.external);
            ByteBuffer pcp = ByteBuffer.wrap(PcpCodec.mapRequest(
                    client,
                    exchange.nonce,
                    exchange.protocol,
                    exchange.internalPort,
                    exchange.externalPort,
                    exchange.lifetime,
                    PcpOptions.NONE));

            assertThat(pcp.capacity()).isEqualTo(60);
            assertThat(pcp.getShort(0)).isEqualTo((short) 0x0201);
            assertThat(Integer.toUnsignedLong(pcp.getInt(4))).isEqualTo(exchange.lifetime);
            assertThat(Arrays.copyOfRange(pcp.array(), 20, 24)).isEqualTo(exchange.external);
            assertThat(Arrays.copyOfRange(pcp.array(), 24, 36)).isEqualTo(exchange.nonce.bytes());
            assertThat(pcp.get(36)).isEqualTo((byte) exchange.protocol.number());
            assertThat(Short.toUnsignedInt(pcp.getShort(40))).isEqualTo(exchange.internalPort);
            assertThat(Short.toUnsignedInt(pcp.getShort(42))).isEqualTo(exchange.externalPort);

            ByteBuffer natPmp = ByteBuffer.wrap(NatPmpCodec.mapRequest(
                    exchange.protocol, exchange.internalPort, exchange.externalPort, exchange.lifetime));
            assertThat(natPmp.capacity()).isEqualTo(12);
            assertThat(natPmp.get(1)).isEqualTo((byte) (exchange.protocol == TransportProtocol.TCP ? 2 : 1));
            assertThat(Short.toUnsignedInt(natPmp.getShort(4))).isEqualTo(exchange.internalPort);
            assertThat(Short.toUnsignedInt(natPmp.getShort(6))).isEqualTo(exchange.externalPort);
            assertThat(Integer.toUnsignedLong(natPmp.getInt(8))).isEqualTo(exchange.lifetime);
        }
    }

    @Test
    void a_damaged_reply_is_what_its_bytes_say_or_nothing() {
        int cuts = 0;
        int flips = 0;
        for (int i = 0; i < DAMAGED; i++) {
            Exchange exchange = next(true);
            byte[] pcp = exchange.pcpReply();
            byte[] natPmp = exchange.natPmpReply();
            for (int length = 0; length < pcp.length; length++, cuts++) {
                assertThat(exchange.readPcp(Arrays.copyOf(pcp, length))).isEmpty();
            }
            for (int length = 0; length < natPmp.length; length++, cuts++) {
                assertThat(exchange.readNatPmp(Arrays.copyOf(natPmp, length))).isEmpty();
            }
            for (int bit = 0; bit < pcp.length * 8; bit++, flips++) {
                checkPcp(exchange, flipped(pcp, bit));
            }
            for (int bit = 0; bit < natPmp.length * 8; bit++, flips++) {
                checkNatPmp(exchange, flipped(natPmp, bit));
            }
        }
        MeasurementLog.record(
                "H6",
                "%d random messages of each protocol each way; %d cuts and %d flipped bits, none believed"
                        .formatted(EXCHANGES, cuts, flips));
    }

    private static byte[] flipped(byte[] packet, int bit) {
        byte[] damaged = packet.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        return damaged;
    }

    private static void checkPcp(Exchange exchange, byte[] damaged) {
        ByteBuffer bytes = ByteBuffer.wrap(damaged);
        boolean ours = damaged[0] == 2
                && damaged[1] == (byte) 0x81
                && Arrays.equals(Arrays.copyOfRange(damaged, 24, 36), exchange.nonce.bytes())
                && damaged[36] == exchange.protocol.number()
                && Short.toUnsignedInt(bytes.getShort(40)) == exchange.internalPort;
        Optional<PcpReply> reply = exchange.readPcp(damaged);
        assertThat(reply.isPresent()).isEqualTo(ours);
        reply.ifPresent(read -> {
            assertThat(read.result()).isEqualTo(Byte.toUnsignedInt(damaged[3]));
            assertThat(read.lifetimeSeconds()).isEqualTo(Integer.toUnsignedLong(bytes.getInt(4)));
            assertThat(read.externalPort()).isEqualTo(Short.toUnsignedInt(bytes.getShort(42)));
        });
    }

    /** Some VPN servers answer with internal port 0, so a flipped bit that makes the port 0 is accepted. */
    private static void checkNatPmp(Exchange exchange, byte[] damaged) {
        ByteBuffer bytes = ByteBuffer.wrap(damaged);
        int internal = Short.toUnsignedInt(bytes.getShort(8));
        boolean ours = damaged[0] == 0
                && damaged[1] == (byte) (exchange.protocol == TransportProtocol.TCP ? 130 : 129)
                && (internal == exchange.internalPort || internal == 0);
        Optional<NatPmpReply.Mapped> reply = exchange.readNatPmp(damaged);
        assertThat(reply.isPresent()).isEqualTo(ours);
        reply.ifPresent(read -> {
            assertThat(read.result()).isEqualTo(Short.toUnsignedInt(bytes.getShort(2)));
            assertThat(read.lifetimeSeconds()).isEqualTo(Integer.toUnsignedLong(bytes.getInt(12)));
            assertThat(read.externalPort()).isEqualTo(Short.toUnsignedInt(bytes.getShort(10)));
        });
    }
}
