package dev.ajar.simulator;

import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Answers NAT-PMP (RFC 6886) and PCP (RFC 6887). */
final class PxpServer implements AutoCloseable {
    private static final int SUCCESS = 0;
    private static final int UNSUPPORTED_VERSION = 1;
    private static final int NOT_AUTHORIZED = 2;
    private static final int NETWORK_FAILURE = 3;
    private static final int PCP_HEADER = 24;
    private static final int PCP_MAP = 60;

    private final RouterScript script;
    private final NatTable table;
    private final FaultPlayer faults;
    private final Timeline timeline;
    private final Duration start;
    private final DatagramServer server;

    PxpServer(
            InetAddress address,
            int port,
            RouterScript script,
            NatTable table,
            FaultPlayer faults,
            Arrivals arrivals,
            Timeline timeline)
            throws IOException {
        this.script = script;
        this.table = table;
        this.faults = faults;
        this.timeline = timeline;
        this.start = timeline.uptime();
        this.server = new DatagramServer("pxp", address, port, arrivals::datagram, this::answer);
    }

    int port() {
        return server.port();
    }

    private List<OutgoingDatagram> answer(byte[] datagram, SocketAddress client) {
        if (datagram.length < 2) {
            return List.of();
        }
        boolean pcp = datagram[0] == 2;
        RouterScript.Speaks protocol = pcp ? RouterScript.Speaks.PCP : RouterScript.Speaks.NAT_PMP;
        if (!script.speaks().contains(protocol)) {
            return pcp && script.speaks().contains(RouterScript.Speaks.NAT_PMP)
                    ? List.of(OutgoingDatagram.of(natPmpError(datagram[1], UNSUPPORTED_VERSION)))
                    : List.of();
        }
        Request request = Request.pxp(datagram);
        InetAddress address = ((InetSocketAddress) client).getAddress();
        Optional<Reaction> reaction = faults.ask(request);
        if (reaction.isEmpty()) {
            return datagrams(request, normally(datagram, address), Duration.ZERO);
        }
        return switch (reaction.get()) {
            case Reaction.SoapFault fault -> {
                byte[] error = pcp ? pcpError(datagram, fault.code()) : natPmpError(datagram[1], fault.code());
                yield datagrams(request, List.of(error), Duration.ZERO);
            }
            case Reaction.Raw raw -> List.of(OutgoingDatagram.of(raw.bytes()));
            case Reaction.Delay delay -> datagrams(request, normally(datagram, address), delay.time());
            case Reaction.Rewritten rewritten ->
                datagrams(request, normally(datagram, address), Duration.ZERO).stream()
                        .map(answer -> answer.rewritten(rewritten.rewriting()))
                        .toList();
            case Reaction.Silence ignored -> List.of();
            case Reaction.Pretend ignored -> List.of();
            case Reaction.Forget ignored -> List.of();
            case Reaction.Reset ignored -> List.of();
            case Reaction.HangUp ignored -> List.of();
        };
    }

    private List<OutgoingDatagram> datagrams(Request request, List<byte[]> answers, Duration delay) {
        List<OutgoingDatagram> datagrams = new ArrayList<>();
        for (FaultScript.Forgery forgery : faults.script().forgeries()) {
            for (int i = 0; request.is(forgery.on()) && i < forgery.times(); i++) {
                datagrams.add(OutgoingDatagram.from(forgery.from(), forgery.bytes()));
            }
        }
        for (byte[] answer : answers) {
            datagrams.add(OutgoingDatagram.of(patched(request, answer)).after(delay));
        }
        return datagrams;
    }

    private byte[] patched(Request request, byte[] answer) {
        byte[] bytes = answer.clone();
        for (FaultScript.Patch patch : faults.script().patches()) {
            if (request.is(patch.on())) {
                bytes = patch.apply(bytes);
            }
        }
        return bytes;
    }

    private List<byte[]> normally(byte[] datagram, InetAddress client) {
        if (datagram[0] == 2) {
            return datagram.length < PCP_HEADER ? List.of() : List.of(pcp(datagram, client));
        }
        return natPmp(datagram, client);
    }

    private int epoch() {
        return (int) timeline.uptime().minus(start).toSeconds() + 1;
    }

