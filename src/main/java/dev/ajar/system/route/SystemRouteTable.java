package dev.ajar.system.route;

import dev.ajar.model.IpVersion;
import dev.ajar.system.process.BoundedRun;
import dev.ajar.system.process.SystemProgram;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The default routes of Windows, macOS and the BSDs, from their own programs. */
public final class SystemRouteTable implements RouteTable {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final String osName;

    /** @param osName the value of the system property {@code os.name} */
    public SystemRouteTable(String osName) {
        this.osName = osName.toLowerCase(Locale.ROOT);
    }

    @Override
    public List<DefaultRoute> defaultRoutes(IpVersion ipVersion) {
        boolean windows = osName.startsWith("windows");
        return switch (ipVersion) {
            case IPV4 ->
                windows
                        ? WindowsRouteText.parse(said("route", "print", "-4"))
                        : BsdRouteText.parse(said("netstat", "-rn", "-f", "inet"), ipVersion);
            case IPV6 ->
                windows
                        ? WindowsRouteText.parseIpv6(said("route", "print", "-6"))
                        : BsdRouteText.parse(said("netstat", "-rn", "-f", "inet6"), ipVersion);
        };
    }

    private static String said(String... command) {
        return new BoundedRun(LIMIT, SystemProgram.command(List.of(command)))
                .run()
                .text();
    }
}
