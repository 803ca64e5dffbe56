package dev.ajar.service.backend;

import dev.ajar.document.JsonMembers;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The router behind the home's router, for the page's picture of the way to the internet. Finding it sends a packet, so
 * what was found counts for a minute. Thread-safe.
 */
final class NextHop {
    private static final Duration COUNTS = Duration.ofMinutes(1);

    private final NetworkView network;
    private final Timeline timeline;
    private final Supplier<Optional<InetAddress>> probe;
    private Optional<Duration> asked = Optional.empty();
    private Optional<InetAddress> found = Optional.empty();

    /** @param probe finds it, in some seconds */
    NextHop(NetworkView network, Timeline timeline, Supplier<Optional<InetAddress>> probe) {
        this.network = network;
        this.timeline = timeline;
        this.probe = probe;
    }

    String document() {
        return JsonWriter.write(new JsonMembers()
                .with("schema", 1)
                .with("command", "next_hop")
                .with("exit_code", 0)
                .with("address", find().map(Addresses::text))
                .with("error", Optional.empty())
                .map());
    }

    private synchronized Optional<InetAddress> find() {
        // Beyond a tunnel is the server of a VPN, not what is in front of the home.
        if (!leavesByHome()) {
            return Optional.empty();
        }
        Duration now = timeline.uptime();
        if (asked.isEmpty() || now.minus(asked.get()).compareTo(COUNTS) >= 0) {
            found = probe.get();
            asked = Optional.of(timeline.uptime());
        }
        return found;
    }

    private boolean leavesByHome() {
        List<LocalRoute> homes = network.routes();
        return network.allRoutes().stream()
                .filter(LocalRoute::leadsOut)
                .findFirst()
                .filter(homes::contains)
                .isPresent();
    }
}
