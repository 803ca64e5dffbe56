package dev.ajar.system.route;

import dev.ajar.system.process.BoundedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** This machine's default routes. On Linux no process is started for it. */
public final class SystemRouteTable implements RouteTable {
    private static final Path LINUX_IPV4 = Path.of("/proc/self/net/route");
    private static final Path LINUX_IPV6 = Path.of("/proc/self/net/ipv6_route");
    private static final Path LINUX_ADDRESSES = Path.of("/proc/self/net/if_inet6");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final String osName;

    /** @param osName the value of the system property {@code os.name} */
    public SystemRouteTable(String osName) {
        this.osName = osName.toLowerCase(Locale.ROOT);
    }

    @Override
    public List<DefaultRoute> defaultRoutes() {
        if (osName.startsWith("linux")) {
            return file(LINUX_IPV4, LinuxRouteText::ipv4);
        }
        if (osName.startsWith("windows")) {
            return WindowsRouteText.parse(
                    new BoundedRun(LIMIT, "route", "print", "-4").run().text());
        }
        return BsdRouteText.parse(
                new BoundedRun(LIMIT, "netstat", "-rn", "-f", "inet").run().text());
    }

    /** On Linux only: elsewhere no table tells lasting addresses from temporary ones. */
    @Override
    public List<DefaultRoute> ipv6DefaultRoutes() {
        return osName.startsWith("linux") ? file(LINUX_IPV6, LinuxRouteText::ipv6) : List.of();
    }

    @Override
    public List<LinuxAddressText.Owned> lastingAddresses() {
        return osName.startsWith("linux") ? file(LINUX_ADDRESSES, LinuxAddressText::lasting) : List.of();
    }

    private static <T> List<T> file(Path path, Function<String, List<T>> parser) {
        try {
            return parser.apply(Files.readString(path, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return List.of();
        }
    }
}
