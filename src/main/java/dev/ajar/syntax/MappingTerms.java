package dev.ajar.syntax;

import dev.ajar.model.LeaseDuration;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Subnet;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The options of a mapping besides its ports.
 *
 * @param device the internal client; empty for this machine
 * @param name its name in the router's list; empty for the standard one
 * @param remote the addresses that may connect; empty for all
 */
public record MappingTerms(
        LeaseDuration lease,
        PortPolicy portPolicy,
        Optional<InetAddress> device,
        Optional<String> name,
        Optional<Subnet> remote) {
    /** The exact external port, leading to this machine, with the standard name, open to all addresses. */
    public static MappingTerms of(LeaseDuration lease) {
        return new MappingTerms(lease, PortPolicy.EXACT, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same for a device on the LAN. */
    public MappingTerms to(Optional<InetAddress> other) {
        return new MappingTerms(lease, portPolicy, other, name, remote);
    }

    /** The same with a name. */
    public MappingTerms called(Optional<String> other) {
        return new MappingTerms(lease, portPolicy, device, other, remote);
    }
}
