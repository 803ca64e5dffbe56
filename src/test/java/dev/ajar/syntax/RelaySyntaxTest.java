package dev.ajar.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaySyntaxTest {
    private static String written(RelayPortRequest desired) {
        return desired.protocol().label()
                + " "
                + desired.external()
                + (desired.listen().equals(desired.external()) ? "" : "@" + desired.listen())
                + " "
                + desired.device();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8554:192.168.1.20:554|tcp 8554 192.168.1.20:554",
                "8554:192.168.1.20|tcp 8554 192.168.1.20:8554",
                "3074:192.168.1.30/udp|udp 3074 192.168.1.30:3074",
                "3074:192.168.1.30/both|tcp 3074 192.168.1.30:3074, udp 3074 192.168.1.30:3074",
                "80@8080:192.168.1.20:80|tcp 80@8080 192.168.1.20:80",
                "50000-50001:192.168.1.40|tcp 50000 192.168.1.40:50000, tcp 50001 192.168.1.40:50001",
                "5000-5001:192.168.1.40:6000-6001|tcp 5000 192.168.1.40:6000, tcp 5001 192.168.1.40:6001"
            })
    void rules_are_read(String rule, String expected) throws InvalidInputException {
        assertThat(RelaySyntax.parse(List.of(rule), false).stream()
                        .map(RelaySyntaxTest::written)
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8554|false|8554",
                "8554|true|udp 8554",
                "8554/udp|false|udp 8554",
                "8554/both|true|tcp 8554, udp 8554",
                "tcp/8554|true|tcp 8554",
                "5000-5001|false|5000, 5001",
                "5000,5002/tcp 5000|false|5000, tcp 5002",
                "80@8080:192.168.1.20:554/udp|false|udp 80",
                "8554:192.168.1.20:554|false|8554"
            })
    void running_relays_are_named_by_their_external_ports(String words, boolean udp, String expected)
            throws InvalidInputException {
        assertThat(RelaySyntax.named(List.of(words.split(" ")), udp).stream()
                        .map(RelayPort::toString)
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"camera|is not a port", "0|ports go from", "8554/icmp|tcp, udp or both", "1-200|more than 100"})
    void a_relay_that_cannot_be_named_so_is_refused(String word, String what) {
        assertThatThrownBy(() -> RelaySyntax.named(List.of(word), false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8554|is not a rule",
                "8554:554|names no device",
                "8554::554|names no device",
                "8554:camera:554|not a name",
                "8554:192.168.1.20:554:1|IPv4",
                "8554:[fd00::20]:554|IPv4",
                "0:192.168.1.20:554|ports go from",
                "8554:192.168.1.20:70000|ports go from",
                "8554:192.168.1.20:554/icmp|tcp, udp or both",
                "5000-5002:192.168.1.40:6000-6001|same number",
                "1@2@3:192.168.1.20|is not a rule",
                "8554:192.168.1.20 8554:192.168.1.21|is named twice",
                "1@8080:192.168.1.20 2@8080:192.168.1.20|is named twice",
                "1-200:192.168.1.20|more than 100"
            })
    void a_malformed_rule_is_refused_with_its_mistake(String rules, String what) {
        assertThatThrownBy(() -> RelaySyntax.parse(List.of(rules.split(" ")), false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(what);
    }
}
