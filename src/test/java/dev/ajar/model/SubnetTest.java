package dev.ajar.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.77/24, 192.168.1.0/24, 192.168.1.255, 192.168.2.0",
        "10.0.0.0/9, 10.0.0.0/9, 10.127.255.255, 10.128.0.0",
        "203.0.113.7, 203.0.113.7/32, 203.0.113.7, 203.0.113.6",
        "0.0.0.0/0, 0.0.0.0/0, 8.8.8.8, ::1",
        "2001:db8:1:2::9/61, 2001:db8:1::/61, 2001:db8:1:7::1, 2001:db8:1:8::1",
        "::/0, ::/0, fe80::1, 1.2.3.4"
    })
    void it_contains_the_addresses_that_share_its_bits(String text, String shown, String in, String out) {
        Subnet subnet = Subnet.parse(text).orElseThrow();

        assertThat(subnet).hasToString(shown);
        assertThat(subnet.contains(address(in))).isTrue();
        assertThat(subnet.contains(address(out))).isFalse();
    }

    private static java.net.InetAddress address(String text) {
        return Addresses.ipv4(text).or(() -> Addresses.ipv6(text)).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "1.2.3.4/",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/08x",
                "::/129",
                "camera/24",
                "1.2.3/24",
                "1.2.3.4/24/24"
            })
    void other_text_is_not_a_subnet(String text) {
        assertThat(Subnet.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "::, 0:0:0:0:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:1",
        "2001:DB8::1:2, 2001:db8:0:0:0:0:1:2",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1::, 1:0:0:0:0:0:0:0",
        "::ffff:192.0.2.1, 192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b:0:0:0:0:c000:221"
    })
    void ipv6_is_read(String text, String shown) {
        assertThat(Addresses.ipv6(text).orElseThrow().getHostAddress()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "::1.2.3",
                "1:2:3:4:5:6:7::8",
                "[::1]",
                "1.2.3.4",
                "::1 "
            })
    void malformed_ipv6_addresses_are_refused(String text) {
        assertThat(Addresses.ipv6(text)).isEmpty();
    }
}
