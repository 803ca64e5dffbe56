package dev.ajar.gateway.upnp.description;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.NEIGHBOUR;
import static dev.ajar.testing.Samples.ROUTE;
import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Result;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationRuleTest {
    private static Result<RouterUrl> check(String location, InetAddress sender) {
        return LocationRule.check(location, sender, ROUTE, Optional.of(GATEWAY));
    }

    private static final String[] NASTY = {
        "http://127.0.0.1:1900/rootDesc.xml",
        "http://[::1]:1900/rootDesc.xml",
        "http://0.0.0.0/rootDesc.xml",
        "http://169.254.169.254/latest/meta-data",
        "http://8.8.8.8/rootDesc.xml",
        "http://192.168.77.99:1900/rootDesc.xml",
        "http://evil.example:1900/rootDesc.xml",
        "http://2130706433:1900/rootDesc.xml",
        "http://0x7f000001/rootDesc.xml",
        "http://0177.0.0.1/rootDesc.xml",
        "http://user:pw@10.0.0.1/rootDesc.xml",
        "http://192.168.77.99.:80/x",
    };

    @Test
    void the_gateways_own_answer_leads_to_the_gateway_whatever_it_says() {
        for (String location : NASTY) {
            check(location, GATEWAY)
                    .toOptional()
                    .ifPresent(url -> assertThat(url.host()).as(location).isEqualTo(GATEWAY));
        }
        assertThat(check("http://127.0.0.1:1900/rootDesc.xml", GATEWAY)
                        .toOptional()
                        .orElseThrow()
                        .toUri()
                        .toString())
                .isEqualTo("http://192.168.77.1:1900/rootDesc.xml");
    }

    @Test
    void a_location_of_a_neighbour_must_name_the_neighbour() {
        for (String location : NASTY) {
            assertThat(check(location, NEIGHBOUR)).as(location).isInstanceOf(Result.Err.class);
        }
        assertThat(check("http://192.168.77.1:5000/rootDesc.xml", NEIGHBOUR)).isInstanceOf(Result.Err.class);
        assertThat(check("http://192.168.77.11:5000/rootDesc.xml", NEIGHBOUR)).isInstanceOf(Result.Ok.class);
    }

    @Test
    void an_answer_from_outside_the_network_is_refused() {
        assertThat(check("http://10.1.2.3:5000/rootDesc.xml", ip("10.1.2.3"))).isInstanceOf(Result.Err.class);
    }

    /** A host whose address is its whole network, behind a gateway of another one, cannot know what is on its link. */
    @ParameterizedTest
    @CsvSource({"32, 10.1.2.3, true", "31, 10.1.2.3, true", "32, 8.8.8.8, false", "30, 10.1.2.3, false"})
    void where_the_own_address_is_the_whole_network_private_senders_may_be_on_the_link(
            int prefixLength, String sender, boolean heard) {
        LocalRoute alone = new LocalRoute("eth0", ip("192.168.77.10"), prefixLength, Optional.of(ip("10.255.255.1")));

        assertThat(LocationRule.check("http://" + sender + ":5000/rootDesc.xml", ip(sender), alone, alone.gateway()))
                .isInstanceOf(heard ? Result.Ok.class : Result.Err.class);
        // It may name itself alone, as on any network.
        assertThat(LocationRule.check("http://10.1.2.4:5000/rootDesc.xml", ip(sender), alone, alone.gateway()))
                .isInstanceOf(Result.Err.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://192.168.77.1/x",
                "ftp://192.168.77.1/x",
                "file:///etc/passwd",
                "",
                "rootDesc.xml",
                "http://192.168.77.1:22/x",
                "http://192.168.77.1:0/x",
                "http://192.168.77.1:70000/x"
            })
    void only_http_and_only_ports_that_may_be_a_web_server(String location) {
        assertThat(check(location, GATEWAY)).isInstanceOf(Result.Err.class);
    }
}
