package dev.ajar.gateway;

import dev.ajar.model.GatewayId;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.RouterText;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * A gateway as it was found.
 *
 * @param route the interface it was found on, and this machine's address there
 * @param version of the protocol: {@code IGD:2}, {@code NAT-PMP}, {@code PCP}
 * @param location of the UPnP root description
 */
public record GatewayInfo(
        GatewayId id,
        LocalRoute route,
        String version,
        RouterText manufacturer,
        RouterText model,
        Optional<URI> location,
        Set<Capability> capabilities) {

    public MappingProtocol method() {
        return id.method();
    }

    /** Whether it is this machine's way to the internet. */
    public boolean isDefault() {
        return route.isOnLink() || route.gateway().filter(id.address()::equals).isPresent();
    }

    /** This machine's address as the gateway sees it. */
    public InetAddress localAddress() {
        return route.localAddress();
    }

    /** What it calls itself. */
    public String device() {
        return (manufacturer.display() + " " + model.display()).strip();
    }

    /** For people: {@code UPnP IGD:2, Example RX-5}. */
    public String title() {
        StringBuilder title = new StringBuilder(id.method().traits().versionPrefix() + version);
        String name = device();
        return name.isEmpty()
                ? title.toString()
                : title.append(", ").append(name).toString();
    }
}
