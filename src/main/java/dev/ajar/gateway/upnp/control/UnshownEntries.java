package dev.ajar.gateway.upnp.control;

import dev.ajar.message.Message;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.TransportProtocol;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The entries of ajar's that a router has granted and then would not show. They are asked for again so often that
 * looking before and after each time would load the router for nothing. For any thread.
 */
final class UnshownEntries {
    private final Set<Key> granted = new HashSet<>();
    private final SingleLooks singleLooks;

    /**
     * Whether a look of its own, later than the grant, has shown nothing either: a router that hides one entry hides
     * all.
     */
    private boolean hidden;

    UnshownEntries() {
        this(new SingleLooks());
    }

    private UnshownEntries(SingleLooks singleLooks) {
        this.singleLooks = singleLooks;
    }

    /** For looks that are to be made in any case. */
    UnshownEntries looking() {
        return new UnshownEntries(singleLooks);
    }

    private record Key(TransportProtocol protocol, Port externalPort) {}

    /** Whether what the router shows of one entry is to be believed. */
    SingleLooks singleLooks() {
        return singleLooks;
    }

    /** @param shown whether the router has shown what it granted */
    synchronized void granted(TransportProtocol protocol, Port externalPort, boolean shown) {
        if (shown) {
            clear();
        } else {
            granted.add(new Key(protocol, externalPort));
        }
    }

    /** That entry was to be removed: what has its port afterwards may be another's. */
    synchronized void removed(TransportProtocol protocol, Port externalPort) {
        granted.remove(new Key(protocol, externalPort));
    }

    private void clear() {
        granted.clear();
        hidden = false;
    }

    /**
     * From a look that shows nothing on, none is worth it. An answer that shows something ends that, for all entries.
     */
    synchronized Presence seen(TransportProtocol protocol, Port externalPort, Presence presence) {
        boolean ours = granted.contains(new Key(protocol, externalPort));
        switch (presence) {
            case Presence.Present ignored -> clear();
            case Presence.Absent ignored -> {
                // Of what was not granted, a router that hides its entries says so too.
                if (ours) {
                    clear();
                }
            }
            case Presence.Unknown unknown -> {
                if (!unknown.partial().isEmpty()) {
                    clear();
                } else if (unknown.withheld() && !PortMappingTable.isBusy(unknown)) {
                    hidden |= ours;
                } else if (ours) {
                    hidden = false;
                }
            }
        }
        return presence;
    }

    /** What a look would tell; empty where one is worth it. */
    synchronized Optional<Presence> expected(TransportProtocol protocol, Port externalPort) {
        return hidden && granted.contains(new Key(protocol, externalPort))
                ? Optional.of(new Presence.Unknown(Message.of("upnp.no-list"), true))
                : Optional.empty();
    }
}
