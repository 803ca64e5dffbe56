package dev.ajar.gateway.upnp;

import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ProtocolTraits;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** UPnP Internet Gateway Device: port mappings over IPv4, pinholes in the firewall over IPv6. */
public final class UpnpProtocol {
    public static final MappingProtocol UPNP = new MappingProtocol(
            "upnp",
            "UPnP IGD",
            2,
            new ProtocolTraits(
                    true,
                    Set.of(IpVersion.IPV4, IpVersion.IPV6),
                    true,
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(5),
                    Duration.ZERO,
                    Duration.ofMillis(200),
                    ProtocolTraits.NO_EPOCH,
                    false,
                    "UPnP "),
            UpnpProtocol::handle);

    private UpnpProtocol() {}

    private static LeaseHandle handle(Map<String, Object> members) {
        URI location = URI.create(String.valueOf(members.get("location")));
        return members.containsKey("pinhole")
                ? new Pinhole(location)
                : new UpnpEntry(location, String.valueOf(members.getOrDefault("mark", "")));
    }
}
