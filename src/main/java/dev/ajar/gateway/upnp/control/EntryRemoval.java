package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.Gateway.Removed;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.util.Optional;

/**
 * Removes one entry, and looks whether it is gone. A refusal that explains nothing may pass, and some routers show an
 * entry for a moment after they have removed it: both are worth a second try.
 */
final class EntryRemoval {
    /** What such a refusal takes to pass, or a list to be up to date. */
    private static final Duration PASSING = Duration.ofSeconds(1);

    private final WanConnection service;
    private final UnshownEntries unshown;
    private final Claim claim;
    private final Port externalPort;
    private final Deadline deadline;

    /** @param service the one whose table has the entry */
    EntryRemoval(WanConnection service, UnshownEntries unshown, Claim claim, Port externalPort, Deadline deadline) {
        this.service = service;
        this.unshown = unshown.looking();
        this.claim = claim;
        this.externalPort = externalPort;
        this.deadline = deadline;
    }

    /**
     * A yes counts once the entry is gone, and so does "no such entry", which some routers say of other devices'
     * entries. Where the router does not show the entry, its answer decides, if it can be understood.
     */
    Result<Removed> run() {
        SoapReply<WanConnection.Success> reply = delete();
        Result<Removed> first = judge(reply, look());
        if (first instanceof Result.Ok
                || !mayPass(reply)
                || deadline.remaining().compareTo(PASSING) <= 0) {
            return first;
        }
        deadline.pause(PASSING);
        boolean saidYes = reply instanceof SoapReply.Success;
        if (saidYes && judge(reply, lookWell()) instanceof Result.Ok<Removed> gone) {
            return gone;
        }
        SoapReply<WanConnection.Success> second = delete();
        return judge(second, look());
    }

    private TransportProtocol protocol() {
        return claim.mapping().protocol();
    }

    private SoapReply<WanConnection.Success> delete() {
        return service.deletePortMapping(protocol(), externalPort, deadline);
    }

    private PortMappingTable table() {
        return new PortMappingTable(service, unshown);
    }

    private Presence look() {
        return table().lookForProof(protocol(), externalPort, deadline);
    }

    /** What is still shown after a yes may be the entry of the other protocol. */
    private Presence lookWell() {
        return table().compared(look(), protocol(), externalPort, deadline);
    }

    private static boolean mayPass(SoapReply<WanConnection.Success> reply) {
        return switch (reply) {
            case SoapReply.Success<WanConnection.Success> ignored -> true;
            case SoapReply.Fault<WanConnection.Success>(int code, var text) -> UpnpErrors.isUnexplained(code);
            case SoapReply.Broken<WanConnection.Success>(Failure failure) ->
                failure instanceof Failure.Unreachable || PortMappingTable.isBusy(failure.detail());
        };
    }

    private Result<Removed> judge(SoapReply<WanConnection.Success> reply, Presence presence) {
        return switch (presence) {
            case Presence.Absent ignored -> Result.ok(new Removed());
            case Presence.Present(ObservedMapping entry)
            when entry.pointsTo(claim.internal()) && !service.remoteHost().isEmpty() ->
                // The router keeps it as an entry for all, though it was asked for one host.
                new EntryRemoval(service.forRemote(""), unshown, claim.from(Optional.empty()), externalPort, deadline)
                        .run();
            case Presence.Present(ObservedMapping entry) ->
                entry.mayPointTo(claim.internal()) ? Result.err(notRemoved(reply)) : Result.ok(new Removed());
            // A yes does not count while the router goes on listing what cannot be read.
            case Presence.Unknown unknown
            when PortMappingTable.isIllegible(unknown)
                    && unknown.partial().stream()
                            .anyMatch(entry -> !entry.isBlank() && !entry.contradicts(claim.internal())) ->
                Result.err(notRemoved(reply));
            case Presence.Unknown ignored -> saysGone(reply) ? Result.ok(new Removed()) : Result.err(notRemoved(reply));
        };
    }

    private static boolean saysGone(SoapReply<WanConnection.Success> reply) {
        return switch (reply) {
            case SoapReply.Success<WanConnection.Success> ignored -> true;
            case SoapReply.Fault<WanConnection.Success>(int code, var text) -> UpnpErrors.isNoSuchEntry(code);
            case SoapReply.Broken<WanConnection.Success> ignored -> false;
        };
    }

    private static Failure notRemoved(SoapReply<WanConnection.Success> reply) {
        return switch (reply) {
            case SoapReply.Success<WanConnection.Success> ignored ->
                new Failure.Malformed(Message.of("upnp.not-removed"), Optional.empty());
            case SoapReply.Fault<WanConnection.Success>(int code, RouterText text) ->
                new Failure.Refused(Message.of("upnp.removal-refused"), UpnpErrors.error(code, text));
            case SoapReply.Broken<WanConnection.Success>(Failure broken) -> broken;
        };
    }
}
