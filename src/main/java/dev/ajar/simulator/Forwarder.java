package dev.ajar.simulator;

import dev.ajar.model.Endpoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forwards connections and datagrams. Each external port is a socket of its own on loopback, on a port that the system
 * chooses, so that the demo never takes a port another program needs; {@link Internet} translates between the two.
 */
final class Forwarder implements AutoCloseable {
    private static final int LARGEST_DATAGRAM = 65535;

    /** An open external port. */
    private record ForwardedPort(AutoCloseable socket, InetSocketAddress address) {}

    private final Map<NatTable.NatKey, ForwardedPort> forwardedPorts = new ConcurrentHashMap<>();
    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    Optional<InetSocketAddress> forwardedPort(NatTable.NatKey key) {
        return Optional.ofNullable(forwardedPorts.get(key)).map(ForwardedPort::address);
    }

    void open(NatTable.NatKey key, Endpoint internal) {
        InetSocketAddress target =
                new InetSocketAddress(internal.address(), internal.port().number());
        try {
            ForwardedPort forwardedPort = switch (key.protocol()) {
                case TCP -> tcp(target);
                case UDP -> udp(target);
            };
            forwardedPorts.put(key, forwardedPort);
        } catch (IOException e) {
            throw new IllegalStateException("no port free on loopback", e);
        }
    }

    private ForwardedPort tcp(InetSocketAddress target) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, loopback);
        ServerThreads.start("forward-tcp", () -> {
            while (true) {
                Socket outside = server.accept();
                ServerThreads.start("forward-tcp-connection", () -> connect(outside, target));
            }
        });
        return new ForwardedPort(server, (InetSocketAddress) server.getLocalSocketAddress());
    }

    private static void connect(Socket outside, InetSocketAddress target) throws IOException {
        try (outside;
                Socket inside = new Socket()) {
            inside.connect(target, 3000);
            Thread back = ServerThreads.start("forward-tcp-back", () -> copy(inside, outside));
            copy(outside, inside);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        from.getInputStream().transferTo(to.getOutputStream());
        to.shutdownOutput();
    }

    private ForwardedPort udp(InetSocketAddress target) throws IOException {
        DatagramSocket forwardedPort = new DatagramSocket(0, loopback);
        Map<SocketAddress, DatagramSocket> sessions = new ConcurrentHashMap<>();
        ServerThreads.start("forward-udp", () -> {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
                forwardedPort.receive(packet);
                SocketAddress peer = packet.getSocketAddress();
                DatagramSocket session = sessions.get(peer);
                if (session == null) {
                    session = session(forwardedPort, peer, target);
                    sessions.put(peer, session);
                }
                session.send(new DatagramPacket(packet.getData(), packet.getLength(), target));
            }
        });
        AutoCloseable all = () -> {
            forwardedPort.close();
            sessions.values().forEach(DatagramSocket::close);
        };
        return new ForwardedPort(all, (InetSocketAddress) forwardedPort.getLocalSocketAddress());
    }

    private static DatagramSocket session(DatagramSocket forwardedPort, SocketAddress peer, InetSocketAddress target)
            throws IOException {
        DatagramSocket session = new DatagramSocket();
        session.connect(target);
        ServerThreads.start("forward-udp-back", () -> {
            while (true) {
                DatagramPacket answer = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
                session.receive(answer);
                forwardedPort.send(new DatagramPacket(answer.getData(), answer.getLength(), peer));
            }
        });
        return session;
    }

    void close(NatTable.NatKey key) {
        ForwardedPort forwardedPort = forwardedPorts.remove(key);
        if (forwardedPort != null) {
            ServerThreads.close(forwardedPort.socket());
        }
    }

    @Override
    public void close() {
        forwardedPorts.keySet().forEach(this::close);
    }
}
