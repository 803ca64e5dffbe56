package dev.ajar.gateway.upnp.control;

import dev.ajar.message.Message;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.TransportProtocol;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of ajar's that a router has granted and then would not show. They are asked for again so often that looking
 * before and after each time would load the router for nothing.
 */
final class UnshownEntries {
    private final Map<Key, Boolean> looked = new HashMap<>();

    private record Key(TransportProtocol protocol, Port externalPort) {}

    /** @param shown whether the router has shown what it granted */
    void granted(TransportProtocol protocol, Port externalPort, boolean shown) {
        Key key = new Key(protocol, externalPort);
        if (shown) {
            looked.remove(key);
        } else {
            looked.putIfAbsent(key, false);
        }
    }

    /** A look of its own, later, shows nothing either: from then on none is worth it. Any other answer ends that. */
    Presence seen(TransportProtocol protocol, Port externalPort, Presence presence) {
        boolean nothing = presence instanceof Presence.Unknown unknown
                && unknown.withheld()
                && unknown.partial().isEmpty()
                && !PortMappingTable.isBusy(unknown);
        Key key = new Key(protocol, externalPort);
        if (nothing) {
            looked.computeIfPresent(key, (same, before) -> true);
        } else {
            looked.remove(key);
        }
        return presence;
    }

    /** What a look would tell; empty where one is worth it. */
    Optional<Presence> expected(TransportProtocol protocol, Port externalPort) {
        return looked.getOrDefault(new Key(protocol, externalPort), false)
                ? Optional.of(new Presence.Unknown(Message.of("upnp.no-list"), true))
                : Optional.empty();
    }
}
