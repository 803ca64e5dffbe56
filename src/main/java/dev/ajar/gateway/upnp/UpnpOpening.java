package dev.ajar.gateway.upnp;

import dev.ajar.gateway.Ownership;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Presence;
import dev.ajar.model.Reachability;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Target;
import dev.ajar.profile.Adjustment;
import dev.ajar.profile.Quirks;
import dev.ajar.system.Deadline;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The opening of one port: look whether somebody has it, ask, adjust and ask again as the quirks say, and believe the
 * router's yes only when the entry can be read back. It ends because every adjustment is tried a bounded number of times.
 */
final class UpnpOpening {
    private static final int MOST_REQUESTS = 15;
    private static final int MOST_PORTS = 10;

    /** What came of it, before it is made a lease. */
    sealed interface Outcome {
        /** @param entry as read back; empty where the router would not show it */
        record Opened(PortMappingRequest request, Optional<ObservedMapping> entry)
                implements Outcome {}

        record AlreadyThere(ObservedMapping entry) implements Outcome {}
    }

    private final WanConnection wan;
    private final UpnpTable table;
    private final Supplier<Quirks> quirks;
    private final Claim claim;
    private final Ownership ownership;
    private final Deadline deadline;
    private final Set<Adjustment> exhausted = EnumSet.noneOf(Adjustment.class);
    private int ports = 1;

    UpnpOpening(
            WanConnection wan,
            Supplier<Quirks> quirks,
            Claim claim,
            Ownership ownership,
            Deadline deadline) {
        this.wan = wan;
        this.table = new UpnpTable(wan);
        this.quirks = quirks;
        this.claim = claim;
        this.ownership = ownership;
        this.deadline = deadline;
    }

    Result<Outcome> run() {
        PortMappingRequest request = PortMappingRequest.of(claim);
        for (int requests = 0; requests < MOST_REQUESTS; requests++) {
            Step step = attempt(request);
            switch (step) {
                case Step.End(Result<Outcome> result) -> {
                    return result;
                }
                case Step.Failed(Optional<Integer> code, Failure failure) -> {
                    Optional<PortMappingRequest> next = adjusted(request, code);
                    if (next.isEmpty()) {
                        return Result.err(explained(code, failure));
                    }
                    request = next.get();
                }
            }
        }
        return Result.err(
                new Failure.Unsupported(
                        "the router refused " + MOST_REQUESTS + " different requests for this port",
                        Optional.empty()));
    }

    /** One round: final, or failed in a way that another request may get round. */
    private sealed interface Step {
        record End(Result<Outcome> result) implements Step {}

        record Failed(Optional<Integer> code, Failure failure) implements Step {}
    }

    private Optional<PortMappingRequest> adjusted(
            PortMappingRequest request, Optional<Integer> code) {
        Set<Adjustment> out = EnumSet.copyOf(exhausted);
        Optional<Adjustment> choice = quirks.get().after(code, out);
        while (choice.isPresent()) {
            Optional<PortMappingRequest> next = request.adjusted(choice.get(), claim.mapping());
            if (next.isPresent()) {
                note(choice.get());
                return next;
            }
            out.add(choice.get());
            choice = quirks.get().after(code, out);
        }
        return Optional.empty();
    }

    /** Everything is tried once on each port, and only so many ports. */
    private void note(Adjustment adjustment) {
        if (adjustment != Adjustment.NEXT_EXTERNAL_PORT) {
            exhausted.add(adjustment);
            return;
        }
        ports++;
        exhausted.removeAll(
                Set.of(Adjustment.PERMANENT_LEASE, Adjustment.LONGEST_LEASE, Adjustment.AS_BEFORE));
        if (ports >= MOST_PORTS) {
            exhausted.add(Adjustment.NEXT_EXTERNAL_PORT);
        }
    }

    private Step attempt(PortMappingRequest request) {
        return switch (table.look(request.protocol(), request.externalPort(), deadline)) {
            case Presence.Present(ObservedMapping entry) -> overExisting(request, entry);
            case Presence.Absent ignored -> add(request);
            case Presence.Unknown ignored -> add(request);
        };
    }

    /** Somebody has the port. Only what is ours is replaced. */
    private Step overExisting(PortMappingRequest request, ObservedMapping entry) {
        // The very same under the very name we would give it: ours, though the note of it was lost.
        boolean named =
                entry.pointsTo(request.internal())
                        && entry.description().raw().equals(request.description());
        boolean ours = ownership.isOurs(entry) || named;
        if (entry.pointsTo(request.internal())) {
            return ours || !entry.enabled()
                    ? add(request)
                    : new Step.End(Result.ok(new Outcome.AlreadyThere(entry)));
        }
        if (ours) {
            wan.deletePortMapping(request.protocol(), request.externalPort(), deadline);
            return add(request);
        }
        return new Step.Failed(Optional.of(UpnpErrors.CONFLICT), takenBy(entry));
    }

    private static Failure takenBy(ObservedMapping entry) {
        Optional<Endpoint> holder =
                Addresses.ipv4(entry.internalClient().raw().strip())
                        .map(address -> new Endpoint(address, entry.internalPort()));
        String name = entry.description().display();
        String text =
                "external port "
                        + entry.externalPort()
                        + " already goes to "
                        + entry.internalClient()
                        + ":"
                        + entry.internalPort()
                        + (name.isEmpty() ? "" : " (\"" + name + "\")");
        return new Failure.Conflict(text, holder, Optional.empty());
    }

