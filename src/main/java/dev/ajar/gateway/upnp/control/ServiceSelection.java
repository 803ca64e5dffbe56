package dev.ajar.gateway.upnp.control;

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
final class ServiceSelection {
    /** For one of them: a service that hangs must leave time to ask the next. */
    private static final Duration PATIENCE = Duration.ofMillis(1200);

    /** Two questions a service, and what is left then: a first and a second round, and the reason for failing. */
    private static final int LEFT_FOR_ASKING = 2 + 2 * UpnpOpening.ROUND + 1;

    private ServiceSelection() {}

    /**
     * Best first.
     *
     * @param services in document order, which decides between equals; those beyond the first few keep their place
     * @param requestBudget leaves enough to ask the best of them for something
     */
    static List<WanConnection> ranked(List<WanConnection> services, RequestBudget requestBudget, Deadline deadline) {
        if (services.size() == 1) {
            return services;
        }
        record Scored(WanConnection service, int score) {}
        return services.stream()
                .map(service -> new Scored(
                        service,
                        requestBudget.allows(LEFT_FOR_ASKING)
                                ? score(new BudgetedConnection(service, requestBudget), deadline.within(PATIENCE))
                                : 0))
                .sorted((a, b) -> Integer.compare(b.score(), a.score()))
                .map(Scored::service)
                .toList();
    }

    private static int score(WanConnection service, Deadline deadline) {
        int score = switch (service.isConnected(deadline)) {
            case SoapReply.Success<Optional<Boolean>>(Optional<Boolean> connected) -> connected.orElse(false) ? 4 : 1;
            case SoapReply.Fault<Optional<Boolean>> ignored -> 0;
            case SoapReply.Broken<Optional<Boolean>> ignored -> -4;
        };
        return score
                + switch (service.getExternalIpAddress(deadline)) {
                    case SoapReply.Success<Optional<InetAddress>>(Optional<InetAddress> address) ->
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
