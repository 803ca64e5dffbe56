package dev.ajar.gateway;

import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where one search looks, and when it may stop.
 *
 * @param gateway the gateway to look for; empty to take whatever this network has
 * @param location a root description to read instead of searching
 * @param protocols the protocols to ask in
 * @param thorough listen to the end instead of stopping at the first usable gateway
 * @param remembered root descriptions that were there last time, to be asked for beside the search
 * @param rememberedFirst whether to ask for them at once, although other protocols may answer before
 */
public record SearchScope(
        LocalRoute route,
        Optional<InetAddress> gateway,
        Optional<URI> location,
        ProtocolChoice protocols,
        boolean thorough,
        List<URI> remembered,
        boolean rememberedFirst) {
    public SearchScope(
            LocalRoute route,
            Optional<InetAddress> gateway,
            Optional<URI> location,
            ProtocolChoice protocols,
            boolean thorough) {
        this(route, gateway, location, protocols, thorough, List.of(), false);
    }

    /** @param first see {@link #rememberedFirst}; at once in any case where there is no other protocol */
    public SearchScope remembering(List<URI> locations, boolean first) {
        return new SearchScope(
                route, gateway, location, protocols, thorough, locations, first || !protocols.isAutomatic());
    }

    /** Whether to ask in that protocol; not in one that cannot use this version of IP, or a location that is given. */
    public boolean allows(MappingProtocol protocol) {
        return protocols.allows(protocol)
                && protocol.traits().ipVersions().contains(route.ipVersion())
                && (location.isEmpty() || protocol.traits().foundByLocation());
    }
}
