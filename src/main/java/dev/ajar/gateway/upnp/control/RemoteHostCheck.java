package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.MappingTable;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.Optional;

/**
 * Checks whether a port that was to be open for one remote host is open for that host alone. Many routers ignore
 * NewRemoteHost and say yes, which can show only in their list. But miniupnpd, which does keep the others out, lists
 * such an entry as one for all: so an entry listed for the host proves it, and any other proves nothing.
 */
final class RemoteHostCheck {
    private final WanConnection service;
    private final Deadline deadline;

    /** @param service for that remote host */
    RemoteHostCheck(WanConnection service, Deadline deadline) {
        this.service = service;
        this.deadline = deadline;
    }

    /** A mapping that is not listed with the remote host counts as unverified. */
    Result<AddOutcome> judge(AddOutcome outcome) {
        if (service.remoteHost().isEmpty()) {
            return Result.ok(outcome);
        }
        return switch (outcome) {
            case AddOutcome.Opened opened ->
                Result.ok(new AddOutcome.Opened(
                        opened.request(),
                        opened.entry(),
                        opened.learned(),
                        opened.refusal().isEmpty()
                                && opened.entry().flatMap(this::listed).isPresent(),
                        opened.refusal()));
            case AddOutcome.AlreadyThere(ObservedMapping entry) ->
                listed(entry).isPresent() ? Result.ok(outcome) : Result.err(ExistingEntry.takenBy(entry));
        };
    }

    private Optional<ObservedMapping> listed(ObservedMapping entry) {
        return new PortMappingTable(service)
                .list(deadline).toOptional().map(MappingTable::entries).stream()
                        .flatMap(entries -> entries.stream())
                        .filter(one -> one.protocol() == entry.protocol())
                        .filter(one -> one.externalPort().equals(entry.externalPort()))
                        .filter(one -> one.isFor(service.remoteHost()))
                        .filter(one -> one.internalClient().equals(entry.internalClient()))
                        .findFirst();
    }
}
