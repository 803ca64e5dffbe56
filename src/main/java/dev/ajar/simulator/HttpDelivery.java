package dev.ajar.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/** Sends the bytes of an HTTP answer in one of the delivery modes. */
final class HttpDelivery {
    private static final int CHUNK = 100;
    private static final int MOST_BLANKS = 64 << 20;
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(300);
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(50);

    private HttpDelivery() {}

    static void send(FaultScript.DeliveryMode mode, byte[] answer, Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        int body = bodyStart(answer);
        switch (mode) {
            case PLAIN -> out.write(answer);
            case KEEP_OPEN -> {
                out.write(answer);
                waitUntilClosed(client);
            }
            case CHUNKED -> out.write(chunked(answer, body, "0\r\n\r\n"));
            case CHUNKED_WITHOUT_END -> {
                out.write(chunked(answer, body, ""));
                waitUntilClosed(client);
            }
            case DRIP -> drip(answer, out);
            case ENDLESS -> {
                out.write(answer);
                blanks(out);
            }
            case CUT -> {
                out.write(answer, 0, body + (answer.length - body) / 2);
                reset(client);
            }
            case TWO_WRITES -> {
                out.write(answer, 0, body);
                out.flush();
                ServerThreads.delay(BETWEEN_WRITES);
                out.write(answer, body, answer.length - body);
            }
        }
        if (!client.isClosed()) {
            client.shutdownOutput();
        }
    }

    static void waitUntilClosed(Socket client) throws IOException {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Closes the connection instead of sending the answer. */
    static void lose(byte[] answer, Socket client) throws IOException {
        if (answer.length > 0) {
            client.close();
        }
    }

    /** Discards what is not sent yet, and resets the connection. */
    static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static int bodyStart(byte[] answer) {
        int end = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        return end < 0 ? answer.length : end + 4;
    }

    private static byte[] chunked(byte[] answer, int body, String end) {
        String head = new String(answer, 0, body, StandardCharsets.ISO_8859_1)
                .replaceFirst("(?i)content-length:[^\r]*", "Transfer-Encoding: chunked");
        StringBuilder all = new StringBuilder(head);
        for (int at = body; at < answer.length; at += CHUNK) {
            byte[] chunk = Arrays.copyOfRange(answer, at, Math.min(at + CHUNK, answer.length));
            all.append(HexFormat.of().toHexDigits(chunk.length, 2))
                    .append("\r\n")
                    .append(new String(chunk, StandardCharsets.ISO_8859_1))
                    .append("\r\n");
        }
        return all.append(end).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void drip(byte[] answer, OutputStream out) throws IOException {
        for (byte b : answer) {
            out.write(b);
            out.flush();
            ServerThreads.delay(BETWEEN_BYTES);
        }
    }

    private static void blanks(OutputStream out) throws IOException {
        byte[] blanks = new byte[8192];
        Arrays.fill(blanks, (byte) ' ');
        for (int sent = 0; sent < MOST_BLANKS; sent += blanks.length) {
            out.write(blanks);
        }
    }
}