    private Step add(PortMappingRequest request) {
        boolean routerChooses =
                claim.mapping().portPolicy() == PortPolicy.ANY_FREE && wan.hasSecondEdition();
        return routerChooses && ports == 1 ? addAny(request) : addThis(request);
    }

    private Step addAny(PortMappingRequest request) {
        return switch (wan.addAnyPortMapping(request, deadline)) {
            case SoapReply.Done<Port>(Port reserved) ->
                    readBack(request.withExternalPort(reserved));
            case SoapReply.Fault<Port> ignored -> addThis(request);
            // Whatever port it may have reserved, asking once more would reserve another.
            case SoapReply.Broken<Port>(Failure failure) -> new Step.End(Result.err(failure));
        };
    }

    private Step addThis(PortMappingRequest request) {
        return switch (wan.addPortMapping(request, deadline)) {
            case SoapReply.Done<WanConnection.Done> ignored -> readBack(request);
            case SoapReply.Fault<WanConnection.Done>(int code, RouterText text) ->
                    refused(request, code, text);
            case SoapReply.Broken<WanConnection.Done>(Failure failure) ->
                    unanswered(request, failure);
        };
    }

    private Step readBack(PortMappingRequest request) {
        return switch (table.look(request.protocol(), request.externalPort(), deadline)) {
            case Presence.Present(ObservedMapping entry) -> judge(request, entry);
            case Presence.Unknown(String reason, boolean withheld) ->
                    withheld
                            ? opened(request, Optional.empty())
                            : new Step.End(
                                    Result.err(
                                            new Failure.Malformed(
                                                    "the router said yes, but whether it did it cannot be told: "
                                                            + reason,
                                                    Optional.empty())));
            case Presence.Absent ignored ->
                    new Step.Failed(
                            Optional.empty(),
                            new Failure.Malformed(
                                    "the router said yes, but the port is not in its list",
                                    Optional.empty()));
        };
    }

    private static Step judge(PortMappingRequest request, ObservedMapping entry) {
        if (!entry.pointsTo(request.internal())) {
            return new Step.End(
                    Result.err(
                            new Failure.Malformed(
                                    "the router said yes, but forwards the port to "
                                            + entry.internalClient()
                                            + ":"
                                            + entry.internalPort(),
                                    Optional.empty())));
        }
        return entry.enabled()
                ? opened(request, Optional.of(entry))
                : new Step.Failed(
                        Optional.empty(),
                        new Failure.Refused(
                                "the router lists the port, but switched off", Optional.empty()));
    }

    private static Step opened(PortMappingRequest request, Optional<ObservedMapping> entry) {
        return new Step.End(Result.ok(new Outcome.Opened(request, entry)));
    }

    /** A change that got no answer may have happened all the same, so it is looked for before it is repeated. */
    private Step unanswered(PortMappingRequest request, Failure failure) {
        return switch (table.look(request.protocol(), request.externalPort(), deadline)) {
            case Presence.Present(ObservedMapping entry) when entry.pointsTo(request.internal()) ->
                    judge(request, entry);
            case Presence.Present ignored -> new Step.End(Result.err(failure));
            case Presence.Unknown ignored -> new Step.End(Result.err(failure));
            case Presence.Absent ignored -> new Step.Failed(Optional.empty(), failure);
        };
    }

    private Step refused(PortMappingRequest request, int code, RouterText text) {
        Failure failure = UpnpErrors.failure(code, text);
        if (code == UpnpErrors.CONFLICT || code == UpnpErrors.NOT_AUTHORIZED) {
            return refusedPort(request, code, text, failure);
        }
        return new Step.Failed(Optional.of(code), failure);
    }

    /** 718 and 606 mean "taken" or "not for that device"; the router's table tells which. */
    private Step refusedPort(
            PortMappingRequest request, int code, RouterText text, Failure failure) {
        if (table.look(request.protocol(), request.externalPort(), deadline)
                        instanceof Presence.Present(ObservedMapping entry)
                && !entry.pointsTo(request.internal())) {
            return new Step.Failed(Optional.of(UpnpErrors.CONFLICT), takenBy(entry));
        }
        return switch (claim.mapping().target()) {
            case Target.OtherHost other ->
                    new Step.End(
                            Result.err(
                                    new Failure.ForeignHostRefused(
                                            other.client(), UpnpErrors.error(code, text))));
            case Target.ThisHost ignored -> new Step.Failed(Optional.of(code), failure);
        };
    }

    /** miniupnpd answers 501 to everything while its own internet address is not public, and has none to tell. */
    private Failure explained(Optional<Integer> code, Failure failure) {
        boolean mayBe = code.filter(c -> c == UpnpErrors.ACTION_FAILED).isPresent();
        if (!mayBe
                || !(wan.getExternalIpAddress(deadline)
                        instanceof
                        SoapReply.Done<Optional<InetAddress>>(Optional<InetAddress> external))) {
            return failure;
        }
        String address = external.map(InetAddress::getHostAddress).orElse("none");
        return switch (Reachability.of(external)) {
            case PUBLIC -> failure;
            case PRIVATE, CARRIER_GRADE, UNKNOWN ->
                    new Failure.SecondNat(
                            "the router opens no ports because its own internet address ("
                                    + address
                                    + ") is not public",
                            failure.router());
        };
    }
}
