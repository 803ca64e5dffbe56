package dev.ajar.gateway.upnp.search;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where searches are sent.
 *
 * @param groups the multicast groups of either family; empty to search by unicast alone
 * @param unicastPort the port devices listen on
 */
public record SsdpTargets(List<InetSocketAddress> groups, int unicastPort) {
    public SsdpTargets {
        groups = List.copyOf(groups);
    }

    /** As the UPnP Device Architecture says. */
    public static SsdpTargets standard() {
        return new SsdpTargets(
                Stream.of(SsdpMessages.GROUP, SsdpMessages.LINK_GROUP, SsdpMessages.SITE_GROUP)
                        .map(group -> Addresses.parse(group).orElseThrow())
                        .map(group -> new InetSocketAddress(group, SsdpMessages.PORT))
                        .toList(),
                SsdpMessages.PORT);
    }

    List<InetSocketAddress> groups(IpVersion ipVersion) {
        return groups.stream()
                .filter(group -> IpVersion.of(group.getAddress()) == ipVersion)
                .toList();
    }
}
