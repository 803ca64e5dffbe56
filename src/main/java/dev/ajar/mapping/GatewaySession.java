package dev.ajar.mapping;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.mapping.report.LineReport;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.MappingTraits;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.state.LearnedAdjustments;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Asks one gateway for mappings. The claims are saved before it is asked, and the leases afterwards. */
public final class GatewaySession {
    /** A table that hangs must not use up the time of the request itself. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final StateStore store;
    private final Progress progress;
    private final Gateway gateway;
    private final Deadline deadline;
    private final Snapshot before;
    private Snapshot snapshot;
    private Supplier<Optional<Gateway>> table = Optional::empty;

    /** What the same router says of its line in the protocol that shows its table. */
    private Optional<Supplier<Gateway.Line>> alsoSaid = Optional.empty();

    /** @param before the state file as it was read */
    public GatewaySession(StateStore store, Progress progress, Gateway gateway, Deadline deadline, Snapshot before) {
        this.store = store;
        this.progress = progress;
        this.gateway = gateway;
        this.deadline = deadline;
        this.before = before;
        this.snapshot = before;
    }

    /**
     * Looks, before a new mapping is asked for in a protocol that shows none, whether another program has it: servers
     * of PCP and NAT-PMP hand it over to any program of the same machine, and the end of ours would then close theirs.
     *
     * @param other the same router in a protocol that shows its table; asked for only when it is needed
     */
    GatewaySession lookingFirst(Supplier<Optional<Gateway>> other) {
        table = other;
        return this;
    }

    /**
     * The gateway's answers.
     *
     * @param snapshot the state after them
     * @param externalAddress the gateway's address on the internet side; empty where it told none
     * @param line why the internet cannot reach what is open, by the gateway's own words; empty where it was not asked
     * @param unwritten why the state file could not be written; without outcomes, the gateway was not asked
     */
    public record Answer(
            List<OpenReport.PortOutcome> outcomes,
            Snapshot snapshot,
            Optional<InetAddress> externalAddress,
            Optional<Failure> line,
            Optional<Failure> unwritten) {
        boolean anyGranted() {
            return outcomes.stream().anyMatch(outcome -> outcome.result() instanceof Result.Ok);
        }

        /** Whether all failed for a reason that another protocol may not have. */
        boolean mayWorkElsewhere() {
            return failures().stream().allMatch(Failure::otherProtocolMayHelp) && !anyGranted();
        }

        /** Whether all failed because the gateway sees another address than this machine's. */
        boolean isAddressMismatch() {
            return !outcomes.isEmpty()
                    && failures().size() == outcomes.size()
                    && failures().stream().allMatch(Failure.AddressMismatch.class::isInstance);
        }

        /** Whether no answer came at all. */
        boolean isSilence() {
            return failures().stream().allMatch(Failure::isSilence) && !anyGranted();
        }

        /**
         * Whether this answer is to be reported in place of that of a gateway asked before. A refusal says more than
         * silence. An address mismatch says more than a refusal without a reason of its own: a router refuses a client
         * that it does not see by whatever error it has for that.
         */
        boolean saysMoreThan(Answer earlier) {
            boolean unexplained = !anyGranted() && failures().stream().noneMatch(Answer::namesHolder);
            return !isSilence() && !(earlier.isAddressMismatch() && unexplained);
        }

        private static boolean namesHolder(Failure failure) {
            return failure instanceof Failure.Conflict conflict
                    && conflict.holder().isPresent();
        }

        private List<Failure> failures() {
            List<Failure> failures = new ArrayList<>();
            for (OpenReport.PortOutcome outcome : outcomes) {
                if (outcome.result() instanceof Result.Err<Grant>(Failure failure)) {
                    failures.add(failure);
                }
            }
            return failures;
        }
    }

    public Answer ask(List<Mapping> mappings) {
        return ask(mappings, false, RepeatedOpening::judged);
    }

    /** Asks for more time for what is open. */
    public Answer extend(List<Mapping> mappings) {
        return ask(mappings, false, RepeatedOpening::judgedExtension);
    }

