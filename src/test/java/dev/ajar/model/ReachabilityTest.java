package dev.ajar.model;

import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachabilityTest {
    @ParameterizedTest
    @CsvSource({
        "11.22.33.1, PUBLIC",
        "203.0.113.7, PUBLIC",
        "9.255.255.255, PUBLIC",
        "10.0.0.1, PRIVATE",
        "172.15.255.255, PUBLIC",
        "172.16.0.0, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.0, PUBLIC",
        "192.168.1.1, PRIVATE",
        "169.254.10.1, PRIVATE",
        "127.0.0.1, PRIVATE",
        "198.18.0.1, PRIVATE",
        "198.20.0.1, PUBLIC",
        "224.0.0.1, PRIVATE",
        "255.255.255.255, PRIVATE",
        "100.63.255.255, PUBLIC",
        "100.64.0.0, CARRIER_GRADE",
        "100.127.255.255, CARRIER_GRADE",
        "100.128.0.0, PUBLIC",
        "192.0.0.2, CARRIER_GRADE",
        "0.0.0.0, UNKNOWN",
    })
    void addresses_are_judged_by_their_block(String address, Reachability expected) {
        assertThat(Reachability.of(Optional.of(ip(address)))).isEqualTo(expected);
    }

    @Test
    void a_missing_address_is_unknown() {
        assertThat(Reachability.of(Optional.empty())).isEqualTo(Reachability.UNKNOWN);
    }
}
