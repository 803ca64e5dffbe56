package dev.ajar.gateway.upnp.control;

import dev.ajar.catalog.Quirks;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Target;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens one port: looks whether it is taken, asks, adjusts and asks again as the quirks say, and counts the router's
 * yes only when the entry can be read back.
 */
final class UpnpOpening {
    /** Over all services of the router. */
    static final int MOST_REQUESTS = 15;

    /** What one more round costs: look, ask, read back. One more is kept for the reason for failing. */
    static final int ROUND = 3;

    /** What a refusal without a reason may take to pass. */
    private static final Duration PASSING = Duration.ofSeconds(1);

    /** How long after its yes a router may show the entry. */
    private static final Duration SHOWN_LATE = Duration.ofSeconds(2);

    private final WanConnection wan;
    private final PortMappingTable table;
    private final FallbackSequence fallbackSequence;
    private final Claim claim;
    private final ExistingEntry existing;
    private final RequestBudget requestBudget;
    private final Deadline deadline;
    private final Rollback rollback;
    private Optional<Port> knownFree = Optional.empty();
    private boolean doubtful;

    /** Whether the request was repeated after everything else had failed. */
    private boolean askedOnceMore;

    /** How many yeses in a row led to no entry. */
    private int unfulfilled;

    private boolean anyAsked;

    /** Whether an answer to a request got lost, so that something may have been opened. */
    private boolean unheard;

    /** @param requestBudget for all services of the router together */
    UpnpOpening(
            WanConnection wan,
            Supplier<Quirks> quirks,
            Claim claim,
            GatewayHistory history,
            UnshownEntries unshown,
            RequestBudget requestBudget,
            Deadline deadline) {
        this.wan = new BudgetedConnection(wan, requestBudget);
        this.table = new PortMappingTable(this.wan, unshown);
        this.fallbackSequence = new FallbackSequence(quirks, claim.mapping(), history.learned());
        this.claim = claim;
        this.existing = new ExistingEntry(claim.mapping().target(), history);
        this.requestBudget = requestBudget;
        this.deadline = deadline;
        this.rollback = new Rollback(this.wan, claim.mapping().protocol(), deadline);
    }

    Result<AddOutcome> run() {
        PortMappingRequest first = fallbackSequence.first(PortMappingRequest.of(claim));
        PortMappingRequest request = first;
        while (true) {
            switch (attempt(request)) {
                case NextRequest.Finished(Result<AddOutcome> result) -> {
                    return rollback.toldWith(result);
                }
                case NextRequest.Failed(Optional<Integer> code, Failure failure) -> {
                    Optional<PortMappingRequest> next = requestBudget.allows(ROUND + 2) && !askedOnceMore
                            ? fallbackSequence.next(request, code, RefusalReason.isSeenTaken(failure))
                            : Optional.empty();
                    boolean again = next.filter(request::isForSamePort).isPresent();
                    Optional<AddOutcome> found = again ? Optional.empty() : foundAfterRefusal(request, next.isEmpty());
                    if (found.isPresent()) {
                        return Result.ok(found.get().afterRefusal(failure.router()));
                    }
                    if (next.isEmpty()) {
                        boolean mayCount = request.mayBeHad() && requestBudget.allows(ROUND + 2);
                        Failure why = RefusalReason.of(wan, code, failure, mayCount, deadline);
                        if (why.equals(failure) && mayBePassing(code)) {
                            askedOnceMore = true;
                            deadline.pause(PASSING);
                            request = first;
                            continue;
                        }
                        return rollback.toldWith(Result.err(why));
                    }
                    request = next.get();
                }
            }
        }
    }

    /** A code that explains nothing may come from a router that was busy, so the first request is repeated, once. */
    private boolean mayBePassing(Optional<Integer> code) {
        return !askedOnceMore
                && code.filter(UpnpErrors::isUnexplained).isPresent()
                && requestBudget.allows(ROUND + 2)
                && deadline.remaining().compareTo(PASSING) > 0;
    }