    /** Also asks for the gateway's address on the internet side, if a port is open and no grant has told it. */
    Answer askWithAddress(List<Mapping> mappings) {
        return ask(mappings, true, RepeatedOpening::judged);
    }

    /** How an answer is judged by what the gateway lists. */
    private interface Judgement {
        Result<Grant> of(RepeatedOpening repeated, Claim claim, Result<Grant> result);
    }

    private Answer ask(List<Mapping> mappings, boolean withAddress, Judgement judgement) {
        List<Claim> claims = mappings.stream().map(this::claim).toList();
        for (Claim claim : claims) {
            if (snapshot.of(claim).isEmpty()) {
                snapshot = snapshot.with(MappingRecord.claimed(claim));
            }
        }
        // The claim of a renewal is saved already.
        Optional<Failure> unwritable = snapshot.equals(before) ? Optional.empty() : save();
        if (unwritable.isPresent()) {
            return new Answer(List.of(), before, Optional.empty(), Optional.empty(), unwritable);
        }
        // Beside the requests for the ports, so that it costs no time.
        Supplier<Gateway.Line> own = withAddress ? gateway.askLine(deadline) : () -> gateway.line(deadline);
        LineReport words = new LineReport(gateway, own);
        List<OpenReport.PortOutcome> outcomes = new ArrayList<>();
        RepeatedOpening repeated = new RepeatedOpening(gateway, before, deadline);
        for (Claim claim : claims) {
            progress.begins(Message.of("mapping.asking", "port", claim.mapping().label()));
            Result<Grant> result = judgement.of(repeated, claim, map(claim));
            recordResult(claim, result);
            outcomes.add(new OpenReport.PortOutcome(claim.mapping(), gateway.info(), result));
        }
        Optional<InetAddress> external =
                outcomes.stream().flatMap(GatewaySession::statedAddress).findFirst();
        Optional<Failure> line = Optional.empty();
        boolean anyOpen = outcomes.stream().anyMatch(o -> o.result() instanceof Result.Ok);
        if (withAddress && anyOpen) {
            progress.begins(Message.of("mapping.asking-address"));
            boolean granted = external.isPresent();
            LineReport.Told told = words.told(external, alsoSaid);
            line = told.line();
            external = told.address();
            external.filter(address -> !granted)
                    .ifPresent(address -> outcomes.replaceAll(outcome -> withAddress(outcome, address)));
        } else if (withAddress) {
            outcomes.replaceAll(outcome -> words.explained(outcome, alsoSaid));
        }
        return new Answer(List.copyOf(outcomes), snapshot, external, line, save());
    }

