package dev.ajar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server that sends exactly what it is told and remembers exactly what it read, read by read. */
public final class RawServer implements AutoCloseable {
    /** Answers once the request has been read. */
    @FunctionalInterface
    public interface Answer {
        void write(OutputStream out, Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final List<String> reads = new CopyOnWriteArrayList<>();

    public RawServer(Answer answer) throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    readRequest(socket.getInputStream());
                    answer.write(socket.getOutputStream(), socket);
                } catch (IOException e) {
                    // The client hung up, or the server was closed: the loop's
                    // condition tells which.
                }
            }
        });
    }

    public static RawServer saying(String text) throws IOException {
        return new RawServer((out, socket) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void readRequest(InputStream in) throws IOException {
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[65536];
        while (!isWhole(all.toString())) {
            int count = in.read(buffer);
            if (count < 0) {
                return;
            }
            String read = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
            reads.add(read);
            all.append(read);
        }
    }

    private static boolean isWhole(String request) {
        int end = request.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        int length = request.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
        return request.length() >= end + 4 + length;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    public List<String> reads() {
        return reads;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
