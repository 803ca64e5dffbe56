package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.MappingTable;
import dev.ajar.model.Endpoint;
import dev.ajar.model.EntryName;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Whether the answers of a router's GetSpecificPortMappingEntry are to be believed. Some say of every entry that it is not there;
 * some look for the port alone and show the entry of the other protocol, or always their first. What surprises is compared with
 * the list, until both have said the same once.
 */
final class SingleLooks {
    private enum Trust {
        UNTRIED,
        TRUE,
        FALSE
    }

    private final Optional<InetAddress> here;
    private Trust trust = Trust.UNTRIED;

    /** @param here this machine's address on the route to the router, if it is known */
    SingleLooks(Optional<InetAddress> here) {
        this.here = here;
    }

    boolean areUntried() {
        return trust == Trust.UNTRIED;
    }

    /** Then only the list tells. */
    boolean areFalse() {
        return trust == Trust.FALSE;
    }

    /**
     * What {@code list} makes of the answer about one entry.
     *
     * @param inList what the list shows of that entry
     */
    Presence compared(Presence single, Presence inList, MappingTable list) {
        if (inList instanceof Presence.Unknown) {
            return single;
        }
        trust = switch (single) {
            case Presence.Absent ignored -> inList instanceof Presence.Absent ? Trust.TRUE : Trust.FALSE;
            case Presence.Present(ObservedMapping entry) -> judged(entry, inList, list);
            case Presence.Unknown ignored -> Trust.UNTRIED;
        };
        return trust == Trust.FALSE || isNamedMore(single, inList) ? inList : single;
    }

    /** A list may have the name of which the other answer has only a part. */
    private static boolean isNamedMore(Presence single, Presence inList) {
        return single instanceof Presence.Present(ObservedMapping entry)
                && inList instanceof Presence.Present(ObservedMapping listed)
                && listed.description().raw().length()
                        > entry.description().raw().length();
    }

    private Trust judged(ObservedMapping entry, Presence inList, MappingTable list) {
        if (isNamedForAnother(entry)) {
            return Trust.FALSE;
        }
        boolean elsewhere = list.entries().stream().anyMatch(other -> isSameUnderAnotherKey(entry, other));
        return switch (inList) {
            // Of two entries alike, either may have been meant.
            case Presence.Present(ObservedMapping listed) ->
                !leadsWhere(entry, listed) ? Trust.FALSE : elsewhere ? Trust.UNTRIED : Trust.TRUE;
            // A list may leave out the entries of others, but none that leads to this machine.
            case Presence.Absent ignored -> elsewhere || leadsHere(entry) ? Trust.FALSE : Trust.TRUE;
            case Presence.Unknown ignored -> Trust.UNTRIED;
        };
    }

    private static boolean isSameUnderAnotherKey(ObservedMapping entry, ObservedMapping other) {
        boolean sameKey =
                entry.protocol() == other.protocol() && entry.externalPort().equals(other.externalPort());
        return !sameKey && leadsWhere(entry, other) && entry.description().equals(other.description());
    }

    private boolean leadsHere(ObservedMapping entry) {
        return here.filter(address -> entry.mayPointTo(new Endpoint(address, entry.internalPort())))
                .isPresent();
    }

    private static boolean leadsWhere(ObservedMapping one, ObservedMapping other) {
        return one.internalClient().equals(other.internalClient())
                && one.internalPort().equals(other.internalPort());
    }

    /** Whether ajar gave the entry's name to one of the other protocol. */
    static boolean isNamedForAnother(ObservedMapping entry) {
        String name = entry.description().display();
        return EntryName.isStandard(name)
                && !name.contains(" " + entry.protocol().label())
                && name.contains(" " + other(entry.protocol()).label());
    }

    private static TransportProtocol other(TransportProtocol protocol) {
        return switch (protocol) {
            case TCP -> TransportProtocol.UDP;
            case UDP -> TransportProtocol.TCP;
        };
    }
}
