package dev.ajar.discovery;

import dev.ajar.gateway.SearchScope;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewaySelector;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides on which of this machine's networks to search. */
final class ScopeSelector {
    private ScopeSelector() {}

    /** @param thorough search every network, not only that of the default gateway */
    static List<SearchScope> of(GatewaySelector selection, NetworkView network, boolean thorough) {
        if (selection.location().isPresent()) {
            String host =
                    Optional.ofNullable(selection.location().get().getHost()).orElse("");
            return Addresses.parse(host.replaceAll("[\\[\\]]", ""))
                    .flatMap(there -> towards(there, selection, network))
                    .stream()
                    .map(route -> new SearchScope(
                            route, selection.gateway(), selection.location(), selection.protocols(), thorough))
                    .toList();
        }
        if (selection.gateway().isPresent()) {
            InetAddress gateway = selection.gateway().get();
            return towards(gateway, selection, network).stream()
                    .map(route -> scope(asWay(route, gateway, network), Optional.of(gateway), selection, thorough))
                    .toList();
        }
        List<LocalRoute> home = switch (selection.ipVersion()) {
            case IPV4 -> network.routes();
            case IPV6 -> network.ipv6Routes();
        };
        // A machine with IPv6 alone has its router there.
        boolean ipv6Alone = thorough && home.stream().noneMatch(LocalRoute::leadsOut);
        List<LocalRoute> routes = ipv6Alone ? network.ipv6Routes() : List.of();
        return Stream.concat(home.stream(), routes.stream())
                .flatMap(route -> from(route, selection, network).stream())
                .distinct()
                // On a network without a default gateway, no router was chosen by the user or by DHCP.
                .filter(route -> thorough || route.leadsOut())
                .map(route -> scope(route, route.gateway(), selection, thorough))
                .toList();
    }

    /** A router that was named is a way to the internet as well where a default route leads to it by that link. */
    private static LocalRoute asWay(LocalRoute route, InetAddress gateway, NetworkView network) {
        boolean leadsOut = network.allRoutes().stream()
                .anyMatch(way -> way.interfaceName().equals(route.interfaceName())
                        && way.gateway().equals(Optional.of(gateway)));
        return leadsOut
                ? new LocalRoute(
                        route.interfaceName(),
                        route.localAddress(),
                        route.prefixLength(),
                        Optional.of(gateway),
                        route.isOnLink())
                : route;
    }

    private static Optional<LocalRoute> towards(
            InetAddress destination, GatewaySelector selection, NetworkView network) {
        Optional<LocalRoute> named = selection.from().flatMap(from -> network.towards(destination, from));
        return named.isPresent() ? named : network.towards(destination);
    }

    /** The same way with the address that the user named; none where that is on another network. */
    private static Optional<LocalRoute> from(LocalRoute route, GatewaySelector selection, NetworkView network) {
        Optional<InetAddress> from = selection.from().filter(network::isOwn);
        if (from.isEmpty() || from.get().equals(route.localAddress())) {
            return Optional.of(route);
        }
        InetAddress there = route.gateway().orElse(route.localAddress());
        return network.towards(there, from.get())
                .filter(way -> way.reaches(there))
                .map(way -> new LocalRoute(
                        way.interfaceName(),
                        way.localAddress(),
                        way.prefixLength(),
                        route.gateway(),
                        route.isOnLink()));
    }

    private static SearchScope scope(
            LocalRoute route, Optional<InetAddress> gateway, GatewaySelector selection, boolean thorough) {
        return new SearchScope(route, gateway, Optional.empty(), selection.protocols(), thorough);
    }
}
