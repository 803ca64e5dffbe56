package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of a machine, with lines as real machines have them. */
class LinuxHostInspectorTest {
    @TempDir
    Path root = Path.of("");

    /** No port is free, as far as it can tell. */
    static LinuxHostInspector inspector(Path root, Supplier<Optional<String>> ruleset) {
        return new LinuxHostInspector(root, ruleset, (protocol, at, port) -> false);
    }

    private LinuxHostInspector host = inspector(Path.of("/nowhere"), Optional::empty);

    @BeforeEach
    void plain() {
        host = inspector(root, () -> Optional.of(""));
    }

    private void file(String name, String text) throws IOException {
        file(root, name, text);
    }

    static void file(Path root, String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    /** A command reads it while the router is asked. */
    @Test
    void what_is_read_ahead_stays_as_it_was() throws IOException {
        String socket =
                "   0: 00000000:63DD 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 34567\n";
        file("proc/net/tcp", "  sl  local_address\n" + socket);
        List<String> rules = new ArrayList<>(List.of("", "unreadable"));
        HostInspector ahead =
                inspector(root, () -> Optional.of(rules.removeFirst())).readAhead();

        assertThat(ahead.listeners()).hasValueSatisfying(all -> assertThat(all).hasSize(1));
        file("proc/net/tcp", "  sl  local_address\n" + socket + socket);

        assertThat(ahead.listeners()).hasValueSatisfying(all -> assertThat(all).hasSize(1));
        assertThat(host.listeners()).hasValueSatisfying(all -> assertThat(all).hasSize(2));
        for (int port : List.of(25565, 8080)) {
            assertThat(ahead.firewall(TransportProtocol.TCP, new Port(port), IpVersion.IPV4))
                    .isInstanceOf(FirewallState.Open.class);
        }
        assertThat(rules).hasSize(1);
    }

    @Test
    void listeners_are_read_from_proc() throws IOException {
        file("proc/net/tcp", """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000   110        0 23456
                   1: 00000000:63DD 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 34567
                   2: 1401A8C0:01BB 0101A8C0:C350 01 00000000:00000000 00:00000000 00000000  1000        0 45678
                """);
        file("proc/net/tcp6", """
                  sl  local_address                         remote_address                        st
                   0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000
                """);
        file("proc/net/udp", """
                  sl  local_address rem_address   st tx_queue rx_queue
                  77: 1401A8C0:69A7 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 999
                """);

        List<ListeningSocket> all = host.listeners().orElseThrow();

        assertThat(all)
                .extracting(one -> one.protocol() + " " + one.address().getHostAddress() + " " + one.port())
                .containsExactlyInAnyOrder(
                        "TCP 127.0.0.1 3306", "TCP 0.0.0.0 25565", "TCP 0:0:0:0:0:0:0:0 22", "UDP 192.168.1.20 27047");
        assertThat(all.getFirst().isLoopback()).isTrue();
        assertThat(all.stream().filter(one -> one.port().number() == 22))
                .allMatch(
                        one -> one.isReachableAt(Addresses.ipv4("192.168.1.20").orElseThrow()));
    }

    @Test
    void a_system_without_such_files_shows_nothing_and_says_so() {
        assertThat(host.listeners()).isEmpty();
    }

    @Test
    void invalid_lines_in_the_table_are_ignored() throws IOException {
        file("proc/net/tcp", "head\nx\n 0: zz:zz 0:0 0A\n 1: 0100007F: 0:0 0A\n 2: 0100007F:0000 0:0 0A\n");

        assertThat(host.listeners()).contains(List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, 25565, open",
        "tcp, 25570, open",
        "tcp, 25580, closed",
        "udp, 25565, closed",
        "udp, 19132, open",
        "tcp, 22, closed",
        "tcp, 8080, closed",
        "tcp, 443, open",
        "tcp, 2222, open",
        "tcp, 7000, unknown",
        "tcp, 7001, closed",
    })
    void ufws_rules_are_read(String protocol, int port, String verdict) throws IOException {
        file("etc/ufw/ufw.conf", "# /etc/ufw/ufw.conf\nENABLED=yes\nLOGLEVEL=low\n");
        file("etc/default/ufw", "IPV6=yes\nDEFAULT_INPUT_POLICY=\"DROP\"\n");
        file("etc/ufw/user.rules", """
                *filter
                ### tuple ### allow tcp 25565:25570 0.0.0.0/0 any 0.0.0.0/0 in
                -A ufw-user-input -p tcp -m multiport --dports 25565:25570 -j ACCEPT
                ### tuple ### allow any 19132 0.0.0.0/0 any 0.0.0.0/0 in
                ### tuple ### allow tcp 22 0.0.0.0/0 any 192.168.1.0/24 in
                ### tuple ### deny tcp 8080 0.0.0.0/0 any 0.0.0.0/0 in
                ### tuple ### allow tcp 8080 0.0.0.0/0 any 0.0.0.0/0 in
                ### tuple ### allow tcp 80,443 0.0.0.0/0 any 0.0.0.0/0 Nginx%20Full - in
                ### tuple ### limit tcp 2222 0.0.0.0/0 any 0.0.0.0/0 in
                ### tuple ### allow tcp 7000 0.0.0.0/0 any 0.0.0.0/0 in_wg0
                ### tuple ### route:allow any any 0.0.0.0/0 any 0.0.0.0/0 in_wg0!out_eth0
                """);

        assertThat(name(host.firewall(protocol(protocol), new Port(port), IpVersion.IPV4)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"yes, 25565, open", "yes, 22, closed", "no, 25565, unknown"})
    void ufw_has_rules_of_their_own_for_ipv6(String on, int port, String verdict) throws IOException {
        file("etc/ufw/ufw.conf", "ENABLED=yes\n");
        file("etc/default/ufw", "IPV6=" + on + "\nDEFAULT_INPUT_POLICY=\"DROP\"\n");
        file("etc/ufw/user.rules", "### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n");
        file("etc/ufw/user6.rules", "### tuple ### allow tcp 25565 ::/0 any ::/0 in\n");

        assertThat(name(host.firewall(TransportProtocol.TCP, new Port(port), IpVersion.IPV6)))
                .isEqualTo(verdict);
    }

    @Test
    void ufw_whose_rules_only_root_may_read_is_unknown() throws IOException {
        file("etc/ufw/ufw.conf", "ENABLED=yes\n");

        assertThat(host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4))
                .isInstanceOfSatisfying(
                        FirewallState.Unknown.class,
                        unknown -> assertThat(unknown.look()).isEqualTo("sudo ufw status"));
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, 25565, open",
        "tcp, 27017, open",
        "udp, 25565, closed",
        "tcp, 80, closed",
        "tcp, 22, unknown",
        "tcp, 8080, closed"
    })
    void firewallds_zone_is_read(String protocol, int port, String verdict) throws IOException {
        file("run/firewalld.pid", "77");
        file("etc/firewalld/firewalld.conf", "DefaultZone=home\n");
        file(
                "etc/firewalld/zones/home.xml",
                "<zone><service name=\"ssh\"/><port port=\"25565\" protocol=\"tcp\"/>"
                        + "<port protocol=\"tcp\" port=\"27015-27020\"/>"
                        + "<rule family=\"ipv4\"><source address=\"192.168.1.0/24\"/><port port=\"8080\" protocol=\"tcp\"/>"
                        + "<accept/></rule></zone>");

        assertThat(name(host.firewall(protocol(protocol), new Port(port), IpVersion.IPV4)))
                .isEqualTo(verdict);
    }

