package dev.ajar.system.route;

import dev.ajar.model.Addresses;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code netstat -rn -f inet} as macOS and the BSDs print it. Columns move about between releases, so they are
 * found by their headings.
 */
public final class BsdRouteText {
    private BsdRouteText() {}

    public static List<DefaultRoute> parse(String text) {
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
                Addresses.ipv4(field.get(gatewayColumn))
                        .ifPresent(gateway -> routes.add(new DefaultRoute(name, gateway, metric)));
            }
        }
        return List.copyOf(routes);
    }

    private static boolean isDefault(String destination) {
        return destination.equals("default") || destination.equals("0.0.0.0/0");
    }
}
