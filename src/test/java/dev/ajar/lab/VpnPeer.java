package dev.ajar.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * NAT-PMP as the providers of tunnels speak it: {@code VpnPeer ADDRESS} grants whatever is asked, for 60 seconds, with
 * an external port of its own choosing, the same for TCP and UDP and for as long as it runs. It prints what it has
 * granted.
 */
final class VpnPeer {
    static final String EXTERNAL_ADDRESS = "11.22.35.1";
    static final int FIRST_PORT = 51_820;
    static final int LIFETIME_SECONDS = 60;

    private static final int PORT = 5351;
    private static final int UNSUPPORTED_VERSION = 1;
    private static final int UNSUPPORTED_OPCODE = 5;

    private final Map<Integer, Integer> externalPorts = new HashMap<>();
    private final long begin = System.nanoTime();

    private VpnPeer() {}

    /** A request for a mapping; TCP is operation 2, UDP is 1. */
    private record MapRequest(int operation, int internalPort, long lifetime) {
        static MapRequest read(ByteBuffer request) {
            return new MapRequest(
                    request.get(1),
                    Short.toUnsignedInt(request.getShort(4)),
                    Integer.toUnsignedLong(request.getInt(8)));
        }

        String protocol() {
            return operation == 1 ? "udp" : "tcp";
        }
    }

    public static void main(String[] args) throws IOException {
        VpnPeer provider = new VpnPeer();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(args[0], PORT))) {
            tell("ready");
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[1100], 1100);
                socket.receive(packet);
                byte[] answer = provider.answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (answer.length > 0) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        }
    }

    private static void tell(String what) {
        System.out.println(what);
        System.out.flush();
    }

    private byte[] answer(byte[] request) throws IOException {
        if (request.length < 2 || request[1] < 0) {
            return new byte[0];
        }
        if (request[0] != 0) {
            return header(8, request[1], UNSUPPORTED_VERSION).array();
        }
        if (request[1] == 0) {
            return header(12, 0, 0)
                    .put(InetAddress.getByName(EXTERNAL_ADDRESS).getAddress())
                    .array();
        }
        if (request[1] > 2) {
            return header(8, request[1], UNSUPPORTED_OPCODE).array();
        }
        return request.length < 12 ? new byte[0] : grant(MapRequest.read(ByteBuffer.wrap(request)));
    }

    private byte[] grant(MapRequest request) {
        boolean ends = request.lifetime() == 0;
        int port = externalPorts.computeIfAbsent(request.internalPort(), any -> FIRST_PORT + externalPorts.size());
        tell("%s %s %d".formatted(ends ? "ended" : "granted", request.protocol(), port));
        return header(16, request.operation(), 0)
                .putShort((short) request.internalPort())
                .putShort((short) (ends ? 0 : port))
                .putInt(ends ? 0 : LIFETIME_SECONDS)
                .array();
    }

    private ByteBuffer header(int length, int operation, int result) {
        return ByteBuffer.allocate(length)
                .put((byte) 0)
                .put((byte) (128 + operation))
                .putShort((short) result)
                .putInt((int) ((System.nanoTime() - begin) / 1_000_000_000));
    }
}