    private List<byte[]> natPmp(byte[] datagram, InetAddress client) {
        ByteBuffer in = ByteBuffer.wrap(datagram);
        if (datagram[1] == 0) {
            Optional<InetAddress> external = Addresses.ipv4(script.service().external());
            ByteBuffer out = natPmpHeader(12, 0, external.isPresent() ? SUCCESS : NETWORK_FAILURE);
            return List.of(bytes(out.put(external.map(InetAddress::getAddress).orElse(new byte[4]))));
        }
        if (datagram.length != 12 || datagram[1] > 2) {
            return List.of();
        }
        TransportProtocol protocol = datagram[1] == 1 ? TransportProtocol.UDP : TransportProtocol.TCP;
        int internalPort = Short.toUnsignedInt(in.getShort(4));
        int wanted = Short.toUnsignedInt(in.getShort(6));
        long lifetime =
                Math.min(Integer.toUnsignedLong(in.getInt(8)), script.rules().longestLease());
        if (internalPort == 0) {
            return List.of(natPmpError(datagram[1], NOT_AUTHORIZED));
        }
        Endpoint internal = new Endpoint(client, new Port(internalPort));
        int granted = map(protocol, internal, wanted, lifetime, "NAT-PMP", "");
        return List.of(natPmpHeader(16, datagram[1], SUCCESS)
                .putShort((short) internalPort)
                .putShort((short) granted)
                .putInt((int) lifetime)
                .array());
    }

    private ByteBuffer natPmpHeader(int length, int opcode, int result) {
        return ByteBuffer.allocate(length)
                .put((byte) 0)
                .put((byte) (128 + opcode))
                .putShort((short) result)
                .putInt(epoch());
    }

    private static byte[] bytes(ByteBuffer full) {
        byte[] bytes = new byte[full.flip().remaining()];
        full.get(bytes);
        return bytes;
    }

    private byte[] natPmpError(int opcode, int result) {
        return natPmpHeader(8, opcode, result).array();
    }

    /** @return the port granted; 0 when it was a removal */
    private int map(
            TransportProtocol protocol, Endpoint internal, int wanted, long lifetime, String name, String owner) {
        Optional<NatTable.NatEntry> existing = table.findByTarget(protocol, internal);
        if (lifetime == 0) {
            existing.ifPresent(entry -> table.remove(entry.key()));
            return 0;
        }
        int port = existing.map(entry -> entry.key().externalPort())
                .orElseGet(() ->
                        table.freePort(protocol, wanted == 0 ? internal.port().number() : wanted));
        table.put(new NatTable.NatKey(protocol, port), internal, name, owner, lifetime);
        return port;
    }

    private byte[] pcp(byte[] datagram, InetAddress client) {
        if ((datagram[1] & 0x7F) == 0) {
            return pcpHeader(datagram, PCP_HEADER, SUCCESS, 0).array();
        }
        if (datagram[1] != 1 || datagram.length < PCP_MAP) {
            return pcpError(datagram, 4);
        }
        byte[] claimed = Arrays.copyOfRange(datagram, 20, 24);
        if (!Arrays.equals(claimed, client.getAddress())) {
            return pcpError(datagram, 12);
        }
        ByteBuffer in = ByteBuffer.wrap(datagram);
        String nonce = HexFormat.of().formatHex(datagram, 24, 36);
        TransportProtocol protocol = datagram[36] == 17 ? TransportProtocol.UDP : TransportProtocol.TCP;
        int internalPort = Short.toUnsignedInt(in.getShort(40));
        int wanted = Short.toUnsignedInt(in.getShort(42));
        long lifetime =
                Math.min(Integer.toUnsignedLong(in.getInt(4)), script.rules().longestLease());
        if (internalPort == 0) {
            return pcpError(datagram, 3);
        }
        Endpoint internal = new Endpoint(client, new Port(internalPort));
        boolean foreign = table.findByTarget(protocol, internal)
                .filter(entry -> !entry.owner().isEmpty() && !entry.owner().equals(nonce))
                .isPresent();
        if (foreign) {
            return pcpError(datagram, NOT_AUTHORIZED);
        }
        int granted = map(protocol, internal, wanted, lifetime, "PCP", nonce);
        byte[] address = Addresses.ipv4(script.service().external())
                .map(InetAddress::getAddress)
                .orElse(new byte[4]);
        return pcpHeader(datagram, PCP_MAP, SUCCESS, lifetime)
                .put(datagram, 24, 18)
                .putShort((short) granted)
                .put(new byte[10])
                .putShort((short) -1)
                .put(address)
                .array();
    }

    private ByteBuffer pcpHeader(byte[] datagram, int length, int result, long lifetime) {
        return ByteBuffer.allocate(length)
                .put((byte) 2)
                .put((byte) (datagram[1] | 0x80))
                .put((byte) 0)
                .put((byte) result)
                .putInt((int) lifetime)
                .putInt(epoch())
                .put(new byte[12]);
    }

    private byte[] pcpError(byte[] datagram, int result) {
        ByteBuffer error = pcpHeader(datagram, Math.max(PCP_HEADER, datagram.length), result, 30);
        return bytes(error.put(datagram, PCP_HEADER, datagram.length - PCP_HEADER));
    }

    @Override
    public void close() {
        server.close();
    }
}
