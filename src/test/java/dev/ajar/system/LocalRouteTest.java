package dev.ajar.system;

import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRouteTest {
    @ParameterizedTest
    @CsvSource({
        "24, 192.168.77.200, true",
        "24, 192.168.78.10, false",
        "25, 192.168.77.200, false",
        "16, 192.168.200.1, true",
        "32, 192.168.77.11, false",
        "0, 8.8.8.8, true"
    })
    void it_reaches_its_own_network(int prefix, String address, boolean reached) {
        assertThat(new LocalRoute("eth0", HERE, prefix, Optional.empty()).reaches(ip(address)))
                .isEqualTo(reached);
    }

    @Test
    void the_last_address_is_broadcast() {
        LocalRoute route = new LocalRoute("eth0", HERE, 24, Optional.empty());

        assertThat(route.isBroadcast(ip("192.168.77.255"))).isTrue();
        assertThat(route.isBroadcast(ip("192.168.77.254"))).isFalse();
        assertThat(route.isBroadcast(ip("192.168.78.255"))).isFalse();
    }
}
