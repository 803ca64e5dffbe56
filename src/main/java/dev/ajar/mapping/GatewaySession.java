package dev.ajar.mapping;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.message.Message;
import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.state.LearnedAdjustments;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Asks one gateway for mappings: writes down what it is about to ask, asks, writes down what came of it. */
public final class GatewaySession {
    private final StateStore store;
    private final Progress progress;
    private final Gateway gateway;
    private final Deadline deadline;
    private final Snapshot before;
    private Snapshot snapshot;

    /** @param before what was written down until now */
    public GatewaySession(StateStore store, Progress progress, Gateway gateway, Deadline deadline, Snapshot before) {
        this.store = store;
        this.progress = progress;
        this.gateway = gateway;
        this.deadline = deadline;
        this.before = before;
        this.snapshot = before;
    }

    /**
     * What came of it.
     *
     * @param externalAddress the gateway's address on the internet side, where it told it
     * @param unwritten why it could not be written down; without outcomes, nothing was asked
     */
    public record Answer(
            List<OpenReport.PortOutcome> outcomes,
            Snapshot snapshot,
            Optional<InetAddress> externalAddress,
            Optional<Failure> unwritten) {
        boolean anyGranted() {
            return outcomes.stream().anyMatch(outcome -> outcome.result() instanceof Result.Ok);
        }

        /** Whether every reason for failing is the protocol's and not the port's. */
        boolean mayWorkElsewhere() {
            return failures().stream().allMatch(Failure::otherProtocolMayHelp) && !anyGranted();
        }

        /** Whether nobody answered anything. */
        boolean isSilence() {
            return failures().stream().allMatch(Failure::isSilence) && !anyGranted();
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
        return ask(mappings, false);
    }

    /** And asks for the address on the internet side, once something is open and no answer has told it. */
    Answer askWithAddress(List<Mapping> mappings) {
        return ask(mappings, true);
    }

    private Answer ask(List<Mapping> mappings, boolean withAddress) {
        List<Claim> claims = mappings.stream().map(this::claim).toList();
        for (Claim claim : claims) {
            if (snapshot.of(claim).isEmpty()) {
                snapshot = snapshot.with(MappingRecord.claimed(claim));
            }
        }
        // A renewal is written down already.
        Optional<Failure> unwritable = snapshot.equals(before) ? Optional.empty() : save();
        if (unwritable.isPresent()) {
            return new Answer(List.of(), before, Optional.empty(), unwritable);
        }
        List<OpenReport.PortOutcome> outcomes = new ArrayList<>();
        for (Claim claim : claims) {
            progress.begins("asking the router for " + claim.mapping().label());
            Result<Grant> result = map(claim);
            note(claim, result);
            outcomes.add(new OpenReport.PortOutcome(claim.mapping(), gateway.info(), result));
        }
        Optional<InetAddress> external =
                outcomes.stream().flatMap(GatewaySession::statedAddress).findFirst();
        boolean anyOpen = outcomes.stream().anyMatch(o -> o.result() instanceof Result.Ok);
        if (withAddress && anyOpen && external.isEmpty()) {
            progress.begins("asking the router for its internet address");
            external = gateway.externalAddress(deadline).toOptional().flatMap(told -> told);
            external.ifPresent(address -> outcomes.replaceAll(outcome -> noted(outcome, address)));
        }
        return new Answer(List.copyOf(outcomes), snapshot, external, save());
    }

    private static Stream<InetAddress> statedAddress(OpenReport.PortOutcome outcome) {
        return outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var learned))
                ? lease.externalAddress().stream()
                : Stream.empty();
    }

    /** With the lease, so that whoever renews it sees when it changes. */
    private OpenReport.PortOutcome noted(OpenReport.PortOutcome outcome, InetAddress address) {
        if (!(outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var learned)))) {
            return outcome;
        }
        Lease told = lease.on(address);
        snapshot = snapshot.with(MappingRecord.held(told));
        return new OpenReport.PortOutcome(
                outcome.mapping(), outcome.gateway(), Result.ok(new Grant.Granted(told, learned)));
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
     * Asks, unless that would cost us what we have: PCP and NAT-PMP keep one mapping for each internal port, so asking
     * for a second external port of it moves the first, and giving that back closes it.
     */
    private Result<Grant> map(Claim claim) {
        Optional<MappingRecord> same = snapshot.of(claim)
                .filter(known -> known.lease().isPresent())
                .filter(known -> !known.hasExpired(claim.writtenAt()));
        boolean daemonClient = same.filter(held -> !held.externalPort().equals(claim.externalPort()))
                .isPresent();
        if (daemonClient && claim.mapping().portPolicy() == PortPolicy.EXACT) {
            String text = "internal port %s is already open as external port %s; close that first"
                    .formatted(claim.internal().port(), same.get().externalPort());
            return Result.err(
                    new Failure.Conflict(Message.verbatim(text), Optional.of(claim.internal()), Optional.empty()));
        }
        InetAddress address = gateway.info().id().address();
        InetAddress here = gateway.info().localAddress();
        Claim asked = daemonClient ? asLastTime(claim, same.get()) : claim;
        GatewayHistory history = new GatewayHistory(
                entry -> before.ownsCertainly(gateway.info().id(), entry, here),
                snapshot.learned(address, gateway.info().device()),
                snapshot.of(claim).flatMap(MappingRecord::lease).flatMap(GatewaySession::cut));
        return gateway.map(asked, history, deadline).map(grant -> asClaimed(grant, claim));
    }

    /** What was granted, where that was less than was asked for. */
    private static Optional<LeaseDuration> cut(Lease lease) {
        long asked = lease.claim().mapping().lease().seconds();
        return Optional.of(lease.granted()).filter(granted -> granted.seconds() > 0 && granted.seconds() < asked);
    }

    /**
     * Where any external port will do, the one granted last time comes first: asking for the first choice again could
     * open that beside it.
     */
    private static Claim asLastTime(Claim claim, MappingRecord same) {
        return claim.onExternalPort(same.externalPort());
    }

    /** The lease is noted under the wish as it was made, so that the next one like it finds it. */
    private static Grant asClaimed(Grant grant, Claim claim) {
        return switch (grant) {
            case Grant.Granted(Lease lease, var learned) -> new Grant.Granted(lease.of(claim), learned);
            case Grant.AlreadyThere there -> there;
            case Grant.OpenAnyway anyway -> anyway;
        };
    }

    /** What is certainly not there is not kept; what may be there is, and what was there before. */
    private void note(Claim claim, Result<Grant> result) {
        snapshot = switch (result) {
            case Result.Ok<Grant>(Grant.Granted(Lease lease, var learned)) ->
                snapshot.with(MappingRecord.held(lease)).with(learnedAdjustments(lease, learned));
            case Result.Ok<Grant>(Grant.AlreadyThere ignored) -> withoutMereClaim(claim);
            case Result.Ok<Grant>(Grant.OpenAnyway ignored) -> withoutMereClaim(claim);
            case Result.Err<Grant>(Failure.LeftOpen(var cause, List<Port> ports)) ->
                withClaims(withoutMereClaim(claim), claim, ports);
            case Result.Err<Grant>(Failure failure) -> failure.mayHaveHappened() ? snapshot : withoutMereClaim(claim);
        };
    }

    private static Snapshot withClaims(Snapshot snapshot, Claim claim, List<Port> ports) {
        Snapshot all = snapshot;
        for (Port port : ports) {
            // Nobody wants these: to be removed as soon as that works.
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
