package dev.ajar.demo;

import dev.ajar.model.TransportProtocol;
import dev.ajar.simulator.Internet;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A player on the internet who joins the game server through the router's external port. */
final class InternetClient {
    private static final int PATIENCE_MILLIS = 3000;
    private static final String NAME = "friend";

    private final Internet internet;

    InternetClient(Internet internet) {
        this.internet = internet;
    }

    /** @return what the server said; empty when the server could not be reached */
    Optional<String> join(TransportProtocol protocol, int externalPort) {
        try {
            return Optional.of(
                    switch (protocol) {
                        case TCP -> tcp(externalPort);
                        case UDP -> udp(externalPort);
                    });
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String tcp(int externalPort) throws IOException {
        try (Socket socket = internet.connect(externalPort)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(NAME.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String udp(int externalPort) throws IOException {
        InetSocketAddress forwardedPort = internet.forwardedPort(TransportProtocol.UDP, externalPort)
                .orElseThrow(() -> new IOException("the router drops it"));
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] name = NAME.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(name, name.length, forwardedPort));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
        }
    }
}
