package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rulesets as {@code nft list ruleset} prints them. */
class NftRulesetTest {
    private static final String USUAL = """
            table inet filter {
            \tchain input {
            \t\ttype filter hook input priority filter; policy drop;
            \t\tct state established,related accept
            \t\tct state invalid drop
            \t\tiif "lo" accept
            \t\ticmp type echo-request accept
            \t\tip saddr 192.168.1.0/24 tcp dport 22 accept
            \t\ttcp dport { 80, 443, 25565-25570 } accept
            \t\tudp dport 19132 counter packets 0 bytes 0 accept
            \t\tjump games
            \t}
            \tchain games {
            \t\ttcp dport 7777 accept
            \t\ttcp dport 7778 reject with tcp reset
            \t}
            \tchain forward {
            \t\ttype filter hook forward priority filter; policy drop;
            \t}
            }
            """;

    @ParameterizedTest
    @CsvSource({
        "TCP, 443, open",
        "TCP, 25567, open",
        "TCP, 25571, closed",
        "TCP, 22, closed",
        "UDP, 19132, open",
        "UDP, 25565, closed",
        "TCP, 7777, open",
        "TCP, 7778, closed",
    })
    void a_policy_of_drop_with_exceptions(TransportProtocol protocol, int port, String verdict) {
        assertThat(LinuxHostInspectorTest.name(NftRuleset.parse(USUAL).judge(protocol, new Port(port), IpVersion.IPV4)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | open",
                "tcp dport 25565 drop | closed",
                "tcp dport != 22 drop | unknown",
                "iifname \"wlan0\" drop | unknown",
                "meta l4proto udp drop | open",
                "counter packets 1 bytes 2 drop | closed",
                "ct state new tcp dport 25565 accept | open",
                "tcp flags syn limit rate 5/second accept | open",
                "ip saddr 10.0.0.0/8 drop | open",
                "udp dport 25565 drop | open",
                "reject | closed",
                "log prefix \"x\" | open",
            })
    void a_policy_of_accept_and_one_rule(String rule, String verdict) {
        String text = "table ip filter {\n chain INPUT {\n type filter hook input priority 0; policy accept;\n "
                + rule
                + "\n }\n}\n";

        assertThat(LinuxHostInspectorTest.name(
                        NftRuleset.parse(text).judge(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4)))
                .isEqualTo(verdict);
    }

    /** A rule that is not fully understood makes the answer unknown. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop | tcp dport @open_ports accept | unknown",
                "drop | tcp dport vmap { 22 : accept, 25565 : accept } | unknown",
                "drop | meta l4proto . th dport { tcp . 25565 } accept | unknown",
                "drop | tcp flags & (fin^syn^rst^ack) != syn ct state new drop | closed",
                "accept | tcp flags & (fin^syn^rst^ack) != syn ct state new drop | unknown",
                "accept | tcp dport 25565 limit rate over 20/second drop | unknown",
                "accept | tcp dport 25565 ct count over 10 reject | unknown",
                "drop | iifname \"wg0\" tcp dport 25565 accept | unknown",
                "drop | ip daddr 10.8.0.1 tcp dport 25565 accept | unknown",
                "drop | ct state new udp dport 25565 accept | closed",
                "drop | ct state new tcp dport 25565 accept | open",
                "drop | tcp dport 25565 return | closed",
                "accept | tcp dport 25565 return | open",
                "drop | meta l4proto { icmp, ipv6-icmp } accept | closed",
                "drop | meta l4proto { esp, 112 } accept | closed",
                "drop | meta l4proto { icmp, tcp } accept | unknown",
                "drop | meta l4proto { icmp, 6 } accept | unknown",
                "drop | meta l4proto { tcp, udp } accept | unknown",
                "drop | ip saddr 192.168.0.0/16 tcp dport 25565 accept | closed",
                "drop | ip saddr 8.8.8.8 tcp dport 25565 accept | unknown",
            })
    void an_unclear_rule_makes_the_answer_unknown(String policy, String rule, String verdict) {
        String text = "table ip filter {\n chain INPUT {\n type filter hook input priority 0; policy "
                + policy
                + ";\n "
                + rule.replace('^', '|')
                + "\n }\n}\n";

        assertThat(LinuxHostInspectorTest.name(
                        NftRuleset.parse(text).judge(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4)))
                .isEqualTo(verdict);
    }

    /** Each version of IP has tables of its own, and common ones. Rules for bridges see none of these packets. */
    @ParameterizedTest
    @CsvSource({"ip6, open, closed", "bridge, open, open", "inet, closed, closed", "ip, closed, open"})
    void only_the_families_that_see_the_packet_count(String family, String overIpv4, String overIpv6) {
        NftRuleset rules = NftRuleset.parse(
                "table " + family + " t {\n chain c {\n type filter hook input priority 0; policy drop;\n }\n}\n");

        for (IpVersion ipVersion : IpVersion.values()) {
            assertThat(LinuxHostInspectorTest.name(rules.judge(TransportProtocol.TCP, new Port(25565), ipVersion)))
                    .isEqualTo(ipVersion == IpVersion.IPV4 ? overIpv4 : overIpv6);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp dport 25565 accept | open | open",
                "ip saddr 8.8.8.8 tcp dport 25565 accept | unknown | closed",
                "ip6 saddr 2001:db8::1 tcp dport 25565 accept | closed | unknown",
                "ip6 saddr fe80::/10 tcp dport 25565 accept | closed | closed",
                "ip6 saddr fd00::/8 accept | closed | closed",
                "meta nfproto ipv6 tcp dport 25565 accept | closed | open",
                "meta nfproto ipv4 tcp dport 25565 accept | open | closed",
                "icmpv6 type { nd-router-advert, nd-neighbor-solicit } accept | closed | closed"
            })
    void a_rule_may_be_for_one_version_of_ip(String rule, String overIpv4, String overIpv6) {
        NftRuleset rules = NftRuleset.parse(
                "table inet t {\n chain c {\n type filter hook input priority 0; policy drop;\n " + rule + "\n }\n}\n");

        for (IpVersion ipVersion : IpVersion.values()) {
            assertThat(LinuxHostInspectorTest.name(rules.judge(TransportProtocol.TCP, new Port(25565), ipVersion)))
                    .isEqualTo(ipVersion == IpVersion.IPV4 ? overIpv4 : overIpv6);
        }
    }
}
