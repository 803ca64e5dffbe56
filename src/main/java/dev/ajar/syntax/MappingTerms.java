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
    /**
     * The lease of a port that a command opens. It is the shorter one, because often no process renews it, and the router
     * closes a forgotten port within the hour.
     */
    public static final LeaseDuration COMMAND_LEASE = LeaseDuration.ofSeconds(3600);

    /**
     * The lease of a port that the configuration file names. It is the longer one, because a daemon or {@code ajar renew}
     * renews it. Twice the time means half the requests, and the port survives an hour's outage of the daemon.
     */
    public static final LeaseDuration CONFIGURED_LEASE = LeaseDuration.ofSeconds(7200);

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
