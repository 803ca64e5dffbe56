package dev.ajar.gateway;

import dev.ajar.model.MappingProtocol;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Where one search looks, and when it may stop.
 *
 * @param gateway the gateway to look for; empty to take whatever this network has
 * @param location a root description to read instead of searching
 * @param methods the protocols to ask
 * @param thorough listen to the end instead of stopping at the first usable gateway
 */
public record SearchScope(
        LocalRoute route,
        Optional<InetAddress> gateway,
        Optional<URI> location,
        Set<MappingProtocol> methods,
        boolean thorough) {}
