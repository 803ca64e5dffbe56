package dev.ajar.mapping;

import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamCandidatesTest {
    private static final Set<InetAddress> NEAR = Set.of(ip("192.168.1.1"));

    private static List<String> candidates(String far, String hop) {
        return UpstreamCandidates.candidates(ip(far), Optional.ofNullable(hop).map(text -> ip(text)), NEAR).stream()
                .map(Addresses::text)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        // The next hop if it is known, otherwise the usual addresses of home routers.
        "192.168.0.7, 192.168.0.99, 192.168.0.99",
        "192.168.0.7, , 192.168.0.1 192.168.0.254",
        "10.20.30.1, , 10.20.30.254",
        // A provider's PCP server listens at the anycast address.
        "100.64.7.7, , 192.0.0.9",
        // Not the router that was asked already.
        "192.168.1.7, , 192.168.1.254"
    })
    void candidates_depend_on_the_inner_routers_address(String far, String hop, String expected) {
        assertThat(candidates(far, hop)).isEqualTo(Arrays.asList(expected.split(" ")));
    }

    @Test
    void a_public_hop_is_no_candidate() {
        assertThat(UpstreamCandidates.candidates(ip("192.168.0.7"), Optional.of(ip("8.8.8.8")), NEAR))
                .isEmpty();
    }

    @Test
    void over_ipv6_no_address_is_guessed() {
        assertThat(UpstreamCandidates.candidates(Addresses.ipv6("fd00::1").orElseThrow(), Optional.empty(), NEAR))
                .isEmpty();
    }
}
