package dev.ajar.system.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The parsers on outputs as the systems print them ({@code test-fixtures/routes}). */
class RouteTextTest {
    private static InetAddress ip(String text) {
        return Addresses.parse(text).orElseThrow();
    }

    private static String fixture(String name) throws IOException {
        return Files.readString(Path.of("test-fixtures/routes", name));
    }

    @Test
    void garbage_is_no_route() {
        assertThat(BsdRouteText.parse("default\n\n", IpVersion.IPV4)).isEmpty();
        assertThat(WindowsRouteText.parse("0.0.0.0 0.0.0.0 here there 5\n")).isEmpty();
    }

    @Test
    void macos() throws IOException {
        assertThat(BsdRouteText.parse(fixture("macos-netstat.txt"), IpVersion.IPV4))
                .containsExactly(
                        new DefaultRoute("en0", ip("192.168.1.1"), 0), new DefaultRoute("en5", ip("10.0.0.1"), 1));
    }

    @Test
    void freebsd_has_its_columns_elsewhere() throws IOException {
        assertThat(BsdRouteText.parse(fixture("freebsd-netstat.txt"), IpVersion.IPV4))
                .containsExactly(new DefaultRoute("em0", ip("192.168.1.1"), 0));
    }

    @Test
    void windows_in_german() throws IOException {
        assertThat(WindowsRouteText.parse(fixture("windows-route-print-de.txt")))
                .containsExactly(
                        new DefaultRoute("192.168.178.23", ip("192.168.178.1"), 25),
                        new DefaultRoute("10.8.0.2", ip("10.8.0.1"), 281));
    }

    @Test
    void macos_over_ipv6() throws IOException {
        assertThat(BsdRouteText.parse(fixture("macos-netstat-inet6.txt"), IpVersion.IPV6))
                .containsExactly(new DefaultRoute("en0", ip("fe80::1"), 0), new DefaultRoute("utun0", ip("fe80::"), 1));
        assertThat(BsdRouteText.parse(fixture("macos-netstat-inet6.txt"), IpVersion.IPV4))
                .isEmpty();
    }

    /** What is on the link has no router. */
    @Test
    void windows_over_ipv6() throws IOException {
        assertThat(WindowsRouteText.parseIpv6(fixture("windows-route-print-ipv6-de.txt")))
                .containsExactly(new DefaultRoute("12", ip("fe80::2"), 61), new DefaultRoute("12", ip("fe80::1"), 281));
        assertThat(WindowsRouteText.parseIpv6("x 1 ::/0 fe80::1\n1 99999999999 ::/0 fe80::1\n1 1 ::/0\n"))
                .isEmpty();
    }
}
