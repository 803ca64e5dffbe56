package dev.ajar.gateway.upnp.ssdp;

import dev.ajar.model.RouterText;

/**
 * What a device says of itself.
 *
 * @param location of its description, unchecked
 */
public record SsdpReply(String location, RouterText server) {}
