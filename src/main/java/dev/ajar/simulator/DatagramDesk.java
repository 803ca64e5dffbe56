package dev.ajar.simulator;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** A UDP socket that answers each datagram with none or several. */
final class DatagramDesk implements AutoCloseable {
    /** What to answer. */
    @FunctionalInterface
    interface Clerk {
        List<byte[]> answer(byte[] question, InetAddress client);
    }

    private final DatagramSocket socket;

    DatagramDesk(String name, InetAddress address, Clerk clerk) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(address, 0));
        Tasks.start(
                name,
                () -> {
                    while (true) {
                        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                        socket.receive(packet);
                        byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                        for (byte[] answer : clerk.answer(question, packet.getAddress())) {
                            socket.send(
                                    new DatagramPacket(
                                            answer, answer.length, packet.getSocketAddress()));
                        }
                    }
                });
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }
}
