package dev.ajar.gateway.upnp.control;

import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.TransportProtocol;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The arguments of AddPortMapping (2.4.16 of WANIPConnection:1). RemoteHost is added by {@link SoapWanConnection}. */
record PortMappingRequest(
        TransportProtocol protocol, Port externalPort, Endpoint internal, LeaseDuration lease, String description) {
    /** Many routers forbid the ports below to their clients. */
    private static final int FIRST_FREE = 1024;

    /** Where telephony and maintenance of providers listen; a mapping there is accepted and has no effect. */
    private static final Set<Integer> OFTEN_THE_ROUTERS_OWN = Set.of(4567, 5060, 5061, 7547, 51005);

    /** 80 becomes 8080 and 443 becomes 8443, as users would choose. */
    private static final int WELL_KNOWN_ELSEWHERE = 8000;

    /** More than the distance of two blocks of such an address, and no multiple of it. */
    private static final int FAR = 5003;

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
    Optional<PortMappingRequest> adjusted(Adjustment adjustment, Mapping desired) {
        boolean anyPort = desired.portPolicy() == PortPolicy.ANY_FREE;
        return switch (adjustment) {
            case AS_BEFORE -> Optional.of(this);
            case PERMANENT_LEASE -> changed(withLease(LeaseDuration.PERMANENT));
            case LONGEST_LEASE -> changed(withLease(LONGEST));
            // The name may have been all that was wrong.
            case PLAIN_DESCRIPTION ->
                plain(description).equals(description)
                        ? Optional.empty()
                        : Optional.of(withDescription(plain(description)).withLease(desired.lease()));
            case EXTERNAL_EQUALS_INTERNAL -> anyPort ? changed(withExternalPort(internal.port())) : Optional.empty();
            // Another port may well be had for the time that was wanted.
            case NEXT_EXTERNAL_PORT ->
                anyPort
                        ? Optional.of(withExternalPort(next(externalPort)).withLease(desired.lease()))
                        : Optional.empty();
            // The arguments are the same.
            case ADD_PORT_MAPPING -> Optional.empty();
        };
    }

    /** Whether it is for a port that routers do not refuse for its number. */
    boolean mayBeHad() {
        return externalPort.number() >= FIRST_FREE;
    }

    /** The adjustments of the desired mapping in this request, which the router will need again. */
    Set<Adjustment> learned(Mapping desired) {
        Set<Adjustment> learned = EnumSet.noneOf(Adjustment.class);
        if (!lease.equals(desired.lease())) {
            learned.add(lease.equals(LONGEST) ? Adjustment.LONGEST_LEASE : Adjustment.PERMANENT_LEASE);
        }
        if (!description.equals(desired.description())) {
            learned.add(Adjustment.PLAIN_DESCRIPTION);
        }
        return learned;
    }

    /** Whether an adjustment changes nothing about the desired mapping, so that a grant says nothing about it. */
    static boolean isMoot(Adjustment adjustment, Mapping desired) {
        return switch (adjustment) {
            case PERMANENT_LEASE -> desired.lease().equals(LeaseDuration.PERMANENT);
            case LONGEST_LEASE -> desired.lease().equals(LONGEST);
            case PLAIN_DESCRIPTION -> plain(desired.description()).equals(desired.description());
            case ADD_PORT_MAPPING -> desired.portPolicy() == PortPolicy.EXACT;
            case AS_BEFORE, EXTERNAL_EQUALS_INTERNAL, NEXT_EXTERNAL_PORT -> false;
        };
    }

    /** Letters and digits, and no more than the shortest that is cut: eleven on some old routers. */
    private static String plain(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9]", "");
        return letters.isEmpty() ? "ajar" : letters.substring(0, Math.min(11, letters.length()));
    }

    /** With the lease and the name that were wanted, on this port. */
    PortMappingRequest asDesired(Mapping desired) {
        return withLease(desired.lease()).withDescription(desired.description());
    }

    /** Whether {@code entry} has the name we gave it; or, where names are not shown, leads where ours would. */
    boolean isReservedAs(ObservedMapping entry) {
        String name = entry.description().raw();
        return name.equals(description)
                || (entry.pointsTo(internal) && (name.isBlank() || description.startsWith(name)));
    }

    boolean isForSamePort(PortMappingRequest other) {
        return externalPort.equals(other.externalPort);
    }

    private Optional<PortMappingRequest> changed(PortMappingRequest other) {
        return equals(other) ? Optional.empty() : Optional.of(other);
    }

    private PortMappingRequest withLease(LeaseDuration other) {
        return new PortMappingRequest(protocol, externalPort, internal, other, description);
    }

    private PortMappingRequest withDescription(String other) {
        return new PortMappingRequest(protocol, externalPort, internal, lease, other);
    }

    PortMappingRequest withExternalPort(Port other) {
        return new PortMappingRequest(protocol, other, internal, lease, description);
    }

    /**
     * On another port, far from those tried before: behind an address that several homes share (MAP-E, RFC 7597), only
     * a few short blocks of ports are this one's.
     */
    PortMappingRequest spread(int times) {
        int room = Port.MAX - FIRST_FREE + 1;
        int number = FIRST_FREE + Math.floorMod(externalPort.number() - FIRST_FREE + times * FAR, room);
        return withExternalPort(OFTEN_THE_ROUTERS_OWN.contains(number) ? next(new Port(number)) : new Port(number));
    }

    private static Port next(Port port) {
        if (port.number() < FIRST_FREE) {
            return new Port(port.number() + WELL_KNOWN_ELSEWHERE);
        }
        Port next = port.number() == Port.MAX ? new Port(FIRST_FREE) : new Port(port.number() + 1);
        return OFTEN_THE_ROUTERS_OWN.contains(next.number()) ? next(next) : next;
    }
}
