package dev.ajar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.config.OptionDefaults;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ProtocolChoice;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other pages, other programs and other users of this machine cannot do. */
class PageSecurityTest {
    private static final String OPEN = "{\"command\":\"open\",\"ports\":[\"25565/tcp\"]}";
    private static final String JSON = "Content-Type: application/json";

    @TempDir
    Path folder;

    private PageFixture page;

    @BeforeEach
    void start() throws IOException {
        page = new PageFixture(folder);
    }

    @AfterEach
    void stop() {
        page.close();
    }

    @Test
    void with_the_secret_the_page_works() throws IOException {
        String answer = page.run(OPEN, page.authorization());
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("{\"lease\":\"3h\"}");
        assertThat(page.asked).containsExactly(List.of("open", "25565/tcp", "--json"));
        assertThat(page.http.get("/")).startsWith("HTTP/1.1 200 ").contains("<title>ajar</title>");
    }

    @Test
    void what_is_open_is_asked_of_the_gateway_of_the_configuration() throws IOException {
        String authorization = page.authorization();
        assertThat(page.run("{\"command\":\"list\"}", authorization)).endsWith("{\"seen\":true}");
        page.defaults = new OptionDefaults(
                Map.of("gateway", "192.168.7.1"),
                LeaseDuration.STANDARD,
                new GatewaySelector(
                        ProtocolChoice.AUTOMATIC, Addresses.ipv4("192.168.7.1"), Optional.empty(), IpVersion.IPV4));
        assertThat(page.run("{\"command\":\"status\"}", authorization)).endsWith("{\"seen\":true}");
        assertThat(page.asked).containsExactly(List.of("list", ""), List.of("status", "192.168.7.1"));
    }

    @Test
    void without_it_nothing_is_answered() throws IOException {
        String good = page.authorization();
        for (String header : List.of(
                "X-Nothing: 1",
                "Authorization: Bearer ",
                "Authorization: Bearer wrong",
                good + "x",
                good.substring(0, good.length() - 1),
                "Cookie: secret=" + good.substring(good.lastIndexOf(' ') + 1))) {
            assertThat(page.run(OPEN, header)).as(header).startsWith("HTTP/1.1 401 ");
            assertThat(page.http.post("/api/events", "{}", JSON, header)).startsWith("HTTP/1.1 401 ");
            assertThat(page.http.post("/api/devices", "{}", JSON, header)).startsWith("HTTP/1.1 401 ");
            assertThat(page.http.post("/api/next-hop", "{}", JSON, header)).startsWith("HTTP/1.1 401 ");
        }
        assertThat(page.asked).isEmpty();
    }

