package dev.ajar.lab;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Devices and their clients, each in a namespace: {@code http PORT}, {@code ftp PORT FIRST LAST}, {@code stream PORT}
 * and {@code game PORT} serve until killed; {@code get URL}, {@code watch ADDRESS PORT FRAMES} and
 * {@code play ADDRESS PORT ROUNDS} use them and print the result.
 */
final class RelayPeer {
    private static final int LARGE = 3_000_000;
    private static final int FRAME = 1400;
    private static final long BETWEEN_FRAMES = 5_000_000;
    private static final long TICK = 20_000_000;

    private RelayPeer() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "http" -> http(port(args, 1));
            case "ftp" -> ftp(port(args, 1), port(args, 2), port(args, 3));
            case "stream" -> stream(port(args, 1));
            case "game" -> game(port(args, 1));
            case "get" -> System.out.println(get(args[1]));
            case "watch" -> System.out.println(watch(args[1], port(args, 2), port(args, 3)));
            case "play" -> System.out.println(play(args[1], port(args, 2), port(args, 3)));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static int port(String[] args, int at) {
        return Integer.parseInt(args[at]);
    }

    private static void ready() {
        System.out.println("ready");
        System.out.flush();
    }

    private static byte[] large() {
        byte[] bytes = new byte[LARGE];
        for (int i = 0; i < LARGE; i++) {
            bytes[i] = (byte) (i * 7 + (i >> 9));
        }
        return bytes;
    }

    private static void http(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 50);
        server.createContext("/", exchange -> {
            byte[] body = large();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        ready();
    }

    /** As much of RFC 959 and RFC 2428 as a passive download needs; data ports come from the range. */
    private static void ftp(int port, int first, int last) throws IOException {
        try (ServerSocket server = new ServerSocket(port)) {
            ready();
            while (true) {
                Socket client = server.accept();
                Thread.ofPlatform().daemon().start(() -> ftp(client, first, last));
            }
        }
    }

    private static void ftp(Socket client, int first, int last) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            say(client, "220 ready");
            ServerSocket data = null;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                switch (line.split(" ")[0]) {
                    case "USER" -> say(client, "331 password");
                    case "PASS" -> say(client, "230 in");
                    case "TYPE" -> say(client, "200 binary");
                    case "EPSV" -> {
                        data = free(first, last);
                        say(client, "229 passive (|||" + data.getLocalPort() + "|)");
                    }
                    case "RETR" -> {
                        say(client, "150 coming");
                        if (data != null) {
                            try (ServerSocket once = data;
                                    Socket to = once.accept()) {
                                to.getOutputStream().write(large());
                            }
                        }
                        say(client, "226 done");
                    }
                    case "QUIT" -> say(client, "221 bye");
                    default -> say(client, "502 not here");
                }
            }
        } catch (IOException e) {
            // The client reports the error.
            return;
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static ServerSocket free(int first, int last) throws IOException {
        try {
            return new ServerSocket(first);
        } catch (java.net.BindException e) {
            if (first == last) {
                throw e;
            }
            return free(first + 1, last);
        }
    }

    /** Like RTSP over one connection (RFC 2326, 10.12): a word starts it, then numbered frames behind a dollar sign. */
    private static void stream(int port) throws IOException {
        try (ServerSocket server = new ServerSocket(port)) {
            ready();
            while (true) {
                Socket client = server.accept();
                Thread.ofPlatform().daemon().start(() -> stream(client));
            }
        }
    }

    private static void stream(Socket client) {
        try (client;
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII)).readLine();
            long begin = System.nanoTime();
            for (int i = 0; ; i++) {
                ByteBuffer frame = ByteBuffer.allocate(4 + FRAME);
                frame.put((byte) '$').put((byte) 0).putShort((short) FRAME).putInt(i);
                out.write(frame.array());
                // By the clock: on a busy machine every pause is longer than it should be.
                LockSupport.parkNanos(begin + i * BETWEEN_FRAMES - System.nanoTime());
            }
        } catch (IOException e) {
            // The client has left.
            return;
        }
    }

    private static String watch(String address, int port, int frames) throws IOException {
        try (Socket socket = new Socket(address, port);
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("PLAY rtsp://camera/ RTSP/1.0\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] rest = new byte[FRAME - 4];
            for (int i = 0; i < frames; i++) {
                if (in.readByte() != '$' || in.readByte() != 0 || in.readShort() != FRAME) {
                    return "frame " + i + " is none";
                }
                int number = in.readInt();
                if (number != i) {
                    return "frame " + number + " instead of " + i;
                }
                in.readFully(rest);
            }
            return "watched " + frames;
        }
    }

    private static void game(int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(port)) {
            ready();
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                socket.send(packet);
            }
        }
    }

    private static String play(String address, int port, int rounds) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(address, port));
            socket.setSoTimeout(5000);
            int lost = 0;
            for (int i = 0; i < rounds; i++) {
                byte[] move = ByteBuffer.allocate(64).putInt(i).array();
                socket.send(new DatagramPacket(move, move.length));
                DatagramPacket state = new DatagramPacket(new byte[512], 512);
                try {
                    socket.receive(state);
                    lost += ByteBuffer.wrap(state.getData()).getInt() == i ? 0 : 1;
                } catch (java.net.SocketTimeoutException e) {
                    lost++;
                }
                LockSupport.parkNanos(TICK);
            }
            return "lost " + lost + " of " + rounds;
        }
    }

    /** Of a web page, or of a file by FTP. */
    private static String get(String url) throws Exception {
        byte[] body;
        if (url.startsWith("ftp:")) {
            try (var in = URI.create(url).toURL().openStream()) {
                body = in.readAllBytes();
            }
        } else {
            body = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        }
        return java.util.Arrays.equals(body, large()) ? "all of it" : body.length + " bytes of something else";
    }
}
