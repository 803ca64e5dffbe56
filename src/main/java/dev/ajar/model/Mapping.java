package dev.ajar.model;

import java.time.Duration;
import java.util.Optional;

/**
 * A request to forward an external port to an internal client for some time.
 *
 * @param description its name in the router's list; printable ASCII, not empty
 * @param remote the addresses that may connect (NewRemoteHost in UPnP, FILTER in PCP); empty for all addresses
 */
public record Mapping(
        TransportProtocol protocol,
        Port externalPort,
        PortPolicy portPolicy,
        Target target,
        LeaseDuration lease,
        String description,
        Optional<Subnet> remote) {
    /** Open to all addresses. */
    public Mapping(
            TransportProtocol protocol,
            Port externalPort,
            PortPolicy portPolicy,
            Target target,
            LeaseDuration lease,
            String description) {
        this(protocol, externalPort, portPolicy, target, lease, description, Optional.empty());
    }

    /** The same request for another external port. */
    public Mapping onExternalPort(Port other) {
        return new Mapping(protocol, other, portPolicy, target, lease, description, remote);
    }

    /** The same request, open to those addresses only. */
    public Mapping from(Optional<Subnet> some) {
        return new Mapping(protocol, externalPort, portPolicy, target, lease, description, some);
    }

    /** The same request for another target. */
    public Mapping to(Target other) {
        return new Mapping(protocol, externalPort, portPolicy, other, lease, description, remote);
    }

    /** The same request for another lease duration. */
    public Mapping lasting(LeaseDuration other) {
        return new Mapping(protocol, externalPort, portPolicy, target, other, description, remote);
    }

    /**
     * The same request for that time at most.
     *
     * @param longest in whole seconds, and at least one
     */
    public Mapping lastingAtMost(Duration longest) {
        LeaseDuration limit = LeaseDuration.ofSeconds(Math.max(1, longest.toSeconds()));
        boolean shorter = lease instanceof LeaseDuration.Finite && lease.seconds() <= limit.seconds();
        return shorter ? this : lasting(limit);
    }

    /** The same request under another name. */
    Mapping called(String name) {
        return new Mapping(protocol, externalPort, portPolicy, target, lease, name, remote);
    }

    /** The arguments of a command for it: {@code 8443:443/udp --to 192.168.1.20}. */
    public String typed() {
        String inside = externalPort.equals(target.port()) ? "" : ":" + target.port();
        String way = protocol == TransportProtocol.TCP ? "" : "/" + protocol.label();
        String device = target instanceof Target.OtherHost other ? " --to " + Addresses.text(other.client()) : "";
        String who = remote.map(some -> " --from " + some.text()).orElse("");
        return externalPort + inside + way + device + who;
    }

    /** Its short name for people: {@code tcp 25565}. */
    public String label() {
        return protocol.label(externalPort);
    }
}
