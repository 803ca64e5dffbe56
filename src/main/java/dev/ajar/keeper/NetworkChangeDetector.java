package dev.ajar.keeper;

import dev.ajar.model.IpVersion;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notices that this machine slept, and that its network is another one. */
final class NetworkChangeDetector {
    private static final Duration SLEEP = Duration.ofSeconds(5);

    /** A link that flaps is not to set off a search each time. */
    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(5);

    private final NetworkView network;
    private final Timeline timeline;
    private final Map<IpVersion, List<LocalRoute>> routes = new EnumMap<>(IpVersion.class);
    private Optional<InetAddress> lastGateway = Optional.empty();
    private Optional<InetAddress> formerGateway = Optional.empty();
    private Duration asleep;
    private Duration lastChange;

    NetworkChangeDetector(NetworkView network, Timeline timeline) {
        this.network = network;
        this.timeline = timeline;
        this.asleep = timeline.elapsed().minus(timeline.uptime());
        this.lastChange = timeline.elapsed().minus(BETWEEN_CHANGES);
    }

    /** The default gateway that another one took the place of, if the last change was that. */
    Optional<InetAddress> formerGateway() {
        return formerGateway;
    }

    private static Optional<InetAddress> gateway(List<LocalRoute> routes) {
        return routes.stream().flatMap(route -> route.gateway().stream()).findFirst();
    }

    NetworkView network() {
        return network;
    }

    /** Whether it slept since the last time. The two clocks differ by all the sleep there ever was. */
    boolean slept() {
        Duration now = timeline.elapsed().minus(timeline.uptime());
        boolean more = now.minus(asleep).compareTo(SLEEP) > 0;
        asleep = now;
        return more;
    }

    /** A cable that is out for a while is no other way; one that comes back to another router is. */
    private void recordGateway(Optional<InetAddress> gatewayNow) {
        if (gatewayNow.isPresent()) {
            formerGateway = lastGateway.equals(gatewayNow) ? Optional.empty() : lastGateway;
            lastGateway = gatewayNow;
        }
    }

    /** Of which versions of IP there is another network, or none, or one again; told at most every five seconds. */
    Set<IpVersion> changed() {
        Duration now = timeline.elapsed();
        Set<IpVersion> changed = EnumSet.noneOf(IpVersion.class);
        if (now.minus(lastChange).compareTo(BETWEEN_CHANGES) < 0) {
            return changed;
        }
        Map<IpVersion, List<LocalRoute>> found = new EnumMap<>(IpVersion.class);
        found.put(IpVersion.IPV4, network.routes());
        found.put(IpVersion.IPV6, network.ipv6Routes());
        for (IpVersion ipVersion : IpVersion.values()) {
            List<LocalRoute> before = routes.get(ipVersion);
            if (before != null && !before.equals(found.get(ipVersion))) {
                changed.add(ipVersion);
            }
        }
        lastChange = changed.isEmpty() ? lastChange : now;
        if (changed.contains(IpVersion.IPV4) || routes.isEmpty()) {
            recordGateway(gateway(network.routes()));
        }
        routes.putAll(found);
        return changed;
    }
}