    @Test
    void a_token_is_good_once_and_for_thirty_seconds() throws IOException {
        String token = page.token();
        assertThat(page.exchange(token)).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("set-cookie");
        assertThat(page.exchange(token)).startsWith("HTTP/1.1 401 ");
        String late = page.token();
        page.timeline.advance(Duration.ofSeconds(30));
        assertThat(page.exchange(late)).startsWith("HTTP/1.1 401 ");
        assertThat(page.exchange("")).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void a_session_ends_after_a_day() throws IOException {
        String authorization = page.authorization();
        page.timeline.advance(Duration.ofHours(25));
        assertThat(page.run(OPEN, authorization)).startsWith("HTTP/1.1 401 ");
    }

    /** The browser's arguments have the name of the file alone. */
    @Test
    void the_file_that_leads_to_the_page_is_of_its_user_alone() throws IOException {
        JsonObject document = page.document();
        Path file = Path.of(document.text("file"));
        String link = document.text("link");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("content=\"0;url=" + link + "\"");
        assertThat(link).startsWith("http://127.0.0.1:" + page.page.port() + "/#");
        assertThat(file.toString()).doesNotContain(link.substring(link.indexOf('#') + 1));
        page.page.close();
        assertThat(file).doesNotExist();
    }

    /** DNS rebinding: a name of a page on the internet that leads to 127.0.0.1. */
    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "127.0.0.1, 200",
        "127.1.2.3, 200",
        "[::1], 200",
        "evil.example, 421",
        "127.0.0.1.evil.example, 421",
        "0.0.0.0, 421",
        "localhost., 421",
        "0177.0.0.1, 421",
        "2130706433, 421",
        "localhost@evil.example, 421",
        "evil.example#localhost, 421",
        "192.168.77.10, 421",
        "ajar, 421"
    })
    void only_names_of_loopback_lead_to_it(String name, int status) throws IOException {
        String host = name + ":" + page.http.port();
        String authorization = page.authorization();
        assertThat(page.http.request("GET", "/", host, "")).startsWith("HTTP/1.1 " + status + " ");
        assertThat(page.http.request("POST", "/api/run", host, OPEN, JSON, authorization))
                .startsWith("HTTP/1.1 " + status + " ");
        assertThat(page.http.request("GET", "/", name, "")).startsWith("HTTP/1.1 421 ");
    }

    /** A hostile server of another user listens on another port, and its page is the browser's too. */
    @Test
    void another_page_changes_nothing_and_learns_nothing() throws IOException {
        String authorization = page.authorization();
        for (String header : List.of(
                "Origin: http://localhost:" + (page.http.port() + 1),
                "Origin: http://127.0.0.1:" + page.http.port(),
                "Origin: https://localhost:" + page.http.port(),
                "Origin: https://evil.example",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site")) {
            String answer = page.run(OPEN, authorization, header);
            assertThat(answer).as(header).startsWith("HTTP/1.1 403 ").doesNotContainIgnoringCase("access-control");
        }
        String origin = "Origin: http://localhost:" + page.http.port();
        assertThat(page.run(OPEN, authorization, origin, "Sec-Fetch-Site: same-origin"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(page.run(OPEN, authorization, origin, origin)).startsWith("HTTP/1.1 403 ");
        assertThat(page.asked).hasSize(1);
    }

    @Test
    void a_preflight_and_a_form_get_nothing() throws IOException {
        String authorization = page.authorization();
        assertThat(page.http.send(
                        "OPTIONS",
                        "/api/run",
                        "Access-Control-Request-Method: POST",
                        "Access-Control-Request-Headers: authorization"))
                .startsWith("HTTP/1.1 405 ")
                .doesNotContainIgnoringCase("access-control");
        assertThat(page.http.get("/api/run", authorization)).startsWith("HTTP/1.1 405 ");
        assertThat(page.http.post("/", OPEN, JSON, authorization)).startsWith("HTTP/1.1 405 ");
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            assertThat(page.http.post("/api/run", OPEN, authorization, "Content-Type: " + type))
                    .startsWith("HTTP/1.1 415 ");
        }
        assertThat(page.asked).isEmpty();
    }

    @Test
    void every_answer_forbids_foreign_scripts_frames_and_copies() throws IOException {
        for (String answer :
                List.of(page.http.get("/"), page.http.get("/main.js"), page.http.get("/nothing"), page.run(OPEN))) {
            assertThat(answer)
                    .containsIgnoringCase("Content-Security-Policy: default-src 'none'; script-src 'self'")
                    .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
                    .doesNotContain("unsafe-inline", "unsafe-eval")
                    .containsIgnoringCase("X-Content-Type-Options: nosniff")
                    .containsIgnoringCase("Referrer-Policy: no-referrer")
                    .containsIgnoringCase("Cross-Origin-Resource-Policy: same-origin")
                    .containsIgnoringCase("Cache-Control: no-store")
                    .doesNotContainIgnoringCase("access-control-allow");
        }
    }

    @Test
    void only_the_files_of_the_page_are_served() throws IOException {
        for (String path : List.of(
                "/..",
                "/../dev/ajar/web/Page.class",
                "/%2e%2e/ajar-version.properties",
                "/web/main.js",
                "//main.js",
                "/main.js/",
                "/page.html",
                "/metrics")) {
            assertThat(page.http.get(path)).as(path).doesNotStartWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void it_listens_on_loopback_alone() throws IOException {
        InetAddress everywhere = Addresses.ipv4("127.0.0.2").orElseThrow();
        try (Socket other = new Socket()) {
            // Bound to every address, 127.0.0.2 would be one of them.
            assertThat(connects(other, new InetSocketAddress(everywhere, page.http.port())))
                    .isFalse();
        }
        try (Socket ipv6 = new Socket()) {
            InetAddress loopback = Addresses.ipv6("::1").orElseThrow();
            boolean hasIpv6 = connects(ipv6, new InetSocketAddress(loopback, page.http.port()));
            assertThat(hasIpv6 || !Files.exists(Path.of("/proc/net/if_inet6"))).isTrue();
        }
    }

    private static boolean connects(Socket socket, InetSocketAddress place) throws IOException {
        try (socket) {
            socket.connect(place, 2000);
            return true;
        } catch (java.net.ConnectException e) {
            return false;
        }
    }

    @Test
    void a_body_that_is_too_large_is_refused() throws IOException {
        String padding = " ".repeat(20_000);
        assertThat(page.run(padding + OPEN, page.authorization())).startsWith("HTTP/1.1 413 ");
        assertThat(page.run("{", page.authorization())).startsWith("HTTP/1.1 400 ");
        assertThat(page.asked).isEmpty();
    }

    @Test
    void events_arrive_as_a_stream() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.http.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /api/events HTTP/1.1\r\nHost: localhost:" + page.http.port() + "\r\n" + JSON + "\r\n"
                                    + page.authorization() + "\r\nContent-Length: 2\r\n\r\n{}")
                            .getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder seen = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (!seen.toString().contains("data: {\"mappings\":[]}\n\n")) {
                seen.append((char) in.read());
            }
            assertThat(seen).asString().containsIgnoringCase("content-type: text/event-stream");
            // The page asks for the next stream, before the server ends this one like that of a client that does not
            // read.
            page.timeline.advance(Duration.ofMinutes(10));
            // The end of the chunks; the connection itself stays open for the next request.
            while (!seen.toString().endsWith("\r\n0\r\n\r\n")) {
                seen.append((char) in.read());
            }
        }
    }
}
