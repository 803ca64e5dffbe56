package dev.ajar.gateway;

import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/**
 * Where one search looks, and when it may stop.
 *
 * @param gateway the gateway to look for; empty to take whatever this network has
 * @param location a root description to read instead of searching
 * @param protocols the protocols to ask in
 * @param thorough listen to the end instead of stopping at the first usable gateway
 */
public record SearchScope(
        LocalRoute route,
        Optional<InetAddress> gateway,
        Optional<URI> location,
        ProtocolChoice protocols,
        boolean thorough) {
    /** Whether to ask in that protocol; not in one that cannot use this version of IP, or a location that is given. */
    public boolean allows(MappingProtocol protocol) {
        return protocols.allows(protocol)
                && protocol.traits().ipVersions().contains(route.ipVersion())
                && (location.isEmpty() || protocol.traits().foundByLocation());
    }
}
