package dev.ajar.system.route;

import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code route print} as Windows prints it. Headings are translated in every language edition, so a default route
 * is known by its zero addresses. The interface is named by its address, over IPv6 by its number.
 */
public final class WindowsRouteText {
    private WindowsRouteText() {}

    public static List<DefaultRoute> parse(String text) {
        List<DefaultRoute> routes = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] field = line.strip().split("\\s+", 7);
            if (field.length == 5 && field[0].equals("0.0.0.0") && field[1].equals("0.0.0.0")) {
                Optional<InetAddress> gateway = Addresses.ipv4(field[2]);
                if (gateway.isPresent() && field[4].matches("\\d{1,9}")) {
                    routes.add(new DefaultRoute(field[3], gateway.get(), Long.parseLong(field[4])));
                }
            }
        }
        routes.sort(DefaultRoute.BEST_FIRST);
        return List.copyOf(routes);
    }

    /** {@code  12    281 ::/0                     fe80::1}. */
    static List<DefaultRoute> parseIpv6(String text) {
        List<DefaultRoute> routes = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] field = line.strip().split("\\s+", 6);
            boolean isDefault = field.length >= 4
                    && field[0].matches("\\d{1,9}")
                    && field[1].matches("\\d{1,9}")
                    && field[2].equals("::/0");
            if (isDefault) {
                Addresses.ipv6(field[3].replaceFirst("%.*", ""))
                        .ifPresent(
                                gateway -> routes.add(new DefaultRoute(field[0], gateway, Long.parseLong(field[1]))));
            }
        }
        routes.sort(DefaultRoute.BEST_FIRST);
        return List.copyOf(routes);
    }
}
