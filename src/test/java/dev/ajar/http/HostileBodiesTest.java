package dev.ajar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.MeasurementLog;
import dev.ajar.testing.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers made to exhaust the client: each ends in time and is cut off at the limit. */
@Tag("hostile")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileBodiesTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** The bytes of an answer that drips; the last one comes long after the limit. */
    private static final int DRIPS = 600;

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final long GIBIBYTE = 1L << 30;

    private final AtomicInteger outlasted = new AtomicInteger();
    private final RouterHttp http = new RouterHttp("Linux/1 UPnP/1.1 ajar/1");

    private record Ending(Result<HttpAnswer> result, Duration took) {}

    private Ending get(RawServer server) {
        Deadline deadline = Deadline.after(new SystemTimeline(), LIMIT);
        long start = System.nanoTime();
        Result<HttpAnswer> result = http.get(server.uri("/d.xml"), InetAddress.getLoopbackAddress(), deadline);
        return new Ending(result, Duration.ofNanos(System.nanoTime() - start));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes {@code block} until the client closes the connection, or {@code most} bytes. */
    private static void flood(OutputStream out, byte[] block, long most) throws IOException {
        for (long sent = 0; sent < most; sent += block.length) {
            out.write(block);
        }
    }

    /** Ends with an exception once the client has closed the connection. */
    private void drip(OutputStream out, Socket socket) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try {
            for (int i = 0; i < DRIPS && !socket.isClosed(); i++) {
                out.write('x');
                out.flush();
                if (never.await(100, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            outlasted.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bomb() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 16];
            for (int i = 0; i < 1600; i++) {
                gzip.write(zeros);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Map<String, RawServer.Answer> matrix() {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) 'x');
        // Packing takes longer than an answer may on a busy machine.
        byte[] bomb = bomb();
        byte[] chunk = ascii("10000\r\n" + "x".repeat(0x10000) + "\r\n");
        byte[] header = ascii("X-Header: y\r\n");
        byte[] early = ascii("HTTP/1.1 100 Continue\r\n\r\n");
        Map<String, RawServer.Answer> matrix = new LinkedHashMap<>();
        matrix.put("a byte now and then in the head", (out, socket) -> {
            out.write(ascii("HTTP/1.1 2"));
            drip(out, socket);
        });
        matrix.put("a byte now and then in the body", (out, socket) -> {
            out.write(ascii(OK + "\r\n<root>"));
            drip(out, socket);
        });
        matrix.put("a gibibyte at once", (out, socket) -> {
            out.write(ascii(OK + "Content-Length: " + GIBIBYTE + "\r\n\r\n"));
            flood(out, block, GIBIBYTE);
        });
        matrix.put("chunks without end", (out, socket) -> {
            out.write(ascii(OK + "Transfer-Encoding: chunked\r\n\r\n"));
            flood(out, chunk, GIBIBYTE);
        });
        matrix.put("ten gibibytes announced and ten bytes sent", (out, socket) -> {
            out.write(ascii(OK + "Content-Length: 10737418240\r\n\r\n0123456789"));
            drip(out, socket);
        });
        matrix.put(
                "a chunk size that overflows",
                (out, socket) -> out.write(ascii(OK + "Transfer-Encoding: chunked\r\n\r\n100000004\r\nxxxx\r\n")));
        matrix.put(
                "a negative chunk size",
                (out, socket) -> out.write(ascii(OK + "Transfer-Encoding: chunked\r\n\r\n-1\r\nxxxx\r\n")));
        matrix.put("a gzip bomb", (out, socket) -> {
            out.write(ascii(OK + "Content-Encoding: gzip\r\n\r\n"));
            out.write(bomb);
        });
        matrix.put("a hundred thousand headers", (out, socket) -> {
            out.write(ascii(OK));
            flood(out, header, 100_000L * header.length);
        });
        matrix.put("a header of a mebibyte", (out, socket) -> {
            out.write(ascii(OK + "X-Header: "));
            flood(out, block, 1 << 20);
        });
        matrix.put("continue for ever", (out, socket) -> flood(out, early, GIBIBYTE));
        matrix.put(
                "a close in the middle", (out, socket) -> out.write(ascii(OK + "Content-Length: 100\r\n\r\n<root>")));
        return matrix;
    }

    @Test
    void h3_every_answer_ends_and_is_of_bounded_size() throws IOException {
        Duration slowest = Duration.ZERO;
        int largest = 0;
        for (Map.Entry<String, RawServer.Answer> row : matrix().entrySet()) {
            try (RawServer server = new RawServer(row.getValue())) {
                Ending ending = get(server);
                slowest = slowest.compareTo(ending.took()) > 0 ? slowest : ending.took();
                largest = Math.max(
                        largest,
                        ending.result()
                                .toOptional()
                                .map(answer -> answer.body().length)
                                .orElse(0));
            }
        }
        assertThat(outlasted).as("servers that dripped to their end").hasValue(0);
        assertThat(largest).isLessThanOrEqualTo(RouterHttp.MOST_BYTES);
        MeasurementLog.record(
                "H3",
                "%d answers made to exhaust: the longest took %d ms of %d, the largest kept %d KiB"
                        .formatted(matrix().size(), slowest.toMillis(), LIMIT.toMillis(), largest / 1024));
    }

    /** The same with a password in the request: nothing of it is in what is told. */
    @Test
    void h3_of_the_routers_own_interface_too() throws IOException {
        AdminHttp admin = new AdminHttp();
        Duration slowest = Duration.ZERO;
        for (Map.Entry<String, RawServer.Answer> row : matrix().entrySet()) {
            try (RawServer server = new RawServer(row.getValue())) {
                Deadline deadline = Deadline.after(new SystemTimeline(), LIMIT);
                AdminRequest request = new AdminRequest(
                        "POST", server.uri("/login"), Map.of(), Optional.of("marker-secret"), Optional.empty());
                long start = System.nanoTime();
                Result<AdminAnswer> result = admin.send(request, InetAddress.getLoopbackAddress(), deadline);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                slowest = slowest.compareTo(took) > 0 ? slowest : took;
                assertThat(result.toOptional()
                                .map(answer -> answer.body().length)
                                .orElse(0))
                        .as(row.getKey())
                        .isLessThanOrEqualTo(AdminHttp.MOST_BYTES);
                // What is packed is not unpacked.
                boolean packed = row.getKey().equals("a gzip bomb");
                assertThat(result.toOptional().filter(AdminAnswer::whole).isPresent())
                        .as(row.getKey())
                        .isEqualTo(packed);
                assertThat(result.toString()).as(row.getKey()).doesNotContain("marker-secret");
            }
        }
        assertThat(outlasted).as("servers that dripped to their end").hasValue(0);
        MeasurementLog.record(
                "H3",
                "the same from a router's own interface: the longest took %d ms of %d"
                        .formatted(slowest.toMillis(), LIMIT.toMillis()));
    }

    /** HttpClient before 5.6.3 never released a connection whose answer had an unknown encoding. */
    @Test
    void h14_two_hundred_bad_answers_do_not_delay_a_good_one() throws IOException {
        String good = OK + "Content-Length: 13\r\n\r\n<root></root>";
        List<String> bad = List.of(
                OK + "Content-Encoding: bogus\r\nContent-Length: 5\r\n\r\n<root",
                OK + "Content-Encoding: gzip, deflate, br\r\n\r\nnot at all",
                OK + "Content-Length: 1000\r\n\r\n<r");
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            try (RawServer server = RawServer.saying(bad.get(i % bad.size()))) {
                times.add(get(server).took());
            }
        }
        try (RawServer server = RawServer.saying(good)) {
            Ending ending = get(server);
            assertThat(ending.result()).isInstanceOf(Result.Ok.class);
            MeasurementLog.record(
                    "H14",
                    "a good answer after %d bad ones: %d ms"
                            .formatted(times.size(), ending.took().toMillis()));
        }
    }
}
