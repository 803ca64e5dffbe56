package dev.ajar.gateway.upnp;

import dev.ajar.gateway.upnp.ssdp.SsdpMessages;
import dev.ajar.model.Addresses;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where searches are sent.
 *
 * @param group the multicast group; empty to search by unicast alone
 * @param unicastPort the port devices listen on
 */
public record SsdpTargets(Optional<InetSocketAddress> group, int unicastPort) {
    /** As the UPnP Device Architecture says. */
    public static SsdpTargets standard() {
        InetAddress group = Addresses.ipv4(SsdpMessages.GROUP).orElseThrow();
        return new SsdpTargets(
                Optional.of(new InetSocketAddress(group, SsdpMessages.PORT)), SsdpMessages.PORT);
    }
}
