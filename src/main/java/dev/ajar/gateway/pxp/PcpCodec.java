package dev.ajar.gateway.pxp;

import dev.ajar.model.IpVersion;
import dev.ajar.model.TransportProtocol;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** PCP's ANNOUNCE and MAP (RFC 6887 sections 7, 11 and 14.1). */
final class PcpCodec {
    static final int VERSION = 2;
    private static final int UNUSED_PORT = 1;
    private static final int UNSUPPORTED_VERSION = 1;
    private static final int OP_ANNOUNCE = 0;
    private static final int OP_MAP = 1;
    private static final int RESPONSE = 0x80;
    private static final int HEADER_LENGTH = 24;
    private static final int MAP_LENGTH = 60;
    private static final int LONGEST = 1100;
    private static final int NONCE_AT = 24;
    private static final int PROTOCOL_AT = 36;
    private static final int INTERNAL_PORT_AT = 40;
    private static final int EXTERNAL_PORT_AT = 42;
    private static final int EXTERNAL_ADDRESS_AT = 44;

    /** {@code ::ffff:0.0.0.0}: any IPv4 address will do (section 11.1). */
    private static final byte[] ANY_IPV4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0};

    private PcpCodec() {}

    /** Section 14.1: the shortest question there is. */
    static byte[] announceRequest(InetAddress client) {
        return header(OP_ANNOUNCE, 0, client, HEADER_LENGTH).array();
    }

    /**
     * A question for servers that know MAP alone and ignore ANNOUNCE: to remove a mapping of TCP port 1, which no
     * service has. Any answer shows that PCP is spoken.
     */
    static byte[] harmlessRequest(InetAddress client, PcpNonce nonce) {
        return mapRequest(client, nonce, TransportProtocol.TCP, UNUSED_PORT, 0, 0, PcpOptions.NONE);
    }

    /** The answer to {@link #harmlessRequest}. */
    static Optional<PcpReply> readHarmless(byte[] packet, PcpNonce nonce) {
        return readMap(packet, nonce, TransportProtocol.TCP, UNUSED_PORT);
    }

    /** Section 11.1. Lifetime 0 deletes; it needs the nonce the mapping was made with. */
    static byte[] mapRequest(
            InetAddress client,
            PcpNonce nonce,
            TransportProtocol protocol,
            int internalPort,
            int externalPort,
            long lifetimeSeconds,
            PcpOptions options) {
        byte[] behind = options.bytes();
        return header(OP_MAP, lifetimeSeconds, client, MAP_LENGTH + behind.length)
                .put(nonce.bytes())
                .put((byte) protocol.number())
                .put(new byte[3])
                .putShort((short) internalPort)
                .putShort((short) externalPort)
                .put(suggestedAddress(client, lifetimeSeconds))
                .put(behind)
                .array();
    }

    /** Over IPv6 nothing is to be translated: the external address is to be the internal one. */
    private static byte[] suggestedAddress(InetAddress client, long lifetimeSeconds) {
        return switch (IpVersion.of(client)) {
            case IPV4 -> ANY_IPV4;
            case IPV6 -> lifetimeSeconds == 0 ? new byte[16] : client.getAddress();
        };
    }

    private static ByteBuffer header(int opcode, long lifetime, InetAddress client, int length) {
        return ByteBuffer.allocate(length)
                .put((byte) VERSION)
                .put((byte) opcode)
                .putShort((short) 0)
                .putInt((int) lifetime)
                .put(as16Bytes(client));
    }

    /** Section 5: IPv4 addresses travel as {@code ::ffff:a.b.c.d}. */
    static byte[] as16Bytes(InetAddress address) {
        if (address instanceof Inet4Address) {
            byte[] mapped = ANY_IPV4.clone();
            System.arraycopy(address.getAddress(), 0, mapped, 12, 4);
            return mapped;
        }
        return address.getAddress();
    }

    /** A server that frames its answers as PCP, but only to say that it knows no version we do (section 9). */
    static boolean isVersionRefused(byte[] packet) {
        return isPcpReply(packet) && packet[3] == UNSUPPORTED_VERSION;
    }

    /** Whether it has a PCP response header, with any result code: that is enough to know that PCP is spoken. */
    static boolean isPcpReply(byte[] packet) {
        return packet.length >= HEADER_LENGTH
                && packet.length <= LONGEST
                && packet[0] == VERSION
                && (packet[1] & RESPONSE) != 0;
    }

    /** The epoch in a PCP response (section 8.5); empty for anything else. */
    static Optional<Long> readEpoch(byte[] packet) {
        return isPcpReply(packet) && !isVersionRefused(packet)
                ? Optional.of(Integer.toUnsignedLong(ByteBuffer.wrap(packet).getInt(8)))
                : Optional.empty();
    }

    /** A NAT-PMP server's way of saying that it does not know version 2 (RFC 6887 section 9). */
    static boolean isNatPmpSaying(byte[] packet) {
        return packet.length >= 4 && packet[0] == NatPmpCodec.VERSION && (packet[1] & RESPONSE) != 0;
    }

    /**
     * The answer to our own MAP request; empty for the answer to another request, an echo of our own, or a damaged one.
     * An error may be a header alone.
     */
    static Optional<PcpReply> readMap(byte[] packet, PcpNonce nonce, TransportProtocol protocol, int internalPort) {
        if (isNatPmpSaying(packet) && packet[2] == 0 && packet[3] == UNSUPPORTED_VERSION) {
            return Optional.of(new PcpReply(UNSUPPORTED_VERSION, 0, 0, 0, Optional.empty()));
        }
        if (!isPcpReply(packet) || (packet[1] & 0x7F) != OP_MAP) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(packet);
        int result = Byte.toUnsignedInt(packet[3]);
        long lifetime = Integer.toUnsignedLong(buffer.getInt(4));
        long epoch = Integer.toUnsignedLong(buffer.getInt(8));
        if (packet.length < MAP_LENGTH) {
            return result == 0
                    ? Optional.empty()
                    : Optional.of(new PcpReply(result, lifetime, epoch, 0, Optional.empty()));
        }
        byte[] echoed = Arrays.copyOfRange(packet, NONCE_AT, NONCE_AT + PcpNonce.BYTES);
        boolean ours = Arrays.equals(echoed, nonce.bytes())
                && packet[PROTOCOL_AT] == protocol.number()
                && Short.toUnsignedInt(buffer.getShort(INTERNAL_PORT_AT)) == internalPort;
        if (!ours) {
            return Optional.empty();
        }
        int externalPort = Short.toUnsignedInt(buffer.getShort(EXTERNAL_PORT_AT));
        byte[] external = Arrays.copyOfRange(packet, EXTERNAL_ADDRESS_AT, EXTERNAL_ADDRESS_AT + 16);
        return Optional.of(new PcpReply(result, lifetime, epoch, externalPort, address(external)));
    }

    private static Optional<InetAddress> address(byte[] bytes) {
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            return address.isAnyLocalAddress() ? Optional.empty() : Optional.of(address);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
