package dev.ajar.gateway.upnp;

import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Protocol;
import dev.ajar.profile.Adjustment;

import java.time.Duration;
import java.util.Optional;

/** The arguments of AddPortMapping (2.4.16 of WANIPConnection:1). RemoteHost is always empty: everybody. */
record PortMappingRequest(
        Protocol protocol,
        Port externalPort,
        Endpoint internal,
        LeaseDuration lease,
        String description) {
    /** The most IGD:2 grants: a week. */
    static final LeaseDuration LONGEST = new LeaseDuration.Finite(Duration.ofDays(7));

    static PortMappingRequest of(Claim claim) {
        return new PortMappingRequest(
                claim.mapping().protocol(),
                claim.mapping().externalPort(),
                claim.internal(),
                claim.mapping().lease(),
                claim.mapping().description());
    }

    /** @return empty where the change is none, or would open another port than the only one wanted */
    Optional<PortMappingRequest> adjusted(Adjustment adjustment, Mapping wish) {
        boolean anyPort = wish.portPolicy() == PortPolicy.ANY_FREE;
        return switch (adjustment) {
            case AS_BEFORE -> Optional.of(this);
            case PERMANENT_LEASE -> changed(withLease(LeaseDuration.PERMANENT));
            case LONGEST_LEASE -> changed(withLease(LONGEST));
            case EXTERNAL_EQUALS_INTERNAL ->
                    anyPort ? changed(withExternalPort(internal.port())) : Optional.empty();
            // Another port may well be had for the time that was wanted.
            case NEXT_EXTERNAL_PORT ->
                    anyPort
                            ? Optional.of(
                                    withExternalPort(next(externalPort)).withLease(wish.lease()))
                            : Optional.empty();
        };
    }

    private Optional<PortMappingRequest> changed(PortMappingRequest other) {
        return equals(other) ? Optional.empty() : Optional.of(other);
    }

    private PortMappingRequest withLease(LeaseDuration other) {
        return new PortMappingRequest(protocol, externalPort, internal, other, description);
    }

    PortMappingRequest withExternalPort(Port other) {
        return new PortMappingRequest(protocol, other, internal, lease, description);
    }

    private static Port next(Port port) {
        return port.number() == Port.MAX ? new Port(1024) : new Port(port.number() + 1);
    }
}
