package dev.ajar.system.machine;

import dev.ajar.model.IpVersion;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A route that leads out of this machine's own networks.
 *
 * @param destination the first address of the network it leads to
 * @param prefixLength of that network: 0 for a default route, 1 for a half of all addresses
 * @param gateway the next hop; empty where every destination is on the link itself
 * @param source the address that the route prefers for what is sent
 * @param metric the lower, the more preferred
 * @param table the routing table's name or number; {@code main} for the usual one
 * @param isOneOfSeveral whether the route has other next hops beside this one, which have entries of their own
 */
public record RouteEntry(
        InetAddress destination,
        int prefixLength,
        String interfaceName,
        Optional<InetAddress> gateway,
        Optional<InetAddress> source,
        long metric,
        String table,
        boolean isOneOfSeveral) {
    public static final String MAIN = "main";

    /** The only next hop of its route. */
    public RouteEntry(
            InetAddress destination,
            int prefixLength,
            String interfaceName,
            Optional<InetAddress> gateway,
            Optional<InetAddress> source,
            long metric,
            String table) {
        this(destination, prefixLength, interfaceName, gateway, source, metric, table, false);
    }

    public boolean isDefault() {
        return prefixLength == 0;
    }

    public boolean isMain() {
        return table.equals(MAIN);
    }

    public IpVersion ipVersion() {
        return IpVersion.of(destination);
    }
}
