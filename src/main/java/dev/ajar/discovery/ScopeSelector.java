package dev.ajar.discovery;

import dev.ajar.gateway.SearchScope;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewaySelector;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Decides on which of this machine's networks to search. */
final class ScopeSelector {
    private ScopeSelector() {}

    /** @param thorough search every network, not only that of the default gateway */
    static List<SearchScope> of(GatewaySelector selection, NetworkView network, boolean thorough) {
        if (selection.location().isPresent()) {
            String host =
                    Optional.ofNullable(selection.location().get().getHost()).orElse("");
            return Addresses.parse(host.replaceAll("[\\[\\]]", "")).flatMap(network::towards).stream()
                    .map(route -> new SearchScope(
                            route, selection.gateway(), selection.location(), selection.protocols(), thorough))
                    .toList();
        }
        if (selection.gateway().isPresent()) {
            InetAddress gateway = selection.gateway().get();
            return network.towards(gateway).stream()
                    .map(route -> scope(route, Optional.of(gateway), selection, thorough))
                    .toList();
        }
        List<LocalRoute> routes = switch (selection.ipVersion()) {
            case IPV4 -> network.routes();
            case IPV6 -> network.ipv6Routes();
        };
        return routes.stream()
                // On a network without a default gateway, no router was chosen by the user or by DHCP.
                .filter(route -> thorough || route.gateway().isPresent())
                .map(route -> scope(route, route.gateway(), selection, thorough))
                .toList();
    }

    private static SearchScope scope(
            LocalRoute route, Optional<InetAddress> gateway, GatewaySelector selection, boolean thorough) {
        return new SearchScope(route, gateway, Optional.empty(), selection.protocols(), thorough);
    }
}