    @Test
    void firewalld_whose_settings_only_root_may_read_is_unknown() throws IOException {
        file("run/firewalld.pid", "77");
        file("usr/lib/firewalld/zones/public.xml", "<zone><service name=\"ssh\"/></zone>");

        assertThat(host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4))
                .isInstanceOf(FirewallState.Unknown.class);
    }

    @Test
    void a_service_that_may_include_the_port_is_not_closed() throws IOException {
        file("run/firewalld.pid", "77");
        file("etc/firewalld/firewalld.conf", "DefaultZone=public\n");
        file("etc/firewalld/zones/public.xml", "<zone><service name=\"minecraft\"/></zone>");

        assertThat(name(host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4)))
                .isEqualTo("unknown");
    }

    /** Its line is about what is dropped: answers to the search, or the router's pages. */
    @ParameterizedTest
    @CsvSource({"udp sport 1900 drop, udp, '1900,5351'", "tcp sport 5000 drop, tcp, 5000"})
    void ufws_line_lets_in_what_is_dropped(String rule, String protocol, String ports) throws IOException {
        file("etc/ufw/ufw.conf", "ENABLED=yes\n");
        HostInspector behind = inspector(
                root,
                () -> Optional.of(
                        "table inet own {\nchain c {\ntype filter hook input priority filter; policy accept;\n" + rule
                                + "\n}\n}\n"));

        assertThat(behind.answersOf(Samples.GATEWAY, Set.of(new Port(5000))))
                .isEqualTo(new FirewallState.Closed(
                        "ufw", "sudo ufw allow proto " + protocol + " from 192.168.77.1 port " + ports));
    }

    /** Docker's rules let in published ports, whatever other rules say. */
    @Test
    void beside_containers_closed_is_not_certain() throws IOException {
        file("etc/ufw/ufw.conf", "ENABLED=yes\n");
        file("etc/ufw/user.rules", "*filter\n");
        assertThat(name(host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4)))
                .isEqualTo("closed");

        file("sys/class/net/lan0/bridge/stp_state", "0");
        file("sys/class/net/lan0/brif/enp3s0/state", "3");
        file("sys/class/net/enp3s0/device/vendor", "0x8086");
        file("sys/class/net/docker0/mtu", "1500");
        assertThat(name(host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4)))
                .as("a bridge with a network card is a LAN, and what is no bridge is none, whatever it is called")
                .isEqualTo("closed");

        file("sys/class/net/services/bridge/stp_state", "0");
        file("sys/class/net/services/brif/veth1234/state", "3");
        assertThat(name(host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4)))
                .isEqualTo("unknown");

        file("proc/net/route", """
                Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask
                services\t00000000\t0100A8C0\t0003\t0\t0\t0\t00000000
                """);
        assertThat(name(host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4)))
                .as("the bridge that leads out is the home")
                .isEqualTo("closed");
    }

    @Test
    void rules_of_the_older_kind_are_not_shown_by_nft() throws IOException {
        file("proc/net/ip_tables_names", "filter\n");

        assertThat(name(host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4)))
                .isEqualTo("unknown");
    }

    private static TransportProtocol protocol(String name) {
        return name.equals("tcp") ? TransportProtocol.TCP : TransportProtocol.UDP;
    }

    /** A VPN's firewall that is left on lets out what goes into the tunnel, which is not there, and to the home. */
    @ParameterizedTest
    @CsvSource({"00000000, keeps answers", "00FFFFFF, open"})
    void answers_are_judged_by_the_links_that_lead_out(String mask, String verdict) throws IOException {
        file(
                "proc/net/route",
                "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n"
                        + "eth0\t00000000\t0100A8C0\t0003\t0\t0\t0\t" + mask + "\n");
        LinuxHostInspector kept = inspector(root, () -> Optional.of("""
                table inet ks {
                \tchain o {
                \t\ttype filter hook output priority filter; policy drop;
                \t\toif "lo" accept
                \t\toifname "tun0" accept
                \t\tip daddr { 10.0.0.0/8, 192.168.0.0/16 } accept
                \t}
                }
                """));

        assertThat(name(kept.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4)))
                .isEqualTo(verdict);
    }

    static String name(FirewallState verdict) {
        return switch (verdict) {
            case FirewallState.Open ignored -> "open";
            case FirewallState.Closed ignored -> "closed";
            case FirewallState.KeepsAnswers ignored -> "keeps answers";
            case FirewallState.Unknown ignored -> "unknown";
        };
    }

    @Test
    void neighbours_and_containers_are_seen() throws IOException {
        file("proc/net/arp", """
                IP address       HW type     Flags       HW address            Mask     Device
                192.168.1.1      0x1         0x2         00:0c:42:11:22:33     *        eth0
                192.168.1.9      0x1         0x0         00:00:00:00:00:00     *        eth0
                """);

        assertThat(host.neighbour(Addresses.ipv4("192.168.1.1").orElseThrow())).contains("00:0c:42:11:22:33");
        assertThat(host.neighbour(Addresses.ipv4("192.168.1.9").orElseThrow())).isEmpty();
        assertThat(host.isContainer()).isFalse();
        file(".dockerenv", "");
        assertThat(host.isContainer()).isTrue();
    }
}
