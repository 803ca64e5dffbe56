package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What Windows and macOS print, the former in any language. */
class NetstatTextTest {
    private static final String WINDOWS = """

            Aktive Verbindungen

              Proto  Lokale Adresse         Remoteadresse          Status
              TCP    0.0.0.0:25565          0.0.0.0:0              ABHÖREN
              TCP    127.0.0.1:5040         0.0.0.0:0              ABHÖREN
              TCP    192.168.1.20:50123     93.184.216.34:443      HERGESTELLT
              TCP    [::]:25566             [::]:0                 ABHÖREN
              UDP    0.0.0.0:19132          *:*
              UDP    [fe80::1%12]:1900      *:*
            """;

    private static final String MACOS = """
            Active Internet connections (including servers)
            Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
            tcp4       0      0  192.168.1.20.50123     93.184.216.34.443      ESTABLISHED
            tcp46      0      0  *.25565                *.*                    LISTEN
            tcp4       0      0  127.0.0.1.631          *.*                    LISTEN
            tcp6       0      0  ::1.631                *.*                    LISTEN
            udp4       0      0  *.19132                *.*
            udp6       0      0  fe80::1%lo0.123        *.*
            Active Multipath Internet connections
            """;

    private static List<String> seen(String text) {
        return NetstatText.parse(text).stream()
                .map(socket ->
                        socket.protocol().label() + " " + socket.address().getHostAddress() + " "
                                + socket.port().number())
                .toList();
    }

    @Test
    void windows_listeners_are_read_in_any_language() {
        assertThat(seen(WINDOWS))
                .containsExactly(
                        "tcp 0.0.0.0 25565",
                        "tcp 127.0.0.1 5040",
                        "tcp 0:0:0:0:0:0:0:0 25566",
                        "udp 0.0.0.0 19132",
                        "udp fe80:0:0:0:0:0:0:1 1900");
    }

    @Test
    void macos_listeners_are_read() {
        assertThat(seen(MACOS))
                .containsExactly(
                        "tcp 0.0.0.0 25565",
                        "tcp 127.0.0.1 631",
                        "tcp 0:0:0:0:0:0:0:1 631",
                        "udp 0.0.0.0 19132",
                        "udp fe80:0:0:0:0:0:0:1 123");
    }

    @Test
    void nonsense_is_no_listener_and_no_name_is_looked_up() {
        assertThat(seen("""
                        TCP evil.example:80 0.0.0.0:0 LISTENING
                        TCP 1.2.3.4:99999 0.0.0.0:0 X
                        TCP
                        TCP : 0.0.0.0:0
                        TCP 1.2.3:0 0.0.0.0:0
                        """)).isEmpty();
        for (HostInspector host : both(command -> Optional.of("?"))) {
            assertThat(host.listeners()).isEmpty();
        }
        for (HostInspector host : both(command -> Optional.empty())) {
            assertThat(host.listeners()).isEmpty();
        }
    }

    private static WindowsHostInspector windows(Function<List<String>, Optional<String>> programs) {
        return new WindowsHostInspector(programs, process -> Optional.empty(), Map.of());
    }

    private static MacHostInspector mac(Function<List<String>, Optional<String>> programs) {
        return new MacHostInspector(programs, process -> Optional.empty());
    }

    private static List<HostInspector> both(Function<List<String>, Optional<String>> programs) {
        return List.of(windows(programs), mac(programs));
    }

    /** A command that the system does not have is no advice. */
    @Test
    void advice_names_the_systems_own_commands() {
        for (HostInspector host : both(command -> Optional.empty())) {
            assertThat(host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4))
                    .isInstanceOfSatisfying(
                            FirewallState.Unknown.class,
                            unknown -> assertThat(unknown.look())
                                    .doesNotContain("sudo", "nft")
                                    .containsAnyOf("netsh advfirewall", "socketfilterfw"));
        }
    }

    @Test
    void a_firewall_of_macos_that_is_off_lets_in() {
        HostInspector off = mac(command -> Optional.of("Firewall is disabled. (State = 0)\n"));
        HostInspector on = mac(command -> Optional.of("Firewall is enabled. (State = 1)\n"));

        assertThat(off.firewall(TransportProtocol.TCP, new Port(80), IpVersion.IPV4))
                .isInstanceOf(FirewallState.Open.class);
        assertThat(on.firewall(TransportProtocol.TCP, new Port(80), IpVersion.IPV4))
                .isInstanceOf(FirewallState.Unknown.class);
    }

    private static final String ARP_OF_WINDOWS = """

            Schnittstelle: 192.168.1.10 --- 0xb
              Internetadresse       Physische Adresse     Typ
              192.168.1.1           00-0C-42-11-22-33     dynamisch
              192.168.1.20          b8-27-eb-01-02-03     dynamisch
              192.168.1.255         ff-ff-ff-ff-ff-ff     statisch
              224.0.0.22            01-00-5e-00-00-16     statisch
            """;

    private static final String ARP_OF_MACOS = """
            ? (192.168.1.1) at 0:c:42:11:22:33 on en0 ifscope [ethernet]
            camera.lan (192.168.1.20) at b8:27:eb:1:2:3 on en0 ifscope [ethernet]
            ? (192.168.1.30) at (incomplete) on en0 ifscope [ethernet]
            ? (192.168.1.255) at ff:ff:ff:ff:ff:ff on en0 ifscope [ethernet]
            ? (224.0.0.251) at 1:0:5e:0:0:fb on en0 ifscope permanent [ethernet]
            """;

    private static List<String> neighbours(boolean windows, String command, String text) {
        Function<List<String>, Optional<String>> programs =
                words -> String.join(" ", words).equals(command) ? Optional.of(text) : Optional.empty();
        HostInspector host = windows ? windows(programs) : mac(programs);
        return host.neighbours().orElseThrow().stream()
                .map(one -> one.address().getHostAddress() + " " + one.card() + " "
                        + one.interfaceName().orElse("-"))
                .toList();
    }

    @Test
    void neighbours_of_windows_are_read_in_any_language() {
        assertThat(neighbours(true, "arp -a", ARP_OF_WINDOWS))
                .containsExactly("192.168.1.1 00:0c:42:11:22:33 -", "192.168.1.20 b8:27:eb:01:02:03 -");
    }

    @Test
    void neighbours_of_macos_are_read() {
        assertThat(neighbours(false, "arp -an", ARP_OF_MACOS))
                .containsExactly("192.168.1.1 00:0c:42:11:22:33 en0", "192.168.1.20 b8:27:eb:01:02:03 en0");
    }

    @Test
    void a_card_is_found_by_its_address_and_a_system_that_tells_nothing_has_no_table() {
        HostInspector host = windows(words -> Optional.of(ARP_OF_WINDOWS));
        assertThat(host.neighbour(Addresses.ipv4("192.168.1.20").orElseThrow())).contains("b8:27:eb:01:02:03");
        assertThat(host.neighbour(Addresses.ipv4("192.168.1.2").orElseThrow())).isEmpty();
        assertThat(windows(words -> Optional.empty()).neighbours()).isEmpty();
    }
}
