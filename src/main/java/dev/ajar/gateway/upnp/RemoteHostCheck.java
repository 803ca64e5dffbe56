package dev.ajar.gateway.upnp;

import dev.ajar.gateway.MappingTable;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;

import java.util.List;
import java.util.Optional;

/**
 * Whether a port that was to be open for one remote host is open for that one alone. Many routers take no notice of
 * NewRemoteHost and say yes; the only place where that shows is their list, since the answer about a single entry leaves
 * out what was asked for.
 */
final class RemoteHostCheck {
    private final WanConnection service;
    private final UpnpTable table;
    private final Deadline deadline;

    /** @param service for the remote host that is meant */
    RemoteHostCheck(WanConnection service, Deadline deadline) {
        this.service = service;
        this.table = new UpnpTable(service);
        this.deadline = deadline;
    }

    Result<UpnpOpening.Outcome> judge(UpnpOpening.Outcome outcome) {
        if (service.remoteHost().isEmpty()) {
            return Result.ok(outcome);
        }
        return switch (outcome) {
            case UpnpOpening.Outcome.Opened opened -> judgeOpened(opened);
            case UpnpOpening.Outcome.AlreadyThere(ObservedMapping entry) ->
                    seen(entry.protocol(), entry.externalPort()).stream()
                                    .anyMatch(one -> one.isFor(service.remoteHost()))
                            ? Result.ok(outcome)
                            : Result.err(ExistingEntry.takenBy(entry));
        };
    }

    private Result<UpnpOpening.Outcome> judgeOpened(UpnpOpening.Outcome.Opened opened) {
        PortMappingRequest request = opened.request();
        List<ObservedMapping> there = seen(request.protocol(), request.externalPort());
        Optional<ObservedMapping> asWished =
                there.stream()
                        .filter(entry -> entry.isFor(service.remoteHost()))
                        .filter(entry -> entry.pointsTo(request.internal()))
                        .findFirst();
        boolean forAll =
                asWished.isEmpty()
                        && there.stream().anyMatch(entry -> isForAll(entry, request.internal()));
        return forAll
                ? Result.err(takenBack(request))
                // What the list does not show, nobody has seen.
                : Result.ok(
                        new UpnpOpening.Outcome.Opened(request, asWished, opened.lessons()));
    }

    private static boolean isForAll(ObservedMapping entry, Endpoint internal) {
        return entry.isForEverybody() && entry.pointsTo(internal);
    }

    /** It is ours: it leads to us, and was not there, or was ours, before we asked. */
    private Failure takenBack(PortMappingRequest request) {
        service.deletePortMapping(request.protocol(), request.externalPort(), deadline);
        boolean left =
                seen(request.protocol(), request.externalPort()).stream()
                        .filter(entry -> isForAll(entry, request.internal()))
                        .anyMatch(entry -> entry.description().raw().equals(request.description()));
        if (left) {
            service.forRemote("")
                    .deletePortMapping(request.protocol(), request.externalPort(), deadline);
        }
        Failure failure =
                new Failure.Unsupported(
                        "the router takes no notice of --from and would let everybody in, so nothing was left open",
                        Optional.empty());
        return left && !seen(request.protocol(), request.externalPort()).isEmpty()
                ? new Failure.LeftOpen(failure, List.of(request.externalPort()))
                : failure;
    }

    private List<ObservedMapping> seen(Protocol protocol, Port externalPort) {
        return table.list(deadline).toOptional().map(MappingTable::entries).orElse(List.of()).stream()
                .filter(entry -> entry.protocol() == protocol)
                .filter(entry -> entry.externalPort().equals(externalPort))
                .toList();
    }
}
