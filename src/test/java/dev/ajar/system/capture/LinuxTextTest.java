package dev.ajar.system.capture;

import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.machine.RouteEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The kernel's tables as it prints them ({@code test-fixtures/routes}). */
class LinuxTextTest {
    /** Of a machine with temporary, deprecated, failed, tentative, local and lasting addresses. */
    private static final String ADDRESSES = """
            20010db8000000000000000000000abc 02 40 00 01     eth0
            20010db8000000010000000000000010 02 40 00 20     eth0
            20010db8000000000000000000000bad 02 40 00 08     eth0
            20010db8000000000000000000000aaa 02 40 00 40     eth0
            fd000000000000000000000000000010 02 40 00 80     eth0
            fe800000000000000000000000000010 02 40 20 80     eth0
            20010db8000000000000000000000010 02 40 00 80     eth0
            20010db8000000000000000000000020 03 80 00 00    wlan0
            00000000000000000000000000000001 01 80 10 80       lo
            """;

    private static String fixture(String name) throws IOException {
        return Files.readString(Path.of("test-fixtures/routes", name));
    }

    private static RouteEntry main(String name, Optional<InetAddress> gateway, long metric) {
        return new RouteEntry(ip("0.0.0.0"), 0, name, gateway, Optional.empty(), metric, RouteEntry.MAIN);
    }

    @Test
    void two_uplinks() throws IOException {
        assertThat(LinuxText.ipv4Routes(fixture("linux-two-uplinks.txt")))
                .containsExactlyInAnyOrder(
                        main("eth0", Optional.of(ip("192.168.1.1")), 100),
                        main("wlan0", Optional.of(ip("10.0.0.138")), 600));
    }

    @Test
    void no_default_route() throws IOException {
        assertThat(LinuxText.ipv4Routes(fixture("linux-no-default.txt"))).noneMatch(RouteEntry::isDefault);
    }

    @Test
    void a_default_route_without_a_gateway_is_one() throws IOException {
        assertThat(LinuxText.ipv4Routes(fixture("linux-vpn.txt")))
                .contains(main("eth0", Optional.of(ip("192.168.1.1")), 100))
                .anyMatch(route -> route.isDefault() && route.gateway().isEmpty());
    }

    @Test
    void ipv6() throws IOException {
        assertThat(LinuxText.ipv6Routes(fixture("linux-ipv6.txt")).stream()
                        .filter(RouteEntry::isDefault)
                        .filter(route -> route.gateway().isPresent()))
                .singleElement()
                .satisfies(route -> {
                    assertThat(route.interfaceName()).isEqualTo("eth0");
                    assertThat(route.gateway()).isEqualTo(Addresses.ipv6("fe80::1"));
                    assertThat(route.metric()).isEqualTo(1024);
                });
    }

    @Test
    void only_what_is_global_and_meant_to_last_is_lasting() {
        assertThat(LinuxText.ipv6Addresses(ADDRESSES).stream()
                        .filter(OwnAddress::isLastingIpv6)
                        .map(own ->
                                own.interfaceName() + " " + Addresses.text(own.address()) + "/" + own.prefixLength()))
                .containsExactly("eth0 2001:db8::10/64", "wlan0 2001:db8::20/128");
        assertThat(LinuxText.ipv6Addresses(ADDRESSES))
                .extracting(OwnAddress::lifetime)
                .contains(
                        OwnAddress.Lifetime.TEMPORARY,
                        OwnAddress.Lifetime.DEPRECATED,
                        OwnAddress.Lifetime.UNUSABLE,
                        OwnAddress.Lifetime.LASTING);
    }

    @Test
    void garbage_is_nothing() {
        assertThat(LinuxText.ipv4Routes("""
                Iface
                x y z
                eth0 00000000 zz 0003 0 0 0 00000000

                eth0 00000000 01 0003 0 0 0 00000000
                eth0 0 0 0003 0 0 99999999999999999999 0
                """)).isEmpty();
        assertThat(LinuxText.ipv6Routes("x\n" + "0".repeat(32) + " 00\n")).isEmpty();
        assertThat(LinuxText.ipv6Addresses("x\n\n2001 02 40 00 80 eth0\n" + "2".repeat(32) + "\n" + "2".repeat(32)
                        + " 02 ff 00 80 eth0\n" + "2".repeat(32) + " 02 40 00 zz eth0\n"))
                .isEmpty();
        assertThat(LinuxText.neighbours("IP\n1.2.3.4 x zz aa * eth0\n1.2.3.4 0x1 0x0 00:00:00:00:00:00 * eth0\n"))
                .isEmpty();
        assertThat(IpProgramJson.routes("[{\"dst\":\"x\"},{}] and more", dev.ajar.model.IpVersion.IPV4))
                .isEmpty();
        assertThat(IpProgramJson.routes(
                        "[{\"dst\":\"1.2.3.0/99999999999\",\"dev\":\"a\"},{\"dst\":7},{\"dst\":\"default\"}]",
                        dev.ajar.model.IpVersion.IPV4))
                .isEmpty();
    }

    @Test
    void tables_beside_the_usual_ones_are_seen() {
        assertThat(LinuxText.hasOtherTables("Main:\n  +-- 0.0.0.0/0\nLocal:\n")).isFalse();
        assertThat(LinuxText.hasOtherTables("Id 51820:\n  |-- 0.0.0.0\nMain:\n"))
                .isTrue();
        assertThat(LinuxText.hasOtherTables("Main:\nId 7:\n")).isTrue();
    }

    /** The first rule of all parts the table of own addresses from the usual one, and no later event joins them. */
    @Test
    void rules_that_were_made_at_some_time_show_in_the_tables() {
        String own = "   |-- 192.168.1.20\n        /32 host LOCAL\n";
        String network = "   |-- 192.168.1.0\n        /24 link UNICAST\n";

        assertThat(LinuxText.hadRules("Main:\n" + network + own + "Local:\n" + network + own))
                .isFalse();
        assertThat(LinuxText.hadRules("Main:\n" + network + "Local:\n" + own)).isTrue();
        assertThat(LinuxText.hadRules("Id 200:\n" + network + "Main:\n" + network + "Local:\n" + own))
                .isTrue();
        assertThat(LinuxText.hadRules("Main:\nLocal:\n")).isFalse();
        assertThat(LinuxText.hadRules("")).isFalse();
    }
}