    /**
     * Some routers refuse what they have just done, so ajar looks for the entry before it gives up the port.
     *
     * @param last whether it gives up altogether, whatever the reason
     */
    private Optional<AddOutcome> foundAfterRefusal(PortMappingRequest request, boolean last) {
        boolean worthALook = (doubtful || last) && knownFree.equals(Optional.of(request.externalPort()));
        doubtful = false;
        return worthALook
                        && table.lookTwice(request, last && requestBudget.allows(ROUND + 2), deadline)
                                instanceof Presence.Present(ObservedMapping entry)
                        && request.isReservedAs(entry)
                        && entry.mayPointTo(request.internal())
                        && judge(request, entry) instanceof NextRequest.Finished(Result<AddOutcome> result)
                ? result.toOptional()
                : Optional.empty();
    }

    private NextRequest attempt(PortMappingRequest request) {
        if (knownFree.equals(Optional.of(request.externalPort()))) {
            return add(request);
        }
        return switch (lookWell(request)) {
            case Presence.Present(ObservedMapping entry) -> overExisting(request, entry);
            case Presence.Absent ignored -> {
                knownFree = Optional.of(request.externalPort());
                yield add(request);
            }
            case Presence.Unknown unknown -> {
                Optional<PartialEntry> anothers = ExistingEntry.anothers(unknown.partial(), request.internal());
                if (anothers.isPresent()) {
                    yield new NextRequest.Failed(
                            Optional.of(UpnpErrors.CONFLICT), ExistingEntry.takenBy(anothers.get(), request));
                }
                // A router that answers at once shows nothing, but is there to be asked.
                yield unknown.withheld() || PortMappingTable.isBusy(unknown)
                        ? add(request)
                        : new NextRequest.Finished(Result.err(unseen(unknown.reason())));
            }
        };
    }

    private Failure unseen(Message reason) {
        Message detail = Message.of("upnp.table-unseen", "reason", reason);
        boolean late = deadline.hasPassed();
        Failure failure = late ? new Failure.TimedOut(detail) : new Failure.Malformed(detail, Optional.empty());
        return unheard ? failure : new Failure.NotAsked(failure);
    }

    /** Looks once more where the first look failed by chance. */
    private Presence lookWell(PortMappingRequest request) {
        Presence first = table.look(request.protocol(), request.externalPort(), deadline);
        if (!(first instanceof Presence.Unknown unknown) || unknown.withheld()) {
            return first;
        }
        if (PortMappingTable.isBusy(unknown)) {
            deadline.pause(PASSING);
        }
        return table.look(request.protocol(), request.externalPort(), deadline);
    }

    /** The port is taken. Only an entry of ours is replaced. */
    private NextRequest overExisting(PortMappingRequest request, ObservedMapping shown) {
        boolean here = claim.mapping().target() instanceof Target.ThisHost && shown.pointsTo(request.internal());
        boolean surprising = !existing.isOurs(shown, request)
                && (shown.pointsTo(request.internal()) || claim.mapping().portPolicy() == PortPolicy.EXACT);
        Presence single = new Presence.Present(shown);
        Presence seen = surprising
                ? table.compared(single, request.protocol(), request.externalPort(), here, deadline)
                : single;
        if (!(seen instanceof Presence.Present(ObservedMapping entry))) {
            knownFree = Optional.of(request.externalPort());
            return add(request);
        }
        if (!existing.isOurs(entry, request)) {
            return entry.pointsTo(request.internal()) && entry.enabled()
                    ? new NextRequest.Finished(Result.ok(new AddOutcome.AlreadyThere(entry)))
                    : new NextRequest.Failed(Optional.of(UpnpErrors.CONFLICT), existing.takenBy(entry, request));
        }
        if (entry.mayPointTo(request.internal())) {
            return extended(request, entry);
        }
        wan.deletePortMapping(request.protocol(), request.externalPort(), deadline);
        return add(request);
    }

