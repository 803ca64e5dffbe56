package dev.ajar.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A program for the namespaces: {@code RawClient tcp|udp FROM TO PORT BYTES} sends the bytes from an address of this
 * machine and prints the answer, both in hex; without an answer it prints nothing.
 */
final class RawClient {
    private static final int PATIENCE_MILLIS = 2_000;

    private RawClient() {}

    public static void main(String[] args) {
        InetSocketAddress from = new InetSocketAddress(args[1], 0);
        InetSocketAddress to = new InetSocketAddress(args[2], Integer.parseInt(args[3]));
        byte[] bytes = HexFormat.of().parseHex(args[4]);
        try {
            byte[] answer = args[0].equals("tcp") ? tcp(from, to, bytes) : udp(from, to, bytes);
            System.out.println(HexFormat.of().formatHex(answer));
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private static byte[] tcp(InetSocketAddress from, InetSocketAddress to, byte[] bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(from);
            socket.connect(to, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes);
            return socket.getInputStream().readAllBytes();
        }
    }

    private static byte[] udp(InetSocketAddress from, InetSocketAddress to, byte[] bytes) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(from)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.send(new DatagramPacket(bytes, bytes.length, to));
            DatagramPacket answer = new DatagramPacket(new byte[1100], 1100);
            socket.receive(answer);
            return Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }
}
