package dev.ajar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.upnp.soap.SoapClient;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.FreePort;
import dev.ajar.testing.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a server whose answers are written byte by byte. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RouterHttpTest {
    private static final String BODY = "<s:Envelope><s:Body>x</s:Body></s:Envelope>";
    private final RouterHttp http = new RouterHttp("Test/1 UPnP/1.1 ajar/1");
    private final InetAddress local = InetAddress.getLoopbackAddress();

    private static Deadline within(Duration time) {
        return Deadline.after(new SystemTimeline(), time);
    }

    private Result<HttpAnswer> get(RawServer server) {
        return http.get(server.uri("/d.xml"), local, within(Duration.ofSeconds(30)));
    }

    private static String body(Result<HttpAnswer> result) {
        return new String(result.toOptional().orElseThrow().body(), StandardCharsets.UTF_8);
    }

    @Test
    void a_request_is_one_write_with_only_the_headers_in_order() throws IOException {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            http.post(
                    server.uri("/ctl?x=1"),
                    SoapClient.headers("urn:s", "Act"),
                    "<body/>",
                    local,
                    within(Duration.ofSeconds(30)));

            assertThat(server.reads()).hasSize(1);
            String port = Integer.toString(server.uri("/").getPort());
            assertThat(server.reads().getFirst())
                    .isEqualTo("POST /ctl?x=1 HTTP/1.1\r\n"
                            + "Host: 127.0.0.1:"
                            + port
                            + "\r\n"
                            + "User-Agent: Test/1 UPnP/1.1 ajar/1\r\n"
                            + "Content-Length: 7\r\n"
                            + "Content-Type: text/xml; charset=\"utf-8\"\r\n"
                            + "SOAPAction: \"urn:s#Act\"\r\n"
                            + "Connection: close\r\n"
                            + "Cache-Control: no-cache\r\n"
                            + "Pragma: no-cache\r\n"
                            + "\r\n<body/>");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n\r\n" + BODY,
                "HTTP/1.1 200 OK\r\nCONTENT-LENGTH:43\r\n\r\n" + BODY,
                "HTTP/1.1 200 OK\r\nContent-Length: 43 \r\n\r\n" + BODY,
                "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + BODY,
                "HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + BODY,
                "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n" + BODY,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n<s:Envelope><s:B\r\n1b\r\nody>x</s:Body></s:Envelope>\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2b\r\n" + BODY + "\r\n",
                "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\n\r\n" + BODY,
                "http/1.1 200 ok\r\n\r\n" + BODY,
                "HTTP 1.1 200\r\n\r\n" + BODY,
                "HTTP/1.1 200 OK\r\nFoo\r\nContent-Length : 43\r\n: x\r\n\r\n" + BODY,
                "HTTP/1.1 200\r\n\r\n" + BODY,
                "HTTP/1.1 200 OK\nContent-Length: 43\n\n" + BODY,
                "HTTP/1.1 200 OK\r\nContent-Encoding: nonsense\r\nContent-Length: 43\r\n\r\n" + BODY,
            })
    void bodies_are_read_however_they_are_framed(String answer) throws IOException {
        try (RawServer server = RawServer.saying(answer)) {
            assertThat(body(get(server)).strip()).isEqualTo(BODY);
        }
    }

    @Test
    void a_connection_left_open_after_the_end_does_not_delay_the_answer() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        try (RawServer server = new RawServer((out, socket) -> {
            out.write(("HTTP/1.0 200 OK\r\n\r\n" + BODY).getBytes(StandardCharsets.UTF_8));
            out.flush();
            await(done);
        })) {
            // A client that waited for the end would wait this long, which is longer than a test may take.
            Deadline deadline = within(Duration.ofMinutes(10));

            assertThat(body(http.get(server.uri("/"), local, deadline))).isEqualTo(BODY);
            done.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One byte at a time without end: each read is quick, the whole is not. (A chunk size of ones ends sooner.) */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nX: ",
                "HTTP/1.1 200 OK\r\n\r\n<r>",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void a_drip_ends_with_the_deadline(String head) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = new RawServer((out, socket) -> {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write('1');
                out.flush();
                awaitBriefly(never);
            }
        })) {
            // The time-out of a read is as long as the deadline, and the answer never ends.
            Deadline deadline = within(Duration.ofMillis(600));
            assertThat(http.get(server.uri("/"), local, deadline)).isNotNull();
        }
    }

    private static void awaitBriefly(CountDownLatch latch) {
        try {
            boolean opened = latch.await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
            assertThat(opened).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n"})
    void an_endless_answer_is_cut_off(String head) throws IOException {
        byte[] noise = "x".repeat(65536).getBytes(StandardCharsets.UTF_8);
        try (RawServer server = new RawServer((out, socket) -> {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(noise);
            }
        })) {
            get(server)
                    .toOptional()
                    .ifPresent(answer -> assertThat(answer.body().length).isLessThanOrEqualTo(RouterHttp.MOST_BYTES));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n%s\r\n",
                "nonsense\r\n%s",
                "<html>HTTP/0.9 has no head</html>",
                "",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100000004\r\nx",
            })
    void an_unreadable_answer_is_a_failure_and_not_an_exception(String answer) throws IOException {
        String flood = "X: y\r\n".repeat(50_000);
        try (RawServer server = RawServer.saying(answer.replace("%s", flood))) {
            if (get(server) instanceof Result.Err<HttpAnswer>(Failure failure)) {
                assertThat(failure.detail().toString()).doesNotContainPattern("Exception|Error|\\w+\\.\\w+\\.[A-Z]");
            }
        }
    }

    @Test
    void a_redirect_is_returned_as_an_answer() throws IOException {
        try (RawServer daemonClient = RawServer.saying("HTTP/1.1 200 OK\r\n\r\n" + BODY);
                RawServer server =
                        RawServer.saying("HTTP/1.1 302 Found\r\nLocation: " + daemonClient.uri("/") + "\r\n\r\n")) {
            assertThat(get(server).toOptional().orElseThrow().isRedirect()).isTrue();
            assertThat(daemonClient.reads()).isEmpty();
        }
    }

    @Test
    void a_closed_port_is_reported_at_once() throws IOException {
        int port = FreePort.tcp();

        Result<HttpAnswer> result =
                http.get(URI.create("http://127.0.0.1:" + port + "/"), local, within(Duration.ofSeconds(5)));

        assertThat(((Result.Err<HttpAnswer>) result).failure()).isInstanceOf(Failure.Unreachable.class);
    }

    @Test
    void silence_times_out() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        try (RawServer server = new RawServer((out, socket) -> await(done))) {
            Result<HttpAnswer> result = http.get(server.uri("/"), local, within(Duration.ofMillis(300)));

            assertThat(((Result.Err<HttpAnswer>) result).failure()).isInstanceOf(Failure.TimedOut.class);
            done.countDown();
        }
    }
}
