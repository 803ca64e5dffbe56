package dev.ajar.mapping;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Reachability;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses at which the router in front of another may be, given the inner router's address on the internet side.
 * No public address is among them, because a router at one is not on the user's own network. Pure.
 */
final class UpstreamCandidates {
    /** The anycast address of providers' PCP servers (RFC 7723). */
    private static final InetAddress ANYCAST = Addresses.ipv4("192.0.0.9").orElseThrow();

    private UpstreamCandidates() {}

    /**
     * @param far the inner router's address on the internet side
     * @param hop the next router on the way to the internet, where it is known
     * @param near the addresses of the routers already passed
     */
    static List<InetAddress> candidates(InetAddress far, Optional<InetAddress> hop, Set<InetAddress> near) {
        Set<InetAddress> all = new LinkedHashSet<>();
        hop.ifPresent(all::add);
        boolean providers = Reachability.of(Optional.of(far)) == Reachability.CARRIER_GRADE;
        if (providers) {
            all.add(ANYCAST);
        }
        // In a provider's network, the neighbour may be another customer.
        if (hop.isEmpty() && !providers && IpVersion.of(far) == IpVersion.IPV4) {
            all.add(neighbour(far, 1));
            all.add(neighbour(far, 254));
        }
        List<InetAddress> rest = new ArrayList<>(all);
        rest.removeIf(address -> address.equals(far) || near.contains(address) || isPublic(address));
        return List.copyOf(rest);
    }

    /** Home networks mostly have 24 bits, and their router the first or the last address. */
    private static InetAddress neighbour(InetAddress address, int last) {
        byte[] bytes = address.getAddress();
        bytes[3] = (byte) last;
        return Addresses.of(bytes).orElse(address);
    }

    private static boolean isPublic(InetAddress address) {
        return Reachability.of(Optional.of(address)) == Reachability.PUBLIC;
    }
}
