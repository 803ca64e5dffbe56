package dev.ajar.system.route;

import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parsers on outputs as the systems print them ({@code test-fixtures/routes}). */
class RouteTextTest {
    private static String fixture(String name) throws IOException {
        return Files.readString(Path.of("test-fixtures/routes", name));
    }

    @Test
    void linux_with_two_uplinks_puts_the_lower_metric_first() throws IOException {
        assertThat(LinuxRouteText.ipv4(fixture("linux-two-uplinks.txt")))
                .containsExactly(
                        new DefaultRoute("eth0", ip("192.168.1.1"), 100),
                        new DefaultRoute("wlan0", ip("10.0.0.138"), 600));
    }

    @Test
    void linux_without_a_default_route_has_none() throws IOException {
        assertThat(LinuxRouteText.ipv4(fixture("linux-no-default.txt"))).isEmpty();
    }

    @Test
    void linux_point_to_point_and_reject_routes_are_no_gateways() throws IOException {
        assertThat(LinuxRouteText.ipv4(fixture("linux-vpn.txt")))
                .containsExactly(new DefaultRoute("eth0", ip("192.168.1.1"), 100));
    }

    @Test
    void linux_ipv6_default_route() throws IOException {
        List<DefaultRoute> routes = LinuxRouteText.ipv6(fixture("linux-ipv6.txt"));

        assertThat(routes).hasSize(1);
        assertThat(routes.getFirst().interfaceName()).isEqualTo("eth0");
        assertThat(routes.getFirst().gateway().getHostAddress()).isEqualTo("fe80:0:0:0:0:0:0:1");
        assertThat(routes.getFirst().metric()).isEqualTo(1024);
    }

    @Test
    void garbage_is_no_route() {
        assertThat(LinuxRouteText.ipv4("Iface\nx y z\neth0 00000000 zz 0003 0 0 0 00000000\n\n"))
                .isEmpty();
        assertThat(LinuxRouteText.ipv6("x\n" + "0".repeat(32) + " 00\n")).isEmpty();
        assertThat(BsdRouteText.parse("default\n\n")).isEmpty();
        assertThat(WindowsRouteText.parse("0.0.0.0 0.0.0.0 here there 5\n")).isEmpty();
    }

    @Test
    void macos() throws IOException {
        assertThat(BsdRouteText.parse(fixture("macos-netstat.txt")))
                .containsExactly(
                        new DefaultRoute("en0", ip("192.168.1.1"), 0), new DefaultRoute("en5", ip("10.0.0.1"), 1));
    }

    @Test
    void freebsd_has_its_columns_elsewhere() throws IOException {
        assertThat(BsdRouteText.parse(fixture("freebsd-netstat.txt")))
                .containsExactly(new DefaultRoute("em0", ip("192.168.1.1"), 0));
    }

    @Test
    void windows_in_german() throws IOException {
        assertThat(WindowsRouteText.parse(fixture("windows-route-print-de.txt")))
                .containsExactly(
                        new DefaultRoute("192.168.178.23", ip("192.168.178.1"), 25),
                        new DefaultRoute("10.8.0.2", ip("10.8.0.1"), 281));
    }
}
