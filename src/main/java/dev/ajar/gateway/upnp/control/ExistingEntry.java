package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.GatewayHistory;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import java.util.Optional;

/** Decides what an entry already in the table means for the mapping that was asked for. Pure. */
final class ExistingEntry {
    private final GatewayHistory history;

    ExistingEntry(GatewayHistory history) {
        this.history = history;
    }

    /**
     * Whether the state file says so, or it has the very mark of the claim. An entry that leads to this machine under a name
     * like ours may be that of another user's ajar, or of the service. A switched-off entry that leads where ours would may
     * be replaced too.
     */
    boolean isOurs(ObservedMapping entry, PortMappingRequest request) {
        boolean marked = EntryName.isMarked(request.description())
                && entry.description().raw().equals(request.description());
        return history.isOurs(entry) || marked || (entry.pointsTo(request.internal()) && !entry.enabled());
    }

    /** Whether asking again has not extended the entry, though this router grants longer leases. */
    boolean runsOut(LeaseDuration asked, ObservedMapping before, ObservedMapping now) {
        long left = now.lease().map(LeaseDuration::seconds).orElse(0L);
        long leftBefore = before.lease().map(LeaseDuration::seconds).orElse(0L);
        long full = history.longestLease()
                .map(longest -> Math.min(longest.seconds(), asked.seconds()))
                .orElse(asked.seconds());
        return left > 0 && left <= leftBefore && left < full * 9 / 10;
    }

    static Failure takenBy(ObservedMapping entry) {
        Optional<Endpoint> holder = Addresses.ipv4(entry.internalClient().raw().strip())
                .map(address -> new Endpoint(address, entry.internalPort()));
        String name = entry.description().display();
        String client = entry.internalClient() + ":" + entry.internalPort();
        String why = name.isEmpty()
                ? "upnp.taken"
                : EntryName.isStandard(name) ? "upnp.taken-by-ajar" : "upnp.taken-by-name";
        Message taken = Message.of(why, "port", entry.externalPort(), "client", client, "name", name);
        return new Failure.Conflict(taken, holder, Optional.empty());
    }
}
