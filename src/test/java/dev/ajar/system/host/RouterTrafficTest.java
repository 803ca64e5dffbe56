package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What this machine's own rules do with what ajar asks the router, and with what it answers. */
class RouterTrafficTest {
    private static final InetAddress ROUTER = Samples.ip("192.168.1.1");
    private static final NftLinks LINKS = new NftLinks(Set.of("eth0"), """
            Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT
            tun0 00000000 00000000 0001 0 0 0 00000000 0 0 0
            eth0 0001A8C0 00000000 0001 0 0 0 00FFFFFF 0 0 0
            """);

    private static NftRuleset chain(String hook, String rules) {
        String head = "table inet own {\nchain c {\ntype filter hook " + hook + " priority filter; policy accept;\n";
        return NftRuleset.parse(head + rules.replace("; ", "\n") + "\n}\n}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "udp sport { 1900, 5351 } drop; ct state established accept",
                "udp sport 5351 drop",
                "udp sport 1024-6000 reject",
                "ip saddr 192.168.1.0/24 udp sport 1900 drop",
                "iifname \"eth0\" meta l4proto udp drop",
                "ct state { established, related } ip saddr 192.168.1.1 drop"
            })
    void answers_are_dropped(String rules) {
        assertThat(chain("input", rules).answersOf(ROUTER, Set.of(), LINKS))
                .isEqualTo(new FirewallState.Closed(
                        "nftables",
                        "sudo nft insert rule inet own c ip saddr 192.168.1.1 udp sport { 1900, 5351 } accept"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ct state established accept; udp sport { 1900, 5351 } drop",
                "udp dport { 1900, 5351 } drop",
                "udp sport 53 drop",
                "ip saddr 192.168.2.0/24 drop",
                "iifname \"wlan0\" drop",
                "ct state new drop",
                "tcp sport 5351 drop",
                "meta mark 1 udp sport 5351 drop"
            })
    void answers_are_not_certain_to_be_dropped(String rules) {
        assertThat(chain("input", rules).answersOf(ROUTER, Set.of(), LINKS)).isEqualTo(new FirewallState.Open());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udp dport { 1900, 5351 } drop | true",
                "ip daddr 192.168.1.1 reject | true",
                "oifname \"eth0\" meta l4proto udp drop | true",
                "ct state established drop | false",
                "udp sport { 1900, 5351 } drop | false",
                "ip daddr 192.168.2.1 drop | false",
                "oifname \"tun0\" drop | false"
            })
    void questions_are_kept_in(String rules, boolean kept) {
        String command = "sudo nft insert rule inet own c ip daddr { 192.168.1.1, 239.255.255.250 } accept";

        assertThat(chain("output", rules.strip()).questionsTo(ROUTER, Set.of(), LINKS))
                .isEqualTo(kept ? new FirewallState.Closed("nftables", command) : new FirewallState.Open());
    }

    /** Descriptions and requests of UPnP are at a port of the router's choice. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "output | tcp dport 5000 drop | ip daddr { 192.168.1.1, 239.255.255.250 }",
                "output | meta l4proto tcp reject | ip daddr { 192.168.1.1, 239.255.255.250 }",
                "output | tcp dport 5001 drop |",
                "input | tcp sport 5000 drop | ip saddr 192.168.1.1 tcp sport 5000 ct state established",
                "input | ct state established accept; meta l4proto tcp drop |"
            })
    void pages_are_asked_by_tcp(String hook, String rules, String let) {
        NftRuleset own = chain(hook, rules);
        Set<Port> pages = Set.of(new Port(5000));

        FirewallState state =
                hook.equals("output") ? own.questionsTo(ROUTER, pages, LINKS) : own.answersOf(ROUTER, pages, LINKS);

        assertThat(state)
                .isEqualTo(
                        let == null
                                ? new FirewallState.Open()
                                : new FirewallState.Closed(
                                        "nftables", "sudo nft insert rule inet own c " + let + " accept"));
        assertThat(own.questionsTo(ROUTER, Set.of(), LINKS)).isEqualTo(new FirewallState.Open());
    }

    @Test
    void the_older_program_has_its_own_command() {
        String saved = """
                *filter
                :INPUT ACCEPT [0:0]
                :OUTPUT ACCEPT [0:0]
                -A INPUT -p udp -m multiport --sports 1900,5351 -j DROP
                -A INPUT -p tcp --sport 5000 -j DROP
                -A OUTPUT -p udp -m multiport --dports 1900,5351 -j DROP
                COMMIT
                """;
        NftRuleset rules = NftRuleset.parse(IptablesText.asNft(saved, IpVersion.IPV4));

        assertThat(rules.answersOf(ROUTER, Set.of(), LINKS))
                .isEqualTo(new FirewallState.Closed(
                        "iptables-legacy",
                        "sudo iptables-legacy -I INPUT -s 192.168.1.1"
                                + " -p udp -m multiport --sports 1900,5351 -j ACCEPT"));
        assertThat(rules.questionsTo(ROUTER, Set.of(), LINKS))
                .isEqualTo(new FirewallState.Closed(
                        "iptables-legacy", "sudo iptables-legacy -I OUTPUT -d 192.168.1.1,239.255.255.250 -j ACCEPT"));
    }
}
