package dev.ajar.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A program for the namespaces: {@code serve tcp PORT [ADDRESS]} and {@code serve udp PORT [ADDRESS]} answer one
 * message with {@code got MESSAGE from ADDRESS}; {@code ask tcp ADDRESS PORT MESSAGE [MILLIS]} sends one and prints the
 * answer; {@code wait tcp ADDRESS PORT} only listens.
 */
final class Peer {
    private static final int PATIENCE_MILLIS = 30_000;

    private Peer() {}

    public static void main(String[] args) throws IOException {
        boolean tcp = args[1].equals("tcp");
        if (args[0].equals("wait")) {
            waitTcp(new InetSocketAddress(args[2], Integer.parseInt(args[3])));
        } else if (args[0].equals("serve")) {
            int port = Integer.parseInt(args[2]);
            InetSocketAddress place =
                    args.length > 3 ? new InetSocketAddress(args[3], port) : new InetSocketAddress(port);
            if (tcp) {
                serveTcp(place);
            } else {
                serveUdp(place);
            }
        } else {
            InetSocketAddress server = new InetSocketAddress(args[2], Integer.parseInt(args[3]));
            int patience = args.length > 5 ? Integer.parseInt(args[5]) : PATIENCE_MILLIS;
            System.out.println(tcp ? askTcp(server, args[4], patience) : askUdp(server, args[4], patience));
        }
    }

    private static void ready() {
        System.out.println("ready");
        System.out.flush();
    }

    /** Listens, and has nothing to say, until it is ended or five minutes are over. */
    private static void waitTcp(InetSocketAddress place) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(place);
            server.setSoTimeout(300_000);
            ready();
            for (int i = 0; i < 100; i++) {
                server.accept().close();
            }
        }
    }

    private static void serveTcp(InetSocketAddress place) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(place);
            ready();
            server.setSoTimeout(PATIENCE_MILLIS);
            boolean asked = false;
            while (!asked) {
                // The relay looks whether the device answers: a connection without a word.
                asked = answer(server);
            }
        }
    }

    private static boolean answer(ServerSocket server) throws IOException {
        try (Socket client = server.accept()) {
            String message = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String answer =
                    "got " + message + " from " + client.getInetAddress().getHostAddress();
            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            return !message.isEmpty();
        }
    }

    private static String askTcp(InetSocketAddress server, String message, int patience) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, patience);
            socket.setSoTimeout(patience);
            socket.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void serveUdp(InetSocketAddress place) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(place)) {
            ready();
            socket.setSoTimeout(PATIENCE_MILLIS);
            DatagramPacket packet = new DatagramPacket(new byte[512], 512);
            socket.receive(packet);
            String answer =
                    "got " + text(packet) + " from " + packet.getAddress().getHostAddress();
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
        }
    }

    private static String askUdp(InetSocketAddress server, String message, int patience) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(patience);
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, server));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            return text(answer);
        }
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }
}
