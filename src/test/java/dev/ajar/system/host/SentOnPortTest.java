package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports that this machine sends on to containers or to other ports of its own, and its firewall. */
class SentOnPortTest {
    private static final String ROUTES = """
            Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask
            eth0\t00000000\t014DA8C0\t0003\t0\t0\t0\t00000000
            docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF
            """;

    @TempDir
    Path root = Path.of(".");

    /**
     * What a container publishes is not judged by the rules for this machine itself, but by those for what it sends on.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dnat to 172.17.0.2:80 | policy drop; | '' | closed",
                "dnat to 172.17.0.2:80 | policy accept; | '' | open",
                "dnat to 172.17.0.2:80 | policy drop; | ip daddr 172.17.0.2 iifname != \"docker0\" oifname \"docker0\" tcp dport 80 accept | open",
                "dnat to 172.17.0.2:80 | policy drop; | ip daddr 172.17.0.3 tcp dport 80 accept | closed",
                "dnat to 172.17.0.2:80 | policy drop; | ct status dnat accept | open",
                "dnat to 172.17.0.2:80 | policy accept; | iifname \"eth0\" oifname \"docker0\" counter packets 3 bytes 180 drop | closed",
                "dnat to 172.17.0.2:80 | policy accept; | iifname != \"br-1\" oifname \"br-1\" drop | open",
                "dnat to 172.17.0.2:80 | policy accept; | meta mark 0x1 drop | unknown",
                "dnat to 172.17.0.2 | policy drop; | tcp dport 25565 accept | open",
                "counter xt target \"DNAT\" | policy drop; | ip daddr 172.17.0.2 tcp dport 80 accept | unknown"
            })
    void a_port_that_is_sent_on_is_judged_where_it_is_sent_on(String target, String policy, String rule, String verdict)
            throws IOException {
        LinuxHostInspectorTest.file(root, "proc/net/route", ROUTES);
        LinuxHostInspector container =
                LinuxHostInspectorTest.inspector(root, () -> Optional.of("""
                table ip nat {
                \tchain pre {
                \t\ttype nat hook prerouting priority dstnat; policy accept;
                \t\ttcp dport 25565 %s
                \t}
                }
                table ip filter {
                \tchain i {
                \t\ttype filter hook input priority filter; policy drop;
                \t}
                \tchain f {
                \t\ttype filter hook forward priority filter; %s
                \t\tjump user
                \t}
                \tchain user {
                \t\t%s
                \t}
                }
                """.formatted(target, policy, rule)));

        FirewallState state = container.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4);

        assertThat(LinuxHostInspectorTest.name(state)).isEqualTo(verdict);
        assertThat(LinuxHostInspectorTest.name(
                        container.firewall(TransportProtocol.TCP, new Port(25566), IpVersion.IPV4)))
                .isEqualTo("closed");
        if (state instanceof FirewallState.Closed closed) {
            assertThat(closed.remedy()).startsWith("sudo nft insert rule ip filter f ct status dnat tcp dport 80");
        }
    }

    @Test
    void a_port_that_is_sent_to_another_port_here_is_judged_by_that_one() {
        LinuxHostInspector redirecting = LinuxHostInspectorTest.inspector(root, () -> Optional.of("""
                table ip nat {
                \tchain pre {
                \t\ttype nat hook prerouting priority dstnat; policy accept;
                \t\ttcp dport 80 redirect to :8080
                \t\ttcp dport 81 redirect to :8081
                \t}
                }
                table inet filter {
                \tchain i {
                \t\ttype filter hook input priority filter; policy drop;
                \t\ttcp dport 8080 accept
                \t}
                }
                """));

        assertThat(LinuxHostInspectorTest.name(
                        redirecting.firewall(TransportProtocol.TCP, new Port(80), IpVersion.IPV4)))
                .isEqualTo("open");
        assertThat(redirecting.firewall(TransportProtocol.TCP, new Port(81), IpVersion.IPV4))
                .isEqualTo(new FirewallState.Closed(
                        "nftables", "sudo nft insert rule inet filter i tcp dport 8081 accept"));
        assertThat(LinuxHostInspectorTest.name(
                        redirecting.firewall(TransportProtocol.TCP, new Port(80), IpVersion.IPV6)))
                .isEqualTo("closed");
        assertThat(redirecting.redirection(TransportProtocol.TCP, new Port(80), IpVersion.IPV4))
                .contains(new Redirection(Optional.of(new Port(8080))));
        assertThat(redirecting.redirection(TransportProtocol.TCP, new Port(80), IpVersion.IPV6))
                .isEmpty();
        assertThat(redirecting.redirection(TransportProtocol.UDP, new Port(80), IpVersion.IPV4))
                .isEmpty();
    }

    /** A kernel may have rules of both kinds; nft shows its own alone. */
    @Test
    void what_the_older_kind_of_rules_does_beside_nftables_cannot_be_told() throws IOException {
        LinuxHostInspectorTest.file(root, "proc/net/ip_tables_names", "filter\n");
        LinuxHostInspector both = LinuxHostInspectorTest.inspector(root, () -> Optional.of("""
                table inet f {
                \tchain i {
                \t\ttype filter hook input priority filter; policy accept;
                \t\ttcp dport 22 drop
                \t}
                }
                """));

        assertThat(both.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4))
                .isEqualTo(new FirewallState.Unknown(Message.of("system.nft-unclear"), "sudo iptables-legacy -S"));
        assertThat(LinuxHostInspectorTest.name(both.firewall(TransportProtocol.TCP, new Port(22), IpVersion.IPV4)))
                .isEqualTo("closed");
        assertThat(LinuxHostInspectorTest.name(both.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV6)))
                .isEqualTo("open");
    }
}
