package dev.ajar.system.route;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code netstat -rn -f inet} and {@code -f inet6} as macOS and the BSDs print it. Columns move about between
 * releases, so they are found by their headings.
 */
public final class BsdRouteText {
    private BsdRouteText() {}

    static List<DefaultRoute> parse(String text, IpVersion ipVersion) {
        List<DefaultRoute> routes = new ArrayList<>();
        int gatewayColumn = 1;
        int interfaceColumn = 3;
        for (String line : text.lines().toList()) {
            List<String> field = List.of(line.strip().split("\\s+"));
            if (field.contains("Gateway") && field.contains("Netif")) {
                gatewayColumn = field.indexOf("Gateway");
                interfaceColumn = field.indexOf("Netif");
            } else if (isDefault(field.getFirst()) && field.size() > interfaceColumn) {
                String name = field.get(interfaceColumn);
                long metric = routes.size();
                gateway(field.get(gatewayColumn), ipVersion)
                        .ifPresent(gateway -> routes.add(new DefaultRoute(name, gateway, metric)));
            }
        }
        return List.copyOf(routes);
    }

    /** Over IPv6 with the interface as its zone: {@code fe80::1%en0}. */
    private static Optional<InetAddress> gateway(String text, IpVersion ipVersion) {
        return switch (ipVersion) {
            case IPV4 -> Addresses.ipv4(text);
            case IPV6 -> Addresses.ipv6(text.replaceFirst("%.*", ""));
        };
    }

    private static boolean isDefault(String destination) {
        return destination.equals("default") || destination.equals("0.0.0.0/0") || destination.equals("::/0");
    }
}
