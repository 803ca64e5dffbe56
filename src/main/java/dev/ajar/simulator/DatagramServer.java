package dev.ajar.simulator;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A UDP socket that answers each datagram with none or several. */
final class DatagramServer implements AutoCloseable {
    /** Decides what to answer. */
    @FunctionalInterface
    interface Responder {
        List<OutgoingDatagram> answer(byte[] request, SocketAddress client);
    }

    private final InetAddress address;
    private final DatagramSocket socket;

    /**
     * @param port 0 for any that is free
     * @param arrived told of every datagram before it is answered
     */
    DatagramServer(String name, InetAddress address, int port, Consumer<byte[]> arrived, Responder responder)
            throws IOException {
        this.address = address;
        socket = new DatagramSocket(new InetSocketAddress(address, port));
        ServerThreads.start(name, () -> {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                socket.receive(packet);
                byte[] request = Arrays.copyOf(packet.getData(), packet.getLength());
                SocketAddress client = packet.getSocketAddress();
                arrived.accept(request);
                send(responder.answer(request, client), client);
            }
        });
    }

    int port() {
        return socket.getLocalPort();
    }

    void send(List<OutgoingDatagram> datagrams, SocketAddress client) throws IOException {
        for (OutgoingDatagram datagram : datagrams) {
            if (datagram.delay().isZero()) {
                send(datagram, client);
            } else {
                // A late answer must not delay the answer to the next request.
                ServerThreads.start("late-answer", () -> {
                    ServerThreads.delay(datagram.delay());
                    send(datagram, client);
                });
            }
        }
    }

    private void send(OutgoingDatagram datagram, SocketAddress client) throws IOException {
        DatagramPacket packet = new DatagramPacket(datagram.bytes(), datagram.bytes().length, client);
        if (!datagram.otherPort()) {
            socket.send(packet);
            return;
        }
        try (DatagramSocket other =
                new DatagramSocket(new InetSocketAddress(datagram.from().orElse(address), 0))) {
            other.send(packet);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
