package dev.ajar.demo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers each name that it gets over TCP or UDP with a greeting. */
final class GameServer implements AutoCloseable {
    private static final String GREETING = "welcome, ";

    private final ServerSocket tcp;
    private final DatagramSocket udp;

    GameServer(InetAddress address) throws IOException {
        tcp = new ServerSocket(0, 10, address);
        udp = new DatagramSocket(new InetSocketAddress(address, tcp.getLocalPort()));
        Thread.ofVirtual().name("game-tcp").start(this::serveTcp);
        Thread.ofVirtual().name("game-udp").start(this::serveUdp);
    }

    int port() {
        return tcp.getLocalPort();
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket player = tcp.accept()) {
                byte[] name = player.getInputStream().readAllBytes();
                player.getOutputStream().write(GREETING.getBytes(StandardCharsets.UTF_8));
                player.getOutputStream().write(name);
            } catch (IOException e) {
                // The player has disconnected or the server is closing: the loop's condition tells which.
            }
        }
    }

    private void serveUdp() {
        byte[] buffer = new byte[512];
        while (!udp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                udp.receive(packet);
                String name = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                byte[] answer = (GREETING + name).getBytes(StandardCharsets.UTF_8);
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // As above.
            }
        }
    }

    @Override
    public void close() throws IOException {
        tcp.close();
        udp.close();
    }
}
