package dev.ajar.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP and HTTPS to a router's own interface. */
class AdminHttpTest {
    private static final InetAddress LOOPBACK = Addresses.ipv4("127.0.0.1").orElseThrow();

    private final AdminHttp http = new AdminHttp();
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    private static Deadline deadline() {
        return Deadline.after(new SystemTimeline(), Duration.ofSeconds(10));
    }

    private URI serve(HttpServer server, String scheme, byte[] body, int status, Map<String, String> headers) {
        servers.add(server);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestMethod() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            headers.forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    private URI plain(byte[] body, int status, Map<String, String> headers) throws IOException {
        return serve(HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0), "http", body, status, headers);
    }

    private URI secure(String store) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.server(store)));
        return serve(server, "https", "{}".getBytes(StandardCharsets.UTF_8), 200, Map.of());
    }

    private static AdminRequest post(URI uri, Optional<CertificatePin> pin) {
        return new AdminRequest("POST", uri, Map.of("Authorization", "Basic c2VjcmV0"), Optional.of("secret"), pin);
    }

    private static Failure failure(Result<?> result) {
        return result instanceof Result.Err<?>(Failure failure) ? failure : unexpected(result);
    }

    private static Failure unexpected(Result<?> result) {
        throw new AssertionError("no failure: " + result);
    }

    @Test
    void the_confirmed_key_is_enough() throws Exception {
        URI router = secure("router");
        CertificatePin pin =
                http.certificate(router, LOOPBACK, deadline()).toOptional().orElseThrow();
        assertThat(received).isEmpty();
        assertThat(http.send(post(router, Optional.of(pin)), LOOPBACK, deadline()))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(((AdminAnswer) ok.value()).text()).isEqualTo("{}"));
        assertThat(received).containsExactly("POST secret");
    }

    @Test
    void another_key_gets_nothing() throws Exception {
        CertificatePin pin = http.certificate(secure("router"), LOOPBACK, deadline())
                .toOptional()
                .orElseThrow();
        URI changed = secure("changed");
        Failure refused = failure(http.send(post(changed, Optional.of(pin)), LOOPBACK, deadline()));
        assertThat(refused).isInstanceOf(Failure.Refused.class);
        assertThat(refused.detail().toString()).contains("another key than the one confirmed");
        assertThat(failure(http.send(post(changed, Optional.empty()), LOOPBACK, deadline())))
                .isInstanceOf(Failure.Refused.class);
        assertThat(received).isEmpty();
    }

    /** The server answers at once, as small servers do; the JDK's waits ten seconds for the line's end. */
    @Test
    void a_router_without_tls_is_told() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 10, LOOPBACK)) {
            Thread.ofVirtual().start(() -> refuse(plain));
            URI secured = URI.create("https://127.0.0.1:" + plain.getLocalPort());
            assertThat(failure(http.certificate(secured, LOOPBACK, deadline()))
                            .detail()
                            .toString())
                    .contains("no usable TLS");
        }
    }

    private static void refuse(ServerSocket plain) {
        try (Socket client = plain.accept()) {
            client.getInputStream().read(new byte[1000]);
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_redirect_is_returned_and_not_followed() throws IOException {
        URI router = plain(new byte[0], 302, Map.of("Location", "http://127.0.0.9/"));
        assertThat(http.send(post(router, Optional.empty()), LOOPBACK, deadline()))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(((AdminAnswer) ok.value()).isRedirect())
                                .isTrue());
        assertThat(received).hasSize(1);
    }

    @Test
    void an_endless_body_is_not_whole() throws IOException {
        URI router = plain(new byte[AdminHttp.MOST_BYTES + 1], 200, Map.of());
        assertThat(http.send(post(router, Optional.empty()), LOOPBACK, deadline()))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(((AdminAnswer) ok.value()).whole()).isFalse());
    }

    @Test
    void neither_request_nor_answer_shows_what_may_be_secret() {
        AdminRequest request = post(URI.create("http://127.0.0.1/login?password=secret"), Optional.empty());
        AdminAnswer answer = new AdminAnswer(200, List.of(), "secret".getBytes(StandardCharsets.UTF_8), true);
        assertThat(request + " " + answer).doesNotContain("secret").doesNotContain("c2VjcmV0");
    }
}
