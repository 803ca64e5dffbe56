package dev.ajar.simulator;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;

/** A UDP socket that answers each datagram with none or several. */
final class DatagramDesk implements AutoCloseable {
    /** What to answer. */
    @FunctionalInterface
    interface Clerk {
        List<Parcel> answer(byte[] question, SocketAddress client);
    }

    private final InetAddress address;
    private final DatagramSocket socket;

    /** @param port 0 for any that is free */
    DatagramDesk(String name, InetAddress address, int port, Clerk clerk) throws IOException {
        this.address = address;
        socket = new DatagramSocket(new InetSocketAddress(address, port));
        Tasks.start(name, () -> {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                socket.receive(packet);
                byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                SocketAddress client = packet.getSocketAddress();
                send(clerk.answer(question, client), client);
            }
        });
    }

    int port() {
        return socket.getLocalPort();
    }

    void send(List<Parcel> parcels, SocketAddress client) throws IOException {
        for (Parcel parcel : parcels) {
            if (parcel.delay().isZero()) {
                send(parcel, client);
            } else {
                // A late answer must not hold up the next question.
                Tasks.start("late-answer", () -> {
                    Pause.of(parcel.delay());
                    send(parcel, client);
                });
            }
        }
    }

    private void send(Parcel parcel, SocketAddress client) throws IOException {
        DatagramPacket packet = new DatagramPacket(parcel.bytes(), parcel.bytes().length, client);
        if (!parcel.otherPort()) {
            socket.send(packet);
            return;
        }
        try (DatagramSocket other =
                new DatagramSocket(new InetSocketAddress(parcel.from().orElse(address), 0))) {
            other.send(packet);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
