package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.MappingTable;
import dev.ajar.model.EntryName;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import java.util.Locale;

/**
 * Whether the answers of a router's GetSpecificPortMappingEntry are to be believed. Some say of every entry that it is
 * not there; some look for the port alone and show the entry of the other protocol, or always their first. What
 * surprises is compared with the list, until both have said the same once. For any thread: mappings of other protocols
 * are looked up by the same gateway.
 */
final class SingleLooks {
    private enum Trust {
        UNTRIED,
        TRUE,
        FALSE
    }

    /** So often a list is read that decides nothing; the keeper looks every few seconds. */
    private static final int MOST_TRIALS = 3;

    private Trust trust = Trust.UNTRIED;
    private int trials;

    /** Whether a comparison of that answer is worth a reading of the list, which the caller then makes. */
    synchronized boolean isWorthATrial(Presence single) {
        boolean worth = isDoubted(single) && trials < MOST_TRIALS;
        trials += worth ? 1 : 0;
        return worth;
    }

    /** That both said of an entry that it is not there does not show that the router tells apart the two protocols. */
    private boolean isDoubted(Presence single) {
        return switch (trust) {
            case UNTRIED -> true;
            case TRUE -> single instanceof Presence.Present(ObservedMapping entry) && isNamedForAnother(entry);
            case FALSE -> false;
        };
    }

    /** Then only the list tells. */
    synchronized boolean areFalse() {
        return trust == Trust.FALSE;
    }

    /**
     * What {@code list} makes of the answer about one entry.
     *
     * @param inList what the list shows of that entry
     * @param listed whether a list that works must have it
     */
    synchronized Presence compared(Presence single, Presence inList, MappingTable list, boolean listed) {
        if (inList instanceof Presence.Unknown) {
            return single;
        }
        trust = switch (single) {
            case Presence.Absent ignored -> inList instanceof Presence.Absent ? Trust.TRUE : Trust.FALSE;
            case Presence.Present(ObservedMapping entry) ->
                judged(entry, inList, list, listed && !list.entries().isEmpty());
            case Presence.Unknown ignored -> Trust.UNTRIED;
        };
        trials = trust == Trust.UNTRIED ? trials : 0;
        boolean oneEntry = trust != Trust.FALSE;
        if (oneEntry
                && single instanceof Presence.Present(ObservedMapping entry)
                && inList instanceof Presence.Present(ObservedMapping other)) {
            RouterText name = nameOf(entry, other);
            trust = name.equals(RouterText.EMPTY) && !entry.description().isBlank() ? Trust.FALSE : trust;
            return new Presence.Present(entry.under(name));
        }
        return oneEntry ? single : inList;
    }

    /** The longer name where one is cut, and none where they contradict each other. */
    private static RouterText nameOf(ObservedMapping entry, ObservedMapping other) {
        String one = letters(entry);
        String two = letters(other);
        return one.startsWith(two) ? entry.description() : two.startsWith(one) ? other.description() : RouterText.EMPTY;
    }

    private static String letters(ObservedMapping entry) {
        return entry.description().raw().replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static Trust judged(ObservedMapping entry, Presence inList, MappingTable list, boolean listed) {
        if (isNamedForAnother(entry)) {
            return Trust.FALSE;
        }
        boolean elsewhere = list.entries().stream().anyMatch(other -> isSameUnderAnotherKey(entry, other));
        return switch (inList) {
            // Of two entries alike, either may have been meant.
            case Presence.Present(ObservedMapping other) ->
                !leadsWhere(entry, other) ? Trust.FALSE : elsewhere ? Trust.UNTRIED : Trust.TRUE;
            // A list may leave out entries, so it must have that one elsewhere.
            case Presence.Absent ignored -> elsewhere || listed ? Trust.FALSE : Trust.TRUE;
            case Presence.Unknown ignored -> Trust.UNTRIED;
        };
    }

    private static boolean isSameUnderAnotherKey(ObservedMapping entry, ObservedMapping other) {
        boolean sameKey =
                entry.protocol() == other.protocol() && entry.externalPort().equals(other.externalPort());
        return !sameKey && leadsWhere(entry, other) && entry.description().equals(other.description());
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
