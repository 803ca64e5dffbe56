package dev.ajar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A container engine that says what a test tells it to, on a real socket in the file system. */
public final class FakeEngine implements AutoCloseable {
    private final Path socket;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final Map<String, String> raw = new ConcurrentHashMap<>();
    private final List<SocketChannel> following = new CopyOnWriteArrayList<>();
    private final Set<String> hung = ConcurrentHashMap.newKeySet();
    private volatile ServerSocketChannel server;

    public FakeEngine(Path socket) {
        this.socket = socket;
        this.server = listen();
        body("/containers/json", "[]");
    }

    private ServerSocketChannel listen() {
        try {
            ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            opened.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> serve(opened));
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it answers from now on to a request for this path, whatever its filters. */
    public void body(String path, String json) {
        bodies.put(path, json);
    }

    /** A request for this path is taken and not answered from now on. */
    public void hang(String path) {
        hung.add(path);
    }

    /** Answers all paths again. */
    public void goOn() {
        hung.clear();
    }

    /** The bytes of a whole answer, head and all. */
    public void answer(String path, String bytes) {
        raw.put(path, bytes);
    }

    public void containers(String... each) {
        body("/containers/json", "[" + String.join(",", each) + "]");
    }

    /** The lines of all requests with their filters, such as {@code GET /events {"type":["container"]}}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public int followers() {
        return following.size();
    }

    public void event(String type, String action, String id) {
        tell("{\"Type\":\"" + type + "\",\"Action\":\"" + action + "\",\"Actor\":{\"ID\":\"" + id + "\"}}\n");
    }

    /** Sends a line to all that follow, in two chunks. */
    public void tell(String line) {
        following.removeIf(channel -> !hears(channel, line));
    }

    private static boolean hears(SocketChannel channel, String line) {
        int half = line.length() / 2;
        try {
            write(channel, chunk(line.substring(0, half)) + chunk(line.substring(half)));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String chunk(String text) {
        return text.isEmpty() ? "" : Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    /** Ends all connections and removes the socket. */
    public void stop() {
        try {
            server.close();
            Files.deleteIfExists(socket);
            for (SocketChannel channel : following) {
                channel.close();
            }
            following.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
        server = listen();
    }

    private void serve(ServerSocketChannel from) {
        try {
            while (from.isOpen()) {
                SocketChannel channel = from.accept();
                Thread.ofVirtual().start(() -> serve(channel));
            }
        } catch (IOException e) {
            // It has been stopped.
            return;
        }
    }

    private void serve(SocketChannel channel) {
        try {
            String head = head(channel);
            String[] words = head.substring(0, head.indexOf('\r')).split(" ", -1);
            String path = words[1].replaceAll("\\?.*", "");
            String filters = words[1].contains("filters=")
                    ? " " + URLDecoder.decode(words[1].replaceAll(".*filters=", ""), StandardCharsets.UTF_8)
                    : "";
            requests.add(words[0] + " " + path + filters);
            if (hung.contains(path)) {
                // The client closes it.
                return;
            }
            if (raw.containsKey(path)) {
                write(channel, raw.get(path));
                channel.close();
            } else if (path.equals("/events")) {
                write(channel, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                following.add(channel);
            } else if (bodies.containsKey(path)) {
                byte[] body = bodies.get(path).getBytes(StandardCharsets.UTF_8);
                write(channel, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n" + bodies.get(path));
                channel.close();
            } else {
                write(channel, "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}");
                channel.close();
            }
        } catch (IOException e) {
            // The client has gone.
            return;
        }
    }

    private static String head(SocketChannel channel) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (head.indexOf("\r\n\r\n") < 0 && channel.read(buffer) >= 0) {
            head.append(StandardCharsets.UTF_8.decode(buffer.flip()));
            buffer.clear();
        }
        return head.toString();
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    /** A container in a bridge network, as an engine lists it. */
    public static String container(String id, String name, String open, int inside, int here) {
        List<String> ports = new ArrayList<>();
        if (here > 0) {
            ports.add("{\"IP\":\"0.0.0.0\",\"PrivatePort\":%d,\"PublicPort\":%d,\"Type\":\"tcp\"}"
                    .formatted(inside, here));
            ports.add("{\"IP\":\"::\",\"PrivatePort\":%d,\"PublicPort\":%d,\"Type\":\"tcp\"}".formatted(inside, here));
        }
        return """
                {"Id":"%s","Names":["/%s"],"Created":1,"State":"running","Labels":{"ajar.open":"%s","other":"x"},
                 "HostConfig":{"NetworkMode":"default"},"Ports":[%s],
                 "NetworkSettings":{"Networks":{"bridge":{"NetworkID":"net1"}}}}
                """.formatted(id, name, open, String.join(",", ports));
    }

    @Override
    public void close() {
        stop();
    }
}
