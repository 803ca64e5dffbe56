package dev.ajar.gateway.upnp;

import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.model.Reachability;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses among a router's connection services. Several are listed on routers with a DSL and an Ethernet line, or with
 * a service that leads nowhere; the one that is up and has a public address is the one to map on
 * (tailscale/tailscale#8364). "Disconnected" is not always true, so it only ranks.
 */
final class ServiceChoice {
    private ServiceChoice() {}

    /** @param services at least one, in document order, which decides between equals */
    static WanConnection best(List<WanConnection> services, Deadline deadline) {
        if (services.size() == 1) {
            return services.getFirst();
        }
        record Scored(WanConnection service, int score) {}
        return services.stream()
                .map(service -> new Scored(service, score(service, deadline)))
                .max(Comparator.comparingInt(Scored::score).thenComparingInt(s -> -services.indexOf(s.service())))
                .orElseThrow()
                .service();
    }

    private static int score(WanConnection service, Deadline deadline) {
        int score =
                switch (service.isConnected(deadline)) {
                    case SoapReply.Done<Boolean>(Boolean connected) -> connected ? 4 : 1;
                    case SoapReply.Fault<Boolean> ignored -> 0;
                    case SoapReply.Broken<Boolean> ignored -> -4;
                };
        return score + switch (service.getExternalIpAddress(deadline)) {
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
