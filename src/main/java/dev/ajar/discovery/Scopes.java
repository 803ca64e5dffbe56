package dev.ajar.discovery;

import dev.ajar.gateway.SearchScope;
import dev.ajar.model.Addresses;
import dev.ajar.model.Family;
import dev.ajar.model.Method;
import dev.ajar.model.Selection;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides where to look, given what is meant and which networks there are. */
final class Scopes {
    private Scopes() {}

    /** @param thorough look on every network, not just towards the default gateway */
    static List<SearchScope> of(Selection selection, NetworkView network, boolean thorough) {
        if (selection.location().isPresent()) {
            String host =
                    Optional.ofNullable(selection.location().get().getHost()).orElse("");
            Set<Method> methods = EnumSet.of(Method.UPNP);
            return Addresses.parse(host.replaceAll("[\\[\\]]", "")).flatMap(network::towards).stream()
                    .map(route -> new SearchScope(route, selection.gateway(), selection.location(), methods, thorough))
                    .toList();
        }
        if (selection.gateway().isPresent()) {
            InetAddress gateway = selection.gateway().get();
            return network.towards(gateway).stream()
                    .map(route -> scope(route, Optional.of(gateway), selection, thorough))
                    .toList();
        }
        List<LocalRoute> routes = switch (selection.family()) {
            case IPV4 -> network.routes();
            case IPV6 -> network.ipv6Routes();
        };
        return routes.stream()
                // Whoever answers on a network without a gateway has not been chosen by anybody.
                .filter(route -> thorough || route.gateway().isPresent())
                .map(route -> scope(route, route.gateway(), selection, thorough))
                .toList();
    }

    private static SearchScope scope(
            LocalRoute route, Optional<InetAddress> gateway, Selection selection, boolean thorough) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        methods.addAll(selection.methods());
        if (route.family() == Family.IPV6) {
            // RFC 6886 knows IPv4 alone.
            methods.remove(Method.NAT_PMP);
        }
        return new SearchScope(route, gateway, Optional.empty(), methods, thorough);
    }
}
