package dev.ajar.gateway.upnp.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.http.RouterHttp;
import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.RawServer;
import dev.ajar.testing.ScriptedPorts;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A television on loopback, which answers a search and tells its name in its description. */
class UpnpNamesTest {
    private static final Inet4Address TELEVISION = address("127.0.0.1");
    private static final Inet4Address OTHER = address("127.0.0.9");
    private static final LocalRoute HOME = new LocalRoute("lo", TELEVISION, 8, Optional.empty());

    private final ManualTimeline timeline = new ManualTimeline();
    private final ScriptedPorts ports = new ScriptedPorts(timeline, TELEVISION);
    private final UpnpNames names = new UpnpNames(ports, new RouterHttp("x"), timeline);

    private static Inet4Address address(String text) {
        return (Inet4Address) Addresses.ipv4(text).orElseThrow();
    }

    private static RawServer describing(String name) throws IOException {
        return RawServer.saying("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
                + "<?xml version=\"1.0\"?><root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device>"
                + "<deviceType>urn:schemas-upnp-org:device:MediaRenderer:1</deviceType>"
                + "<friendlyName>" + name + "</friendlyName></device></root>");
    }

    private void answers(Inet4Address sender, String location) {
        ports.arrives(
                Duration.ofMillis(50),
                new InetSocketAddress(sender, 1900),
                ("HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\nUSN: uuid:1::upnp:rootdevice\r\nLOCATION: " + location
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Living Room                   | Living Room
                    ' Fernseher &amp; Kino \u001b[31m'  | Fernseher & Kino [31m
                    """)
    void a_device_tells_its_name_and_no_escapes(String told, String shown) throws IOException {
        try (RawServer server = describing(told)) {
            answers(TELEVISION, server.uri("/d.xml").toString());

            assertThat(names.of(HOME, List.of(TELEVISION)).get(TELEVISION)).isEqualToIgnoringWhitespace(shown);
            assertThat(ports.sentTo()).containsExactly(new InetSocketAddress(address("239.255.255.250"), 1900));
        }
    }

    /** A device that names another one's description would have this machine ask wherever it likes. */
    @Test
    void a_description_is_read_from_its_own_device_and_from_those_asked_for_only() throws IOException {
        try (RawServer server = describing("mine")) {
            answers(OTHER, server.uri("/d.xml").toString());
            assertThat(names.of(HOME, List.of(TELEVISION, OTHER))).isEmpty();

            answers(TELEVISION, server.uri("/d.xml").toString());
            assertThat(names.of(HOME, List.of(OTHER))).isEmpty();
            assertThat(server.reads()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "'   '"})
    void a_blank_name_is_none(String told) throws IOException {
        try (RawServer server = describing(told)) {
            answers(TELEVISION, server.uri("/d.xml").toString());

            assertThat(names.of(HOME, List.of(TELEVISION))).isEmpty();
        }
    }

    @Test
    void a_page_that_is_no_description_tells_none() throws IOException {
        for (String answer : List.of("HTTP/1.1 404 Not Found\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n<html>", "")) {
            try (RawServer server = RawServer.saying(answer)) {
                answers(TELEVISION, server.uri("/d.xml").toString());
                assertThat(names.of(HOME, List.of(TELEVISION))).isEmpty();
            }
        }
    }
}
