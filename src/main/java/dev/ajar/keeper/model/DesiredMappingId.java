package dev.ajar.keeper.model;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import java.net.InetAddress;
import java.util.Optional;

/** Equal for two desired mappings of which one replaces the other ({@link DesiredMapping#isSameDesire}). */
public record DesiredMappingId(
        TransportProtocol protocol, Port external, Optional<InetAddress> gateway, IpVersion ipVersion, Owner owner) {
    public static DesiredMappingId of(DesiredMapping desired) {
        return new DesiredMappingId(
                desired.protocol(),
                desired.externalPort(),
                desired.selection().gateway(),
                desired.selection().ipVersion(),
                desired.owner());
    }
}
