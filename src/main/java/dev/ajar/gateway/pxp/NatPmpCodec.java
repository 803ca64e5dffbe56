package dev.ajar.gateway.pxp;

import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** NAT-PMP's four packets (RFC 6886 section 3). Numbers are big-endian, which is {@link ByteBuffer}'s default. */
final class NatPmpCodec {
    static final int VERSION = 0;
    private static final int OP_EXTERNAL_ADDRESS = 0;
    private static final int OP_MAP_UDP = 1;
    private static final int OP_MAP_TCP = 2;
    private static final int RESPONSE = 128;
    private static final int ERROR_LENGTH = 8;
    private static final int ADDRESS_LENGTH = 12;
    private static final int MAPPING_LENGTH = 16;

    private NatPmpCodec() {}

    /** Section 3.2: two bytes. */
    static byte[] externalAddressRequest() {
        return new byte[] {VERSION, OP_EXTERNAL_ADDRESS};
    }

    /** Section 3.3: twelve bytes. Lifetime 0 with external port 0 deletes (section 3.4). */
    static byte[] mapRequest(TransportProtocol protocol, int internalPort, int externalPort, long lifetimeSeconds) {
        return ByteBuffer.allocate(12)
                .put((byte) VERSION)
                .put((byte) opcode(protocol))
                .putShort((short) 0)
                .putShort((short) internalPort)
                .putShort((short) externalPort)
                .putInt((int) lifetimeSeconds)
                .array();
    }

    private static int opcode(TransportProtocol protocol) {
        return switch (protocol) {
            case UDP -> OP_MAP_UDP;
            case TCP -> OP_MAP_TCP;
        };
    }

    /** An answer to {@link #externalAddressRequest()}; empty when the packet is something else. */
    static Optional<NatPmpReply.Address> readAddress(byte[] packet) {
        if (!isReply(packet, OP_EXTERNAL_ADDRESS)) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(packet);
        int result = Short.toUnsignedInt(buffer.getShort(2));
        long epoch = Integer.toUnsignedLong(buffer.getInt(4));
        if (result != 0) {
            return Optional.of(new NatPmpReply.Address(result, epoch, Optional.empty()));
        }
        if (packet.length < ADDRESS_LENGTH) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        buffer.get(8, address);
        return Optional.of(new NatPmpReply.Address(0, epoch, address(address)));
    }

    /**
     * An answer to a request for {@code protocol} and {@code internalPort}; empty when it belongs to another request.
     * Errors may be cut to eight bytes (paullouisageneau/libplum#49).
     */
    static Optional<NatPmpReply.Mapped> readMapping(byte[] packet, TransportProtocol protocol, int internalPort) {
        if (!isReply(packet, opcode(protocol))) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(packet);
        int result = Short.toUnsignedInt(buffer.getShort(2));
        long epoch = Integer.toUnsignedLong(buffer.getInt(4));
        if (packet.length < MAPPING_LENGTH) {
            return result == 0 ? Optional.empty() : Optional.of(new NatPmpReply.Mapped(result, epoch, 0, 0));
        }
        int echoed = Short.toUnsignedInt(buffer.getShort(8));
        // Some VPN servers, which choose the port themselves, do not repeat ours.
        if (echoed != internalPort && echoed != 0) {
            return Optional.empty();
        }
        int externalPort = Short.toUnsignedInt(buffer.getShort(10));
        long lifetime = Integer.toUnsignedLong(buffer.getInt(12));
        return Optional.of(new NatPmpReply.Mapped(result, epoch, externalPort, lifetime));
    }

    private static boolean isReply(byte[] packet, int opcode) {
        return packet.length >= ERROR_LENGTH
                && packet[0] == VERSION
                && Byte.toUnsignedInt(packet[1]) == RESPONSE + opcode;
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
