package dev.ajar.system.route;

import java.net.InetAddress;
import java.util.Comparator;

/**
 * A default route.
 *
 * @param interfaceName the interface's name; its address (IPv4) or number (IPv6) where the system names interfaces so
 * @param metric the lower, the more preferred
 */
public record DefaultRoute(String interfaceName, InetAddress gateway, long metric) {
    public static final Comparator<DefaultRoute> BEST_FIRST = (a, b) -> Long.compare(a.metric, b.metric);
}
