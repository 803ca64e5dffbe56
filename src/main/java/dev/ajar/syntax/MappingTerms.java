package dev.ajar.syntax;

import dev.ajar.model.LeaseDuration;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Subnet;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What a mapping needs besides its ports.
 *
 * @param device the internal client; empty for this machine
 * @param name in the router's list; empty for the standard one
 * @param remote the addresses that may connect; empty for all
 */
public record MappingTerms(
        LeaseDuration lease,
        PortPolicy portPolicy,
        Optional<InetAddress> device,
        Optional<String> name,
        Optional<Subnet> remote) {
    /**
     * The lease of a port that a command opens. It is the shorter one, because often no process renews it: the router
     * drops the port within the hour after the user forgot it.
     */
    public static final LeaseDuration COMMAND_LEASE = LeaseDuration.ofSeconds(3600);

    /**
     * The lease of a port that the configuration file names. It is the longer one, because a daemon or {@code ajar renew}
     * renews it: twice the time means half the requests, and the port survives an hour's outage of the daemon.
     */
    public static final LeaseDuration CONFIGURED_LEASE = LeaseDuration.ofSeconds(7200);

    /** Exactly the external port, to this machine, with the standard name, for all. */
    public static MappingTerms of(LeaseDuration lease) {
        return new MappingTerms(lease, PortPolicy.EXACT, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same to a device on the LAN. */
    public MappingTerms to(Optional<InetAddress> other) {
        return new MappingTerms(lease, portPolicy, other, name, remote);
    }

    /** The same under a name. */
    public MappingTerms called(Optional<String> other) {
        return new MappingTerms(lease, portPolicy, device, other, remote);
    }
}