    /**
     * Some routers say yes to a repeated request and let the lease run out all the same (miniupnp/miniupnp#131), others
     * say that the port is taken: by us.
     */
    private NextRequest extended(PortMappingRequest request, ObservedMapping before) {
        // By AddPortMapping: asked for any free port, some routers name another, since ours is taken.
        NextRequest step = addThis(request);
        boolean again = switch (step) {
            case NextRequest.Finished(Result<AddOutcome> result) ->
                result
                                instanceof
                                Result.Ok<AddOutcome>(
                                        AddOutcome.Opened(
                                                var asked,
                                                Optional<ObservedMapping> now,
                                                var learned,
                                                var asAsked,
                                                var refusal))
                        && now.filter(entry -> existing.runsOut(asked.lease(), before, entry))
                                .isPresent();
            case NextRequest.Failed(Optional<Integer> code, var failure) ->
                code.filter(UpnpErrors::isConflict).isPresent();
        };
        if (!again) {
            return step;
        }
        wan.deletePortMapping(request.protocol(), request.externalPort(), deadline);
        return add(request);
    }

    private NextRequest add(PortMappingRequest request) {
        boolean routerChooses = claim.mapping().portPolicy() == PortPolicy.ANY_FREE && wan.hasSecondEdition();
        return routerChooses && !anyAsked && fallbackSequence.mayAskForAny() ? addAny(request) : addThis(request);
    }

    /** Asked once: asking again would reserve another port beside the first. */
    private NextRequest addAny(PortMappingRequest request) {
        anyAsked = true;
        return switch (wan.addAnyPortMapping(request, deadline)) {
            case SoapReply.Success<Port>(Port reserved) -> readBackReserved(request.withExternalPort(reserved));
            case SoapReply.Fault<Port> ignored -> addThis(request);
            case SoapReply.Broken<Port>(Failure failure) -> reservedUnheard(request, failure);
        };
    }

    private NextRequest readBackReserved(PortMappingRequest request) {
        // An entry that leads elsewhere is not removed, even if the router said the port was free.
        return switch (table.look(request.protocol(), request.externalPort(), deadline)) {
            case Presence.Present(ObservedMapping entry)
            when request.isReservedAs(entry) -> {
                knownFree = Optional.of(request.externalPort());
                yield judge(request, entry);
            }
            case Presence.Present(ObservedMapping entry) ->
                reservedElsewhere(request)
                        .orElseGet(() -> new NextRequest.Failed(
                                Optional.of(UpnpErrors.CONFLICT), existing.takenBy(entry, request)));
            case Presence.Absent ignored ->
                reservedElsewhere(request).orElseGet(() -> {
                    rollback.remove(request.externalPort());
                    return NextRequest.notListed();
                });
            case Presence.Unknown unknown -> unseenAfterYes(request, unknown);
        };
    }

    /** Some tell another port than they have reserved. */
    private Optional<NextRequest> reservedElsewhere(PortMappingRequest request) {
        return table.named(request, deadline) instanceof Presence.Present(ObservedMapping entry)
                ? Optional.of(judge(request.withExternalPort(entry.externalPort()), entry))
                : Optional.empty();
    }

    /** What the router agreed to and does not show is open as far as can be known, and is not taken back. */
    private NextRequest unseenAfterYes(PortMappingRequest request, Presence.Unknown unknown) {
        return ExistingEntry.anothers(unknown.partial(), request.internal())
                .map(entry -> NextRequest.elsewhere(entry.internalClient().display()))
                .orElseGet(() -> opened(request, Optional.empty()));
    }

    /**
     * The port it may have reserved is in its list; where none is, AddAnyPortMapping broke the connection or the
     * router.
     */
    private NextRequest reservedUnheard(PortMappingRequest request, Failure failure) {
        unheard = true;
        Presence seen = table.named(request, deadline);
        if (seen instanceof Presence.Present(ObservedMapping entry)) {
            return judge(request.withExternalPort(entry.externalPort()), entry);
        }
        if (seen instanceof Presence.Unknown || failure instanceof Failure.Malformed) {
            return new NextRequest.Finished(Result.err(failure));
        }
        fallbackSequence.withoutAddAny();
        return addThis(request);
    }

    private NextRequest addThis(PortMappingRequest request) {
        return switch (wan.addPortMapping(request, deadline)) {
            case SoapReply.Success<WanConnection.Success> ignored -> readBack(request);
            case SoapReply.Fault<WanConnection.Success>(int code, RouterText text) -> refused(request, code, text);
            case SoapReply.Broken<WanConnection.Success>(Failure failure) ->
                unanswered(request, RefusalReason.unclear(failure));
        };
    }

