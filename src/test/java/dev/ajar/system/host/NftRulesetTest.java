package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rulesets as {@code nft list ruleset} prints them. */
class NftRulesetTest {
    /** Which interfaces lead out is not known. */
    private static final NftLinks ANY = new NftLinks(Set.of());

    private static final NftLinks ETH0 = new NftLinks(Set.of("eth0"));

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

    /** What a ruleset does to a connection to port 25565 over IPv4. */
    private static String judged(String text, NftLinks links) {
        return LinuxHostInspectorTest.name(
                NftRuleset.parse(text).judge(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4, links));
    }

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
        assertThat(LinuxHostInspectorTest.name(
                        NftRuleset.parse(USUAL).judge(protocol, new Port(port), IpVersion.IPV4, ANY)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | open",
                "tcp dport 25565 drop | closed",
                "tcp dport != 22 drop | closed",
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

        assertThat(judged(text, ANY)).isEqualTo(verdict);
    }

    /** A rule that is not fully understood makes the answer unknown. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop | tcp dport @open_ports accept | unknown",
                "drop | tcp dport vmap { 22 : accept, 25565 : accept } | open",
                "drop | tcp dport vmap { 22 : accept, 80 : accept } | closed",
                "drop | tcp dport vmap @ports | unknown",
                "drop | ct state vmap { established : accept, related : accept, invalid : drop } | closed",
                "accept | ct state vmap { invalid : drop, new : drop } | closed",
                "drop | iifname { \"lo\", \"wg0\" } accept | unknown",
                "drop | fib daddr type local tcp dport 25565 accept | open",
                "accept | fib daddr type != local drop | open",
                "accept | fib saddr . iif oif missing drop | open",
                "drop | udp sport . udp dport { 68 . 67, 67 . 68 } accept | closed",
                "drop | ip saddr 100.101.102.103 iifname \"lo\" counter packets 1 bytes 2 accept | closed",
                "accept | ip saddr 100.64.0.0/10 iifname != \"tun0\" drop | open",
                "drop | ct status dnat accept | closed",
                "drop | icmp type echo-request accept | closed",
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
                "drop | meta l4proto { icmp, tcp } accept | open",
                "drop | meta l4proto { icmp, 6 } accept | open",
                "drop | meta l4proto { tcp, udp } accept | open",
                "drop | ip saddr 192.168.0.0/16 tcp dport 25565 accept | closed",
                "drop | ip saddr 8.8.8.8 tcp dport 25565 accept | unknown",
            })
    void an_unclear_rule_makes_the_answer_unknown(String policy, String rule, String verdict) {
        String text = "table ip filter {\n chain INPUT {\n type filter hook input priority 0; policy "
                + policy
                + ";\n "
                + rule.replace('^', '|')
                + "\n }\n}\n";

        assertThat(judged(text, ANY)).isEqualTo(verdict);
    }

    /** Named sets of plain values are read; those that change by themselves, or hold several values in one, are not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inet_service | elements = { 22, 25000-25600 } | tcp dport @s accept | open",
                "inet_service | elements = { 22, 80 } | tcp dport @s accept | closed",
                "inet_service | '' | tcp dport @s accept | closed",
                "inet_service | elements = { 22 timeout 1m expires 59s } | tcp dport @s accept | unknown",
                "inet_proto . inet_service | elements = { tcp . 22 } | meta l4proto . th dport @s accept | unknown",
                "ipv4_addr | elements = { 10.0.0.0/8, 192.168.0.0/16 } | ip saddr @s accept | closed",
                "ipv4_addr | elements = { 8.8.8.8 } | ip saddr @s accept | unknown",
                "inet_service | elements = { 25565 } | tcp dport @other accept | unknown",
                "inet_service | elements = { 25565 } | udp dport @other accept | closed",
            })
    void a_named_set_is_read(String type, String elements, String rule, String verdict) {
        String text = "table inet f {\n set s {\n type " + type + "\n flags interval\n " + elements
                + "\n }\n chain c {\n type filter hook input priority 0; policy drop;\n " + rule + "\n }\n}\n";

        assertThat(judged(text, ANY)).isEqualTo(verdict);
    }

    /** What is dropped before it is known where it goes never reaches the rules for this machine. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inet | type filter hook prerouting priority raw; | iifname \"eth0\" tcp dport 25565 drop | closed",
                "inet | type filter hook prerouting priority raw; | iifname \"tun0\" tcp dport 25565 drop | open",
                "netdev | type filter hook ingress device \"eth0\" priority filter; | tcp dport 25565 drop | closed",
                "netdev | type filter hook ingress device \"tun0\" priority filter; | tcp dport 25565 drop | open",
                "ip6 | type filter hook prerouting priority raw; | tcp dport 25565 drop | open",
                "inet | type nat hook prerouting priority dstnat; | tcp dport 25565 drop | open",
                "inet | type filter hook output priority filter; | tcp dport 25565 drop | open",
            })
    void what_is_dropped_early_is_dropped(String family, String head, String rule, String verdict) {
        String text = "table " + family + " t {\n chain c {\n " + head + " policy accept;\n " + rule + "\n }\n}\n";

        assertThat(judged(text, ETH0)).isEqualTo(verdict);
    }

    /** Each version of IP has tables of its own, and common ones. Rules for bridges see none of these packets. */
    @ParameterizedTest
    @CsvSource({"ip6, open, closed", "bridge, open, open", "inet, closed, closed", "ip, closed, open"})
    void only_the_families_that_see_the_packet_count(String family, String overIpv4, String overIpv6) {
        NftRuleset rules = NftRuleset.parse(
                "table " + family + " t {\n chain c {\n type filter hook input priority 0; policy drop;\n }\n}\n");

        for (IpVersion ipVersion : IpVersion.values()) {
            assertThat(LinuxHostInspectorTest.name(rules.judge(TransportProtocol.TCP, new Port(25565), ipVersion, ANY)))
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
            assertThat(LinuxHostInspectorTest.name(rules.judge(TransportProtocol.TCP, new Port(25565), ipVersion, ANY)))
                    .isEqualTo(ipVersion == IpVersion.IPV4 ? overIpv4 : overIpv6);
        }
    }

    /** What a server answers: of a known connection, to an address of the internet, by eth0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop | '' | kept",
                "accept | '' | out",
                "accept | drop | kept",
                "accept | oifname != \"tun0\" drop | kept",
                "accept | oifname \"tun0\" drop | out",
                "accept | ip daddr != { 10.0.0.0/8, 192.168.0.0/16 } drop | kept",
                "accept | oifname \"eth0\" tcp sport 25565 counter packets 0 bytes 0 drop | kept",
                "accept | tcp sport 22 drop | out",
                "accept | ip6 daddr ::/0 drop | out",
                "accept | ct state new drop | out",
                "accept | ct state established drop | kept",
                "accept | tcp dport 25 drop | out",
                "accept | meta skuid 1000 drop | out",
                "drop | ct state established,related accept | out",
                "drop | ct state { established, related } accept | out",
                "drop | oif \"lo\" accept | kept",
                "drop | oifname \"wg0\" accept | kept",
                "drop | oifname \"eth*\" accept | out",
                "drop | ip daddr { 10.0.0.0/8, 192.168.0.0/16, 224.0.0.0/4 } accept | kept",
                "drop | ip daddr 203.0.113.5 udp dport 51820 accept | kept",
                "drop | udp dport 51820 accept | kept",
                "drop | tcp dport { 80, 443 } accept | kept",
                "drop | tcp dport 1024-65535 accept | out",
                "drop | meta mark 0x00000001 accept | out",
                "drop | ip daddr 203.0.113.5 accept | out",
            })
    void answers_that_are_certain_to_be_dropped_are_told(String policy, String rule, String fate) {
        String text = "table inet ks {\n chain o {\n type filter hook output priority 0; policy " + policy + ";\n "
                + rule + "\n }\n}\n";
        NftRuleset rules = NftRuleset.parse(text);

        assertThat(rules.keepsAnswers(
                        TransportProtocol.TCP, new Port(25565), IpVersion.IPV4, new NftLinks(Set.of("eth0"))))
                .isEqualTo(
                        fate.equals("kept")
                                ? Optional.of(new FirewallState.KeepsAnswers(
                                        "nftables", "sudo nft insert rule inet ks o tcp sport 25565 accept"))
                                : Optional.empty());
    }

    /** Where the link that an answer leaves by is not certain, a rule by links is unclear, and nothing is told. */
    @Test
    void a_rule_by_links_is_certain_where_all_of_them_meet_it() {
        NftRuleset rules = NftRuleset.parse("""
                table ip ks {
                 chain o {
                  type filter hook output priority 0; policy accept;
                  oifname "eth0" drop
                 }
                }
                """);

        for (Set<String> links : List.of(Set.of("eth0", "wlan0"), Set.<String>of())) {
            assertThat(rules.keepsAnswers(TransportProtocol.TCP, new Port(1), IpVersion.IPV4, new NftLinks(links)))
                    .isEmpty();
        }
        assertThat(rules.keepsAnswers(TransportProtocol.TCP, new Port(1), IpVersion.IPV4, new NftLinks(Set.of("eth0"))))
                .isPresent();
        assertThat(rules.keepsAnswers(TransportProtocol.TCP, new Port(1), IpVersion.IPV6, new NftLinks(Set.of("eth0"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fib daddr type local tcp dport 25565 dnat to 172.17.0.2:25565 | true",
                "iifname != \"docker0\" meta l4proto tcp tcp dport 25565 counter packets 0 bytes 0 dnat ip to 172.17.0.2:25565 | true",
                "tcp dport 25565 redirect to :8080 | true",
                "tcp dport { 80, 25560-25570 } dnat to 10.0.3.2 | true",
                "ip daddr 192.168.77.10 tcp dport 25565 counter packets 0 bytes 0 xt target \"DNAT\" | true",
                "ip daddr != 127.0.0.0/8 tcp dport 25565 dnat to 172.17.0.2 | true",
                "ip daddr 127.0.0.1 iifname != \"docker0\" tcp dport 25565 dnat to 172.17.0.2:25565 | false",
                "ip daddr 127.0.0.0/8 tcp dport 25565 counter packets 0 bytes 0 xt target \"DNAT\" | false",
                "ip6 daddr ::1 tcp dport 25565 dnat to [fd00::2]:25565 | false",
                "iifname \"lo\" tcp dport 25565 redirect to :8080 | false",
                "udp dport 25565 dnat to 172.17.0.2 | false",
                "tcp dport 80 dnat to 172.17.0.2 | false",
                "tcp dport 25565 accept | false",
                "tcp sport 25565 dnat to 172.17.0.2 | false",
                "iifname \"wg0\" tcp dport 25565 dnat to 172.17.0.2 | false",
                "iifname { \"wg0\", \"eth0\" } tcp dport 25565 dnat to 172.17.0.2 | true",
                "iifname \"eth*\" tcp dport 25565 dnat to 172.17.0.2 | true",
                "ip6 daddr 2001:db8::1 tcp dport 25565 dnat to [fd00::2]:25565 | false",
            })
    void a_port_that_is_sent_on_needs_no_program_here(String rule, boolean sentOn) {
        String text = "table ip nat {\n chain DOCKER {\n " + rule + "\n }\n}\n";

        NftRuleset rules = NftRuleset.parse(text);
        assertThat(rules.sentOn(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4, ETH0)
                        .isPresent())
                .isEqualTo(sentOn);
        assertThat(rules.sentOn(TransportProtocol.TCP, new Port(25565), IpVersion.IPV6, ETH0)
                        .isPresent())
                .as("a table of IPv4 sends nothing of IPv6 on")
                .isFalse();
    }
}