    private static Stream<InetAddress> statedAddress(OpenReport.PortOutcome outcome) {
        return outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var learned, var refusal))
                ? lease.externalAddress().stream()
                : Stream.empty();
    }

    /** Saves the address with the lease, so that a renewal notices when it changes. */
    private OpenReport.PortOutcome withAddress(OpenReport.PortOutcome outcome, InetAddress address) {
        if (!(outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var learned, var refusal)))) {
            return outcome;
        }
        Lease told = lease.on(address);
        snapshot = snapshot.with(MappingRecord.held(told));
        return new OpenReport.PortOutcome(
                outcome.mapping(), outcome.gateway(), Result.ok(new Grant.Granted(told, learned, refusal)));
    }

    private Optional<Failure> save() {
        return switch (store.save(snapshot)) {
            case Result.Ok<StateStore.Written> ignored -> Optional.empty();
            case Result.Err<StateStore.Written>(Failure failure) -> Optional.of(failure);
        };
    }

    private Claim claim(Mapping mapping) {
        Claim fresh = gateway.claim(mapping, Optional.empty());
        return snapshot.of(fresh)
                .map(known -> gateway.claim(mapping, Optional.of(known.claim().handle())))
                .orElse(fresh);
    }

    /**
     * Asks, unless that would close a port that is open: PCP and NAT-PMP keep one mapping for each internal port, so
     * asking for a second external port moves the first, and giving the second back closes both.
     */
    private Result<Grant> map(Claim claim) {
        Optional<MappingRecord> same = snapshot.of(claim)
                .filter(known -> known.lease().isPresent())
                .filter(known -> !known.hasExpired(claim.writtenAt()));
        Port held = same.map(MappingRecord::externalPort).orElse(claim.externalPort());
        if (!held.equals(claim.externalPort()) && claim.mapping().portPolicy() == PortPolicy.EXACT) {
            Message detail = Message.of(
                    "mapping.other-external-port", "internal", claim.internal().port(), "external", held);
            return Result.err(new Failure.Conflict(detail, Optional.of(claim.internal()), Optional.empty()));
        }
        Optional<Result<Grant>> anothers = anothers(claim);
        if (anothers.isPresent()) {
            return anothers.get();
        }
        InetAddress address = gateway.info().id().address();
        InetAddress here = gateway.info().localAddress();
        // Where any port will do, the last one: asking for the first choice again could open that beside it.
        Claim asked = held.equals(claim.externalPort()) ? claim : claim.onExternalPort(held);
        Optional<Lease> granted = snapshot.of(claim).flatMap(MappingRecord::lease);
        GatewayHistory history = new GatewayHistory(
                entry -> before.ownsCertainly(gateway.info().id(), entry, here, claim.writtenAt()),
                snapshot.learned(address, gateway.info().device()),
                granted.flatMap(GatewaySession::shortened),
                granted.isPresent());
        Result<Grant> answer = gateway.map(asked, history, deadline).map(grant -> asClaimed(grant, claim));
        return OwnInTheWay.named(before, claim, answer);
    }

    /**
     * What another program, or another ajar, has made of the same port: open already, or, where it cannot be read
     * whether it is the same mapping, taken. Empty where there is none, or no table to see.
     */
    private Optional<Result<Grant>> anothers(Claim claim) {
        boolean blind = !gateway.info().capabilities().contains(Capability.LISTS_MAPPINGS);
        boolean isNew = before.of(claim).isEmpty();
        if (!blind || !isNew || claim.ipVersion() != IpVersion.IPV4) {
            return Optional.empty();
        }
        Optional<Gateway> showing = table.get();
        alsoSaid = alsoSaid.or(() -> showing.map(other -> other.askLine(deadline.within(LOOK))));
        return showing.flatMap(shown -> anothers(claim, shown, lookWell(claim, shown)));
    }

    /** A look that failed by chance shows no free port. */
    private Presence lookWell(Claim claim, Gateway shown) {
        Presence first = look(claim, shown);
        return first instanceof Presence.Unknown unknown && !unknown.withheld() ? look(claim, shown) : first;
    }

    private Presence look(Claim claim, Gateway shown) {
        return shown.look(
                claim.mapping().protocol(),
                claim.externalPort(),
                claim.mapping().remote(),
                deadline.within(LOOK));
    }

    private Optional<Result<Grant>> anothers(Claim claim, Gateway shown, Presence presence) {
        return switch (presence) {
            case Presence.Absent ignored -> Optional.empty();
            case Presence.Present(ObservedMapping entry) ->
                !entry.enabled()
                                || !entry.mayPointTo(claim.internal())
                                || before.owns(shown.info().id(), entry, claim.writtenAt())
                        ? Optional.empty()
                        : Optional.of(
                                entry.pointsTo(claim.internal())
                                        ? Result.ok(new Grant.AlreadyThere(entry))
                                        : taken(claim, entry.internalClient()));
            case Presence.Unknown unknown ->
                unknown.partial().stream()
                        .filter(entry -> entry.externalPort().isPresent()
                                && !entry.contradicts(claim.internal())
                                && !isRecorded(claim))
                        .findFirst()
                        .map(entry -> taken(claim, entry.internalClient()));
        };
    }

    private boolean isRecorded(Claim claim) {
        return before.mappingRecords().stream()
                .anyMatch(record -> record.protocol() == claim.mapping().protocol()
                        && record.externalPort().equals(claim.externalPort()));
    }

    private static Result<Grant> taken(Claim claim, RouterText client) {
        Message detail = Message.of("upnp.taken", "port", claim.externalPort(), "client", client.display());
        return Result.err(new Failure.Conflict(detail, Optional.empty(), Optional.empty()));
    }

    /** The granted duration, if it is shorter than the one asked for. */
    private static Optional<LeaseDuration> shortened(Lease lease) {
        long asked = lease.claim().mapping().lease().seconds();
        return Optional.of(lease.granted()).filter(granted -> granted.seconds() > 0 && granted.seconds() < asked);
    }

    /** Ties the lease to the original claim, so that the next claim like it finds it. */
    private static Grant asClaimed(Grant grant, Claim claim) {
        return switch (grant) {
            case Grant.Granted(Lease lease, var learned, var refusal) ->
                new Grant.Granted(lease.of(claim), learned, refusal);
            case Grant.AlreadyThere there -> there;
            case Grant.OpenAnyway anyway -> anyway;
        };
    }

    /** A claim stays in the state file if the mapping may be open; an older lease stays in any case. */
    private void recordResult(Claim claim, Result<Grant> result) {
        snapshot = switch (result) {
            case Result.Ok<Grant>(Grant.Granted(Lease lease, var learned, var refusal)) ->
                snapshot.with(MappingRecord.held(lease)).with(learnedAdjustments(lease, learned));
            case Result.Ok<Grant>(Grant.AlreadyThere ignored) -> withoutMereClaim(claim);
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) -> withoutMereClaim(claim);
            case Result.Err<Grant>(Failure.LeftOpen(var cause, List<Port> ports)) ->
                withClaims(isGivenBack(claim, cause) ? without(claim) : withoutMereClaim(claim), claim, ports);
            case Result.Err<Grant>(Failure failure) when isGivenBack(claim, failure) -> without(claim);
            case Result.Err<Grant>(Failure failure) ->
                failure.mayHaveHappened() || mayBeOpenSince(claim, failure) ? snapshot : withoutMereClaim(claim);
        };
    }

    /**
     * Whether the gateway offered another port, which was given back: where it keeps one mapping for each internal
     * port, that ended the earlier one, too.
     */
    private static boolean isGivenBack(Claim claim, Failure failure) {
        return claim.handle().traits().key() == MappingTraits.Key.INTERNAL_ENDPOINT
                && failure instanceof Failure.Conflict conflict
                && conflict.offered().isPresent()
                && conflict.holder().isEmpty();
    }

    /** Without what was granted for it, too. */
    private Snapshot without(Claim claim) {
        return snapshot.of(claim).map(snapshot::without).orElse(snapshot);
    }

    /**
     * Whether an earlier request for it, which was not answered, may have opened it. That another client has it denies
     * that.
     */
    private boolean mayBeOpenSince(Claim claim, Failure failure) {
        boolean takenByOther = failure instanceof Failure.Conflict conflict
                && conflict.holder()
                        .filter(client -> !client.equals(claim.internal()))
                        .isPresent();
        return !takenByOther
                && before.of(claim).filter(known -> known.lease().isEmpty()).isPresent();
    }

    private static Snapshot withClaims(Snapshot snapshot, Claim claim, List<Port> ports) {
        Snapshot all = snapshot;
        for (Port port : ports) {
            all = all.with(MappingRecord.claimed(claim.onExternalPort(port)).markedForRemoval());
        }
        return all;
    }

    private LearnedAdjustments learnedAdjustments(Lease lease, Set<Adjustment> adjustments) {
        GatewayInfo info = gateway.info();
        return new LearnedAdjustments(info.id().address(), info.device(), adjustments, lease.grantedAt());
    }

    private Snapshot withoutMereClaim(Claim claim) {
        boolean held = snapshot.of(claim).flatMap(MappingRecord::lease).isPresent();
        return held ? snapshot : snapshot.without(MappingRecord.claimed(claim));
    }
}
