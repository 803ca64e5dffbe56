package dev.ajar.gateway.upnp;

import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.model.Reachability;
import dev.ajar.system.Deadline;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Chooses among a router's connection services. Several are listed on routers with a DSL and an Ethernet line, or with
 * a service that leads nowhere; the one that is up and has a public address is the one to map on
 * (tailscale/tailscale#8364). "Disconnected" is not always true, so it only ranks.
 */
final class ServiceChoice {
    /** For all of them together. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private ServiceChoice() {}

    /**
     * Best first.
     *
     * @param services in document order, which decides between equals
     */
    static List<WanConnection> ranked(List<WanConnection> services, Deadline deadline) {
        if (services.size() == 1) {
            return services;
        }
        record Scored(WanConnection service, int score) {}
        Deadline soon = deadline.within(PATIENCE);
        return services.stream()
                .map(service -> new Scored(service, score(service, soon)))
                .sorted((a, b) -> Integer.compare(b.score(), a.score()))
                .map(Scored::service)
                .toList();
    }

    private static int score(WanConnection service, Deadline deadline) {
        int score =
                switch (service.isConnected(deadline)) {
                    case SoapReply.Done<Boolean>(Boolean connected) -> connected ? 4 : 1;
                    case SoapReply.Fault<Boolean> ignored -> 0;
                    case SoapReply.Broken<Boolean> ignored -> -4;
                };
        return score
                + switch (service.getExternalIpAddress(deadline)) {
                    case SoapReply.Done<Optional<InetAddress>>(Optional<InetAddress> address) ->
                            switch (Reachability.of(address)) {
                                case PUBLIC -> 3;
                                case PRIVATE, CARRIER_GRADE -> 1;
                                case UNKNOWN -> 0;
                            };
                    case SoapReply.Fault<Optional<InetAddress>> ignored -> 0;
                    case SoapReply.Broken<Optional<InetAddress>> ignored -> -4;
                };
    }
}
