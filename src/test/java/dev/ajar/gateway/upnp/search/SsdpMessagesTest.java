package dev.ajar.gateway.upnp.search;

import static dev.ajar.testing.Samples.GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jupnp.model.message.header.RootDeviceHeader;
import org.jupnp.model.message.header.UDADeviceTypeHeader;
import org.jupnp.model.types.UDADeviceType;

class SsdpMessagesTest {
    private static final InetSocketAddress SENDER = new InetSocketAddress(GATEWAY, 43702);
    private final SsdpMessages messages = new SsdpMessages();

    private Optional<String> read(String text) {
        return messages.readLocations(text.getBytes(StandardCharsets.UTF_8), SENDER).stream()
                .findFirst();
    }

    @Test
    void a_search_has_the_four_headers_the_strictest_servers_want() {
        String search = new String(
                messages.multicastSearch(new UDADeviceTypeHeader(new UDADeviceType("InternetGatewayDevice", 1))),
                StandardCharsets.US_ASCII);

        assertThat(search).startsWith("M-SEARCH * HTTP/1.1\r\n").endsWith("\r\n\r\n");
        assertThat(search.lines())
                .contains(
                        "HOST: 239.255.255.250:1900",
                        "MAN: \"ssdp:discover\"",
                        "MX: 1",
                        "ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1");
    }

    @Test
    void a_unicast_search_names_its_receiver() {
        String search = new String(
                messages.searchAt(new RootDeviceHeader(), new InetSocketAddress(GATEWAY, 1900)),
                StandardCharsets.US_ASCII);

        assertThat(search.lines()).contains("HOST: 192.168.77.1:1900", "ST: upnp:rootdevice");
        assertThat(search.lines().filter(line -> line.startsWith("HOST"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nLOCATION: http://h/d.xml\r\n\r\n",
                "HTTP/1.0 200 OK\r\nLocation:http://h/d.xml\r\n\r\n",
                "HTTP/1.1 200\r\nlocation: http://h/d.xml\r\n\r\n",
                "HTTP/1.1 200 OK \r\nLOCATION:   http://h/d.xml  \r\nSERVER: x",
                "HTTP/1.1 200 OK\nLOCATION: http://h/d.xml\n\n",
                "http/1.1 200 ok\r\nLOCATION: http://h/d.xml\r\n",
                "HTTP/1.1 200 OK\r\nAL: http://h/d.xml\r\nEXT: \r\nCACHE_CONTROL: max-age=1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nLOCATION:\r\nLOCATION: http://h/d.xml\r\nLOCATION: http://other/\r\n\r\n",
                "HTTP/1.1 200 OK\r\ngarbage without colon\r\n: no name\r\nX Bad: 1\r\nLOCATION: http://h/d.xml\r\n\r\n",
                "HTTP/1.1 200 OK\r\nUSN: uuid:UUID-X-1::bad\r\nST: nonsense\r\nLOCATION: http://h/d.xml\r\n\r\n",
                "NOTIFY * HTTP/1.1 \r\nNTS: ssdp:alive\r\nLOCATION: http://h/d.xml\r\n\r\n",
                "NOTIFY * HTTP/1.1\r\nNTS: ssdp:update\r\nLOCATION: http://h/d.xml\r\n\r\n",
            })
    void answers_as_routers_write_them(String text) {
        assertThat(read(text)).contains("http://h/d.xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 404 Not Found\r\nLOCATION: http://h/d.xml\r\n\r\n",
                "HTTP/1.1 200 OK\r\nST: x\r\n\r\n",
                "NOTIFY * HTTP/1.1\r\nNTS: ssdp:byebye\r\nLOCATION: http://h/d.xml\r\n\r\n",
                "M-SEARCH * HTTP/1.1\r\nMAN: \"ssdp:discover\"\r\nLOCATION: http://h/d.xml\r\n\r\n",
                "\u0000\u0001\u0002",
            })
    void everything_else_is_ignored(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void rounds_are_repeated_and_widen() {
        SearchSchedule schedule = new SearchSchedule(Duration.ofSeconds(100));

        assertThat(schedule.nextAt()).contains(Duration.ofSeconds(100));
        assertThat(schedule.next()).hasSize(2);
        assertThat(schedule.nextAt()).contains(Duration.ofMillis(100_250));
        assertThat(schedule.next()).hasSize(5);
        assertThat(schedule.isLate()).isTrue();
        assertThat(schedule.next()).hasSize(9);
        assertThat(schedule.nextAt()).contains(Duration.ofSeconds(103));
        for (int round = 3; round < 7; round++) {
            assertThat(schedule.next()).hasSize(9);
        }
        assertThat(schedule.nextAt()).isEmpty();
    }
}
