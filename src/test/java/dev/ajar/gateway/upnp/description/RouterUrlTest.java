package dev.ajar.gateway.upnp.description;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterUrlTest {
    private static final RouterUrl LOCATION = RouterUrl.parse("http://192.168.1.1:5431/dyndev/uuid:0000e068/igd.xml")
            .orElseThrow();

    /** Each as some router writes it; the host is always the router. */
    @ParameterizedTest
    @CsvSource({
        "/ctl/IPConn, http://192.168.1.1:5431/ctl/IPConn",
        "ctl/IPConn, http://192.168.1.1:5431/ctl/IPConn",
        "/soap.cgi?service=WANIPConn1, http://192.168.1.1:5431/soap.cgi?service=WANIPConn1",
        "?WANIPConnection, http://192.168.1.1:5431/dyndev/uuid:0000e068/igd.xml?WANIPConnection",
        "uuid:00/WANIPConnection:1, http://192.168.1.1:5431/uuid:00/WANIPConnection:1",
        "/uuid:00/WANIPConnection:1, http://192.168.1.1:5431/uuid:00/WANIPConnection:1",
        "_urn:schemas-upnp-org:service:WANIPConnection_1, http://192.168.1.1:5431/_urn:schemas-upnp-org:service:WANIPConnection_1",
        "http://192.168.1.1:80/upnp/control?WANIPConnection, http://192.168.1.1:80/upnp/control?WANIPConnection",
        "http://192.168.1.1/ctl, http://192.168.1.1:80/ctl",
        "HTTP://10.9.9.9:1234/ctl, http://192.168.1.1:1234/ctl",
        "http://router.lan:1234/ctl, http://192.168.1.1:1234/ctl",
        "http://169.254.169.254/latest, http://192.168.1.1:80/latest",
        "http://user@evil.example/x, http://192.168.1.1:80/x",
        "'  /ctl/  IPConn ', http://192.168.1.1:5431/ctl/IPConn",
        "/a|b\"c, http://192.168.1.1:5431/a%7Cb%22c",
        "/100%/x, http://192.168.1.1:5431/100%25/x",
        "/a%20b, http://192.168.1.1:5431/a%20b",
    })
    void control_urls_lead_to_the_router(String reference, String expected) {
        assertThat(LOCATION.resolve(reference).orElseThrow().toUri().toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "https://192.168.1.1/ctl",
                "ftp://x/",
                "file:///etc/passwd",
                "http://192.168.1.1:22/",
                "http://192.168.1.1:99999/"
            })
    void text_that_is_not_an_http_address_is_refused(String reference) {
        assertThat(LOCATION.resolve(reference)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://192.168.1.1/x",
                "http://router/x",
                "http://192.168.1/x",
                "http://0x7f.1/x",
                "http://[::1:1900/x",
                "http://::1:1900/x",
                "http://2130706433/",
                "http://192.168.1.1:0/",
                "http://192.168.1.1:25/",
                "http://192.168.1.1:70000/",
                "http://u@192.168.1.1/",
                "//192.168.1.1/x",
                "192.168.1.1/x",
                ""
            })
    void a_location_must_be_an_http_url_with_a_numeric_host(String text) {
        assertThat(RouterUrl.parse(text)).isEmpty();
    }

    @Test
    void a_location_without_port_or_path_has_the_usual_ones() {
        assertThat(RouterUrl.parse(" http://192.168.1.1 ").orElseThrow().toUri().toString())
                .isEqualTo("http://192.168.1.1:80/");
    }
}
