package dev.ajar.discovery;

import dev.ajar.gateway.SearchScope;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.MappingProtocol;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides on which of this machine's networks to search. */
final class ScopeSelector {
    private ScopeSelector() {}

    /** @param thorough search every network, not only that of the default gateway */
    static List<SearchScope> of(GatewaySelector selection, NetworkView network, boolean thorough) {
        if (selection.location().isPresent()) {
            String host =
                    Optional.ofNullable(selection.location().get().getHost()).orElse("");
            Set<MappingProtocol> methods = EnumSet.of(MappingProtocol.UPNP);
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
        Set<MappingProtocol> methods = EnumSet.noneOf(MappingProtocol.class);
        methods.addAll(selection.methods());
        if (route.ipVersion() == IpVersion.IPV6) {
            // NAT-PMP is for IPv4 only (RFC 6886).
            methods.remove(MappingProtocol.NAT_PMP);
        }
        return new SearchScope(route, gateway, Optional.empty(), methods, thorough);
    }
}
