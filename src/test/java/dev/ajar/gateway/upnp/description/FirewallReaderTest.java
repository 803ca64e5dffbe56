package dev.ajar.gateway.upnp.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An IPv6 firewall is asked at the default router, whatever address its description names. */
class FirewallReaderTest {
    private static final String ROUTER = "http://[fe80::1]:5000/rootDesc.xml";
    private static final InetAddress GATEWAY = ipv6("fe80::1");
    private static final LocalRoute ROUTE = new LocalRoute("eth0", ipv6("2001:db8::10"), 64, Optional.of(GATEWAY));

    private static InetAddress ipv6(String text) {
        return Addresses.ipv6(text).orElseThrow();
    }

    private static Result<IgdDescription> read(String type, String control) {
        String xml = "<root><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>"
                + "<deviceList><device><serviceList><service><serviceType>"
                + type
                + "</serviceType><controlURL>"
                + control
                + "</controlURL></service></serviceList></device></deviceList></device></root>";
        return FirewallReader.read(
                xml.getBytes(StandardCharsets.UTF_8), RouterUrl.parse(ROUTER).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "/ctl/IP6FCtl, http://[fe80::1]:5000/ctl/IP6FCtl",
        "http://[2001:db8::1]:49000/x, http://[fe80::1]:49000/x",
        "http://192.168.1.1:49000/x, http://[fe80::1]:49000/x",
        "http://[2001:db8:9::9]/x, http://[fe80::1]:80/x"
    })
    void a_firewall_in_an_igd1_description_is_found_on_the_router(String control, String url) {
        Result<IgdDescription> found = read("urn:schemas-upnp-org:service:WANIPv6FirewallControl:1", control);

        assertThat(found.toOptional()
                        .orElseThrow()
                        .services()
                        .getFirst()
                        .controlUrls()
                        .getFirst())
                .hasToString(url);
    }

    @Test
    void a_description_without_a_firewall_says_so() {
        assertThat(read("urn:schemas-upnp-org:service:WANIPConnection:1", "/x"))
                .isInstanceOfSatisfying(
                        Result.Err.class, error -> assertThat(error.failure()).isInstanceOf(Failure.Unsupported.class));
    }

    @ParameterizedTest
    @CsvSource({
        "http://[2001:db8::1]:5000/rootDesc.xml, 2001:db8::1, http://[fe80::1]:5000/rootDesc.xml",
        "http://192.168.1.1:49000/igddesc.xml, fe80::1, http://[fe80::1]:49000/igddesc.xml",
        "http://[fe80::1%25eth0]:5000/rootDesc.xml, fe80::1, http://[fe80::1]:5000/rootDesc.xml"
    })
    void the_default_router_is_asked_whichever_device_answers(String location, String sender, String asked) {
        assertThat(LocationRule.check(location, ipv6(sender), ROUTE, Optional.of(GATEWAY))
                        .toOptional()
                        .orElseThrow()
                        .toUri())
                .hasToString(asked);
    }

    @Test
    void an_answer_from_another_network_is_not_followed() {
        assertThat(LocationRule.check(
                                "http://[2001:db8:9::1]:5000/x", ipv6("2001:db8:9::1"), ROUTE, Optional.of(GATEWAY))
                        .toOptional())
                .isEmpty();
        assertThat(LocationRule.check("https://[2001:db8::1]/x", ipv6("2001:db8::1"), ROUTE, Optional.of(GATEWAY))
                        .toOptional())
                .isEmpty();
    }
}