    private NextRequest readBack(PortMappingRequest request) {
        Presence single = table.look(request.protocol(), request.externalPort(), deadline);
        boolean expected =
                single instanceof Presence.Present(ObservedMapping shown) && shown.mayPointTo(request.internal());
        return switch (expected ? single : table.comparedAfterYes(single, request, deadline)) {
            case Presence.Present(ObservedMapping entry) -> judge(request, entry);
            case Presence.Unknown unknown -> unseenAfterYes(request, unknown);
            case Presence.Absent ignored -> notShown(request);
        };
    }

    /** A first yes that changed nothing is asked for again, a second one may only be shown late. */
    private NextRequest notShown(PortMappingRequest request) {
        unfulfilled++;
        if (unfulfilled == 2) {
            deadline.pause(SHOWN_LATE);
            return readBack(request);
        }
        // Whatever it did, the port must not stay open after it is called failed.
        rollback.note(request.externalPort());
        return NextRequest.notListed();
    }

    private NextRequest judge(PortMappingRequest request, ObservedMapping entry) {
        if (entry.pointsTo(request.internal()) && entry.enabled()) {
            return opened(request, Optional.of(entry));
        }
        if (entry.mayPointTo(request.internal()) && entry.enabled()) {
            // It lists a name in place of the address, which is not another address.
            return opened(request, Optional.empty());
        }
        takeBack(request, entry);
        return entry.pointsTo(request.internal())
                ? new NextRequest.Failed(
                        Optional.empty(), new Failure.Refused(Message.of("upnp.listed-off"), Optional.empty()))
                : NextRequest.elsewhere(entry.internalClient() + ":" + entry.internalPort());
    }

    /** An entry on a port that was free before, under the name ajar gave it, is ours wherever it leads. */
    private void takeBack(PortMappingRequest request, ObservedMapping entry) {
        boolean named = entry.description().raw().equals(request.description());
        if ((entry.pointsTo(request.internal()) || named) && knownFree.equals(Optional.of(request.externalPort()))) {
            rollback.remove(request.externalPort());
        }
    }

    private NextRequest opened(PortMappingRequest request, Optional<ObservedMapping> entry) {
        return new NextRequest.Finished(
                Result.ok(AddOutcome.Opened.of(request, entry, fallbackSequence.learnt(request))));
    }

    /** A change without an answer may have happened, so ajar looks for it before it asks again. */
    private NextRequest unanswered(PortMappingRequest request, Failure failure) {
        unheard = true;
        return switch (table.look(request.protocol(), request.externalPort(), deadline)) {
            case Presence.Present(ObservedMapping entry)
            when entry.pointsTo(request.internal()) -> judge(request, entry);
            case Presence.Present ignored -> new NextRequest.Finished(Result.err(failure));
            case Presence.Unknown ignored -> new NextRequest.Finished(Result.err(failure));
            case Presence.Absent ignored -> new NextRequest.Failed(Optional.empty(), failure);
        };
    }

    private NextRequest refused(PortMappingRequest request, int code, RouterText text) {
        Failure failure = UpnpErrors.failure(code, text, request, wan.remoteHost());
        doubtful |= UpnpErrors.isUnexplained(code);
        if (code == UpnpErrors.CONFLICT || code == UpnpErrors.NOT_AUTHORIZED) {
            return refusedPort(request, code, text, failure);
        }
        return new NextRequest.Failed(Optional.of(code), failure);
    }

    /** 718 and 606 mean "taken" or "not for that device"; the router's table tells which. */
    private NextRequest refusedPort(PortMappingRequest request, int code, RouterText text, Failure failure) {
        if (knownFree.isEmpty()
                && table.look(request.protocol(), request.externalPort(), deadline)
                        instanceof Presence.Present(ObservedMapping entry)
                && !entry.pointsTo(request.internal())) {
            return new NextRequest.Failed(Optional.of(UpnpErrors.CONFLICT), existing.takenBy(entry, request));
        }
        return claim.mapping().target() instanceof Target.OtherHost(var client, var ignored)
                ? new NextRequest.Finished(
                        Result.err(new Failure.ForeignHostRefused(client, UpnpErrors.error(code, text))))
                : new NextRequest.Failed(Optional.of(code), failure);
    }
}
