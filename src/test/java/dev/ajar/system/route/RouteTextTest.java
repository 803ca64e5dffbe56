package dev.ajar.system.route;

import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The parsers on outputs as the systems print them ({@code test-fixtures/routes}). */
class RouteTextTest {
    private static String fixture(String name) throws IOException {
        return Files.readString(Path.of("test-fixtures/routes", name));
    }

    @Test
    void garbage_is_no_route() {
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
