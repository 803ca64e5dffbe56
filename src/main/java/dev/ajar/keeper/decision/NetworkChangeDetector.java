package dev.ajar.keeper.decision;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.IpVersion;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notices when this machine has slept and when its network has changed. */
public final class NetworkChangeDetector {
    private static final Duration SLEEP = Duration.ofSeconds(5);

    /** Limits the searches that an unstable link causes. */
    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(5);

    private final NetworkView network;
    private final AnswerWatch answers;
    private final Timeline timeline;
    private final Map<IpVersion, List<LocalRoute>> routes = new EnumMap<>(IpVersion.class);
    private Optional<InetAddress> lastGateway = Optional.empty();
    private Optional<InetAddress> formerGateway = Optional.empty();
    private Duration asleep;
    private Duration lastChange;

    public NetworkChangeDetector(NetworkView network, Timeline timeline) {
        this.network = network;
        this.answers = new AnswerWatch(network);
        this.timeline = timeline;
        this.asleep = timeline.elapsed().minus(timeline.uptime());
        this.lastChange = timeline.elapsed().minus(BETWEEN_CHANGES);
    }

    /** The previous default gateway, if the last change replaced it by another one. */
    Optional<InetAddress> formerGateway() {
        return formerGateway;
    }

    private static Optional<InetAddress> gateway(List<LocalRoute> routes) {
        return routes.stream().flatMap(route -> route.gateway().stream()).findFirst();
    }

    NetworkView view() {
        return network;
    }

    /** Whether friends have begun to get no answer, or get one again, since the last call. */
    public Optional<KeeperEvent> answersChanged(Collection<TrackedMapping> tracked) {
        return answers.changed(tracked);
    }

    /** Whether the machine slept since the last call. The two clocks differ by the total time asleep. */
    public boolean slept() {
        Duration now = timeline.elapsed().minus(timeline.uptime());
        boolean slept = now.minus(asleep).compareTo(SLEEP) > 0;
        asleep = now;
        return slept;
    }

    /** A cable that was unplugged for a while and leads to the same router again is not a change of gateway. */
    private void recordGateway(Optional<InetAddress> gatewayNow) {
        if (gatewayNow.isPresent()) {
            formerGateway = lastGateway.equals(gatewayNow) ? Optional.empty() : lastGateway;
            lastGateway = gatewayNow;
        }
    }

    /** The IP versions whose routes have changed since the last call; reports a change at most every five seconds. */
    public Set<IpVersion> changed() {
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
