package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.GatewayHistory;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import java.util.List;
import java.util.Optional;

/** Decides what an entry already in the table means for the mapping that was asked for. Pure. */
final class ExistingEntry {
    private final Target target;
    private final GatewayHistory history;

    /** @param target of the mapping that was asked for */
    ExistingEntry(Target target, GatewayHistory history) {
        this.target = target;
        this.history = history;
    }

    /**
     * Whether the state file says so, or it has the very mark of the claim. An entry that leads to this machine under a
     * name like ours may be that of another user's ajar, or of the service. A switched-off entry that leads where ours
     * would may be replaced too.
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

    /** An entry of which not all can be read, but enough to tell that it is another's; empty where one may be ours. */
    static Optional<PartialEntry> anothers(List<PartialEntry> entries, Endpoint internal) {
        return entries.stream().allMatch(entry -> entry.contradicts(internal))
                ? entries.stream().findFirst()
                : Optional.empty();
    }

    static Failure takenBy(PartialEntry entry, PortMappingRequest request) {
        Message taken = Message.of(
                "upnp.taken",
                "port",
                request.externalPort(),
                "client",
                entry.internalClient().display());
        return new Failure.Conflict(taken, Optional.empty(), Optional.empty());
    }

    /** @param request leads to this machine, unless it is for another device */
    Failure takenBy(ObservedMapping entry, PortMappingRequest request) {
        boolean here = !(target instanceof Target.OtherHost)
                && entry.internalClient()
                        .raw()
                        .strip()
                        .equals(request.internal().address().getHostAddress());
        if (!here) {
            return takenBy(entry);
        }
        return new Failure.Conflict(
                takenHere(entry),
                Optional.of(new Endpoint(request.internal().address(), entry.internalPort())),
                Optional.empty());
    }

    private static Message takenHere(ObservedMapping entry) {
        String name = entry.description().display();
        String command = entry.protocol().typed(entry.externalPort());
        Port port = entry.externalPort();
        Port internal = entry.internalPort();
        return EntryName.isStandard(name)
                ? Message.of(
                        "upnp.taken-here-by-ajar", "port", port, "internal", internal, "name", name, "command", command)
                : Message.of("upnp.taken-here", "port", port, "internal", internal, "name", name, "command", command);
    }

    static Failure takenBy(ObservedMapping entry) {
        Optional<Endpoint> holder = Addresses.ipv4(entry.internalClient().raw().strip())
                .map(address -> new Endpoint(address, entry.internalPort()));
        return new Failure.Conflict(taken(entry), holder, Optional.empty());
    }

    private static Message taken(ObservedMapping entry) {
        String name = entry.description().display();
        String client = entry.internalClient() + ":" + entry.internalPort();
        if (name.isEmpty()) {
            return Message.of("upnp.taken", "port", entry.externalPort(), "client", client);
        }
        return EntryName.isStandard(name)
                ? Message.of("upnp.taken-by-ajar", "port", entry.externalPort(), "client", client, "name", name)
                : Message.of("upnp.taken-by-name", "port", entry.externalPort(), "client", client, "name", name);
    }
}
