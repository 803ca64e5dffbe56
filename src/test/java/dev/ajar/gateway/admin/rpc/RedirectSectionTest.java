package dev.ajar.gateway.admin.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.RouterRule;
import dev.ajar.model.TransportProtocol;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections as the router's own firewall reads them. */
class RedirectSectionTest {
    private static final Set<TransportProtocol> BOTH = EnumSet.allOf(TransportProtocol.class);

    private static RouterRule rule(Map<String, Object> options) {
        return new RedirectSection(options).rule("cfg01", true).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, TCP UDP, 80",
                "tcp, TCP, 80",
                "TCP, TCP, 80",
                "6, TCP, 80",
                "17, UDP, 80",
                "tcp udp, TCP UDP, 80",
                "tcpudp, TCP UDP, 80",
                "udp icmp, UDP, 80",
                "esp, '', 80",
                "16, '', 80",
                "all, TCP UDP, 1-65535",
                "any, TCP UDP, 1-65535",
                "*, TCP UDP, 1-65535",
                "tcp any, TCP UDP, 1-65535",
                "!icmp, TCP UDP, 1-65535"
            })
    void protocols_are_names_numbers_and_words_for_all(String proto, String protocols, String ports) {
        RouterRule rule = rule(proto == null ? Map.of("src_dport", "80") : Map.of("src_dport", "80", "proto", proto));
        assertThat(rule.protocols().stream().map(Enum::name).sorted()).isEqualTo(words(protocols));
        assertThat(rule.external().text()).isEqualTo(ports);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    @Test
    void a_list_is_as_good_as_a_text() {
        assertThat(rule(Map.of("src_dport", "80", "proto", List.of("tcp", "udp")))
                        .protocols())
                .isEqualTo(BOTH);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "on, true", "yes, true", "true, true", "0, false", "off, false", "no, false", "maybe, false"
    })
    void what_is_no_yes_has_no_effect(String enabled, boolean effective) {
        assertThat(rule(Map.of("src_dport", "80", "enabled", enabled)).enabled())
                .isEqualTo(effective);
        assertThat(rule(Map.of("src_dport", "80")).enabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"DNAT, true", "dnat, true", "SNAT, false", "snat, false", "s, false", "'', true", "ACCEPT, true"})
    void every_target_but_one_leads_inside(String target, boolean forward) {
        assertThat(new RedirectSection(Map.of("target", target)).isForward()).isEqualTo(forward);
    }

    @ParameterizedTest
    @CsvSource({
        "ipv4, 192.168.1.9, true",
        "any, 192.168.1.9, true",
        "inet, 192.168.1.9, true",
        "'', 192.168.1.9, true",
        "ipv6, '', false",
        "inet6, '', false",
        "'', fd00::9, false"
    })
    void the_family_is_said_or_follows_from_the_address(String family, String inside, boolean ipv4) {
        assertThat(new RedirectSection(Map.of("family", family, "dest_ip", inside)).isIpv4())
                .isEqualTo(ipv4);
    }

    @Test
    void what_cannot_be_read_is_no_rule() {
        assertThat(new RedirectSection(Map.of("src_dport", "!80")).rule("cfg01", true))
                .isEmpty();
        assertThat(new RedirectSection(Map.of("src_dport", "80")).rule(" ", true))
                .isEmpty();
        assertThat(new RedirectSection("redirect").rule("cfg01", true)).isPresent();
    }
}
