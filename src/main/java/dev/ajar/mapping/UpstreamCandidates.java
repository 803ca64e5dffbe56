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
 * Where the router in front of a router may be, given the inner one's address on the far side. Pure. Only what can be on
 * the way is named, and nothing public: whoever that is, it is not this household's.
 */
final class UpstreamCandidates {
    /** Where providers' PCP servers listen, whichever is nearest (RFC 7723). */
    private static final InetAddress ANYCAST = Addresses.ipv4("192.0.0.9").orElseThrow();

    private UpstreamCandidates() {}

    /**
     * @param far the inner router's address on the far side
     * @param hop what stands behind the inner router on the way to the internet, where that could be seen
     * @param near addresses that certainly are not it
     */
    static List<InetAddress> candidates(InetAddress far, Optional<InetAddress> hop, Set<InetAddress> near) {
        Set<InetAddress> all = new LinkedHashSet<>();
        hop.ifPresent(all::add);
        boolean providers = Reachability.of(Optional.of(far)) == Reachability.CARRIER_GRADE;
        if (providers) {
            all.add(ANYCAST);
        }
        // In a provider's network whoever is next may be another customer.
        if (hop.isEmpty() && !providers && IpVersion.of(far) == IpVersion.IPV4) {
            all.add(neighbour(far, 1));
            all.add(neighbour(far, 254));
        }
        List<InetAddress> rest = new ArrayList<>(all);
        rest.removeIf(address -> address.equals(far) || near.contains(address) || isPublic(address));
        return List.copyOf(rest);
    }

    /** Home networks are as large as that, and their routers first or last in them. */
    private static InetAddress neighbour(InetAddress address, int last) {
        byte[] bytes = address.getAddress();
        bytes[3] = (byte) last;
        return Addresses.of(bytes).orElse(address);
    }

    private static boolean isPublic(InetAddress address) {
        return Reachability.of(Optional.of(address)) == Reachability.PUBLIC;
    }
}
