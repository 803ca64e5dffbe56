package dev.ajar.keeper;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.mapping.GatewaySession;
import dev.ajar.mapping.OpenPorts;
import dev.ajar.mapping.OpenReport;
import dev.ajar.mapping.Progress;
import dev.ajar.mapping.Removal;
import dev.ajar.mapping.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries steps out: talks to a gateway and hands on what it said. */
final class StepExecutor {
    /** To find a gateway, and to find one again. */
    private static final Duration SEARCH = Duration.ofMillis(2750);

    private static final Duration PULSE = Duration.ofSeconds(2);
    private static final Duration SOAP_PULSE = Duration.ofSeconds(5);

    /** After so many failures, the same router in the same protocol is no longer the only hope. */
    private static final int HOPE = 6;

    private static final Duration CONVERSATION = Duration.ofSeconds(30);

    /** A refusal, or an answer that makes no sense, is a sign of life as well. */
    private static final HealthCheck ALIVE = new HealthCheck(Optional.empty(), Optional.empty(), false);

    private final GatewaySource gateways;
    private final GatewayCache known;
    private final KeeperStore store;
    private final Timeline timeline;
    private final Transitions transitions;
    private final LeaseEnds endings;
    private Optional<Deadline> limitTime = Optional.empty();

    StepExecutor(
            GatewaySource gateways, KeeperStore store, Timeline timeline, Transitions transitions, LeaseEnds endings) {
        this.gateways = gateways;
        this.known = new GatewayCache(gateways);
        this.store = store;
        this.timeline = timeline;
        this.transitions = transitions;
        this.endings = endings;
    }

    /** The network is another one: nothing that was known of gateways need be true. */
    void forgetGateways() {
        known.forgetAll();
    }

    void carryOut(KeeperStep step) {
        switch (step) {
            case KeeperStep.Open(List<TrackedMapping> wanted) -> open(wanted);
            case KeeperStep.Renew(TrackedMapping tracked, MappingState.Active open) -> renew(tracked, open);
            case KeeperStep.Verify(TrackedMapping tracked, MappingState.Active open) -> look(tracked, open);
            case KeeperStep.Remove(PendingRemoval removal) -> remove(removal);
            case KeeperStep.Expire(TrackedMapping tracked, MappingState.Active open) ->
                transitions.ended(tracked, open);
            case KeeperStep.Probe(GatewayId gateway) -> feel(gateway);
            case KeeperStep.Rediscover(GatewayId gateway, List<TrackedMapping> tracked) -> seek(gateway, tracked);
        }
    }

    private Deadline in(Duration time) {
        return limitTime.map(end -> end.within(time)).orElseGet(() -> Deadline.after(timeline, time));
    }

    /** From now on nothing takes longer than until {@code end}. */
    void limitTime(Deadline end) {
        limitTime = Optional.of(end);
    }

    /**
     * What was open is asked for where it was, as long as there is hope that it is still there: another protocol of the
     * same router would find the port taken, by us.
     */
    private void open(List<TrackedMapping> wanted) {
        List<TrackedMapping> fresh = new ArrayList<>();
        for (TrackedMapping tracked : wanted) {
            Optional<MappingRecord> before = mayStillBe(tracked);
            if (before.isPresent()) {
                openAgain(tracked, before.get());
            } else {
                fresh.add(tracked);
            }
        }
        if (!fresh.isEmpty()) {
            openAnywhere(fresh);
        }
    }

    /** At first always, later every second time; where it was noted in several protocols, one after the other. */
    private Optional<MappingRecord> mayStillBe(TrackedMapping tracked) {
        if (!(tracked.state() instanceof MappingState.Inactive absent) || !absent.lost()) {
            return Optional.empty();
        }
        Snapshot snapshot = store.load().toOptional().orElse(Snapshot.EMPTY);
        List<MappingRecord> noted = snapshot.mappingRecords().stream()
                .filter(mappingRecord -> !mappingRecord.leaving())
                .filter(mappingRecord -> snapshot.serves(tracked.desired(), mappingRecord))
                .toList();
        boolean there = absent.failures() < HOPE || absent.failures() % 2 == 0;
        return there && !noted.isEmpty()
                ? Optional.of(noted.get(absent.failures() / 2 % noted.size()))
                : Optional.empty();
    }

    private void openAgain(TrackedMapping tracked, MappingRecord before) {
        Result<Grant> result = switch (known.of(before.claim(), in(SEARCH))) {
            case Result.Err<Gateway>(Failure failure) -> Result.err(failure);
            case Result.Ok<Gateway>(Gateway gateway) -> ask(tracked, gateway);
        };
        if (result instanceof Result.Err) {
            known.forget(before.claim().gateway());
        }
        transitions.asked(tracked, unlessInOurOwnWay(tracked, result), Optional.empty());
    }

    private Result<Grant> ask(TrackedMapping tracked, Gateway gateway) {
        return store.load()
                .flatMap(snapshot -> new GatewaySession(
                                store,
                                Progress.SILENT,
                                gateway,
                                in(CONVERSATION),
                                endings.current(snapshot, timeline.instant()))
                        .ask(List.of(tracked.desired().mapping()))
                        .outcomes()
                        .getFirst()
                        .result());
    }

    private void openAnywhere(List<TrackedMapping> wanted) {
        TimeBudget budget = new TimeBudget(in(SEARCH), in(CONVERSATION), SEARCH);
        OpenReport report = new OpenPorts(gateways, store, timeline, Progress.SILENT)
                .run(
                        wanted.stream()
                                .map(tracked -> tracked.desired().mapping())
                                .toList(),
                        wanted.getFirst().desired().selection(),
                        Optional.empty(),
                        budget);
        for (TrackedMapping tracked : wanted) {
            Optional<Result<Grant>> result = report.outcomes().stream()
                    .filter(outcome ->
                            outcome.mapping().equals(tracked.desired().mapping()))
                    .findFirst()
                    .map(OpenReport.PortOutcome::result);
            Failure otherwise =
                    report.failure().orElse(new Failure.TimedOut(Message.verbatim("there was no time to ask")));
            transitions.asked(
                    tracked,
                    result.map(there -> unlessInOurOwnWay(tracked, there)).orElseGet(() -> Result.err(otherwise)),
                    report.externalAddress());
        }
    }

    /** What we opened in another protocol or from another address will be found again or run out: no conflict. */
    private Result<Grant> unlessInOurOwnWay(TrackedMapping tracked, Result<Grant> result) {
        boolean ours = result instanceof Result.Err<Grant>(Failure.Conflict conflict)
                && store.load().toOptional().stream()
                        .flatMap(snapshot -> snapshot.mappingRecords().stream())
                        .filter(mappingRecord -> tracked.desired().isServedBy(mappingRecord.claim()))
                        .anyMatch(mappingRecord -> mappingRecord.leaving()
                                || conflict.holder()
                                        .equals(Optional.of(
                                                mappingRecord.claim().internal())));
        return ours
                ? Result.err(
                        new Failure.TimedOut(
                                Message.verbatim(
                                        "what ajar opened before is still in the way and cannot be closed from here; it ends by itself")))
                : result;
    }

    private void renew(TrackedMapping tracked, MappingState.Active open) {
        switch (known.of(open.lease().claim(), in(SEARCH))) {
            case Result.Err<Gateway> ignored -> unheard(open.lease().claim().gateway());
            case Result.Ok<Gateway>(Gateway gateway) -> renew(tracked, open, gateway);
        }
    }

    private void renew(TrackedMapping tracked, MappingState.Active open, Gateway gateway) {
        Result<Grant> result = ask(tracked, gateway);
        if (isSilence(result)) {
            transitions.notAnswered(tracked, open);
            unheard(gateway.info().id());
        } else {
            transitions.renewed(tracked, open, result);
        }
    }

    private static boolean isSilence(Result<Grant> result) {
        return result instanceof Result.Err<Grant>(Failure failure) && failure.isSilence();
    }

    private void unheard(GatewayId gateway) {
        known.forget(gateway);
        transitions.unheard(gateway);
    }

    private void look(TrackedMapping tracked, MappingState.Active open) {
        Lease lease = open.lease();
        switch (known.of(lease.claim(), in(SEARCH))) {
            case Result.Err<Gateway> ignored -> unheard(lease.claim().gateway());
            case Result.Ok<Gateway>(Gateway gateway) -> look(tracked, open, gateway);
        }
    }

    private void look(TrackedMapping tracked, MappingState.Active open, Gateway gateway) {
        Lease lease = open.lease();
        Deadline deadline = in(CONVERSATION);
        switch (gateway.look(
                lease.protocol(), lease.externalPort(), lease.claim().mapping().remote(), deadline)) {
            case Presence.Absent ignored ->
                transitions.lost(tracked, open, "the router has dropped it", Optional.empty());
            case Presence.Present(ObservedMapping entry)
            when !entry.pointsTo(lease.internal()) || !entry.enabled() ->
                transitions.lost(tracked, open, whereInstead(entry), Optional.of(entry));
            case Presence.Present(ObservedMapping entry)
            when !isOurs(MappingRecord.held(lease), entry, gateway) ->
                transitions.lost(tracked, open, "another program has it now", Optional.of(entry));
            case Presence.Present(ObservedMapping entry) -> {
                if (open.distrusted()) {
                    // Listed, and perhaps forgotten where it counts: only making it anew helps
                    // (tailscale/tailscale#21208).
                    gateway.unmap(lease.claim(), lease.externalPort(), deadline);
                    renew(tracked, open.looking(open.lookAt(), false), gateway);
                } else {
                    transitions.present(tracked, open, entry);
                }
            }
            case Presence.Unknown(Message reason, boolean withheld) -> {
                if (withheld) {
                    transitions.unseen(tracked, open);
                } else {
                    unheard(lease.claim().gateway());
                }
            }
        }
    }

    private static boolean isOurs(MappingRecord mappingRecord, ObservedMapping entry, Gateway gateway) {
        GatewayInfo info = gateway.info();
        return mappingRecord.matches(info.id(), entry) && mappingRecord.isVerifiedBy(entry, info.localAddress());
    }

    private static String whereInstead(ObservedMapping entry) {
        return entry.enabled()
                ? "it now goes to " + entry.internalClient() + ":" + entry.internalPort()
                : "the router has switched it off";
    }

    private void remove(PendingRemoval removal) {
        MappingRecord mappingRecord = removal.mappingRecord();
        switch (known.of(mappingRecord.claim(), in(SEARCH))) {
            case Result.Err<Gateway> ignored -> transitions.notRemoved(removal);
            case Result.Ok<Gateway>(Gateway gateway) -> {
                switch (new Removal(gateways, in(CONVERSATION)).of(mappingRecord, gateway, timeline.instant())) {
                    case Removal.RemovalOutcome.Removed ignored -> transitions.removed(removal);
                    case Removal.RemovalOutcome.NotThere ignored -> transitions.removed(removal);
                    case Removal.RemovalOutcome.Failed ignored -> {
                        known.forget(mappingRecord.claim().gateway());
                        transitions.notRemoved(removal);
                    }
                }
            }
        }
    }

    private void feel(GatewayId id) {
        Optional<Claim> claim = transitions.anyClaimOn(id);
        if (claim.isEmpty()) {
            transitions.unwatched(id);
            return;
        }
        switch (known.of(claim.get(), in(SEARCH))) {
            case Result.Err<Gateway> ignored -> unheard(id);
            case Result.Ok<Gateway>(Gateway gateway) -> {
                switch (gateway.checkHealth(in(patience(id)))) {
                    case Result.Ok<HealthCheck>(HealthCheck health) -> transitions.probed(id, health);
                    case Result.Err<HealthCheck>(Failure failure) -> {
                        if (failure.isSilence()) {
                            unheard(id);
                        } else {
                            transitions.probed(id, ALIVE);
                        }
                    }
                }
            }
        }
    }

    private static Duration patience(GatewayId id) {
        return id.method() == MappingProtocol.UPNP ? SOAP_PULSE : PULSE;
    }

    private void seek(GatewayId id, List<TrackedMapping> tracked) {
        if (tracked.isEmpty()) {
            transitions.unwatched(id);
            return;
        }
        known.forget(id);
        Optional<Claim> claim = transitions.anyClaimOn(id);
        Result<HealthCheck> found = claim.map(there -> known.of(there, in(SEARCH)))
                .orElseGet(() -> Result.err(new Failure.NoGateway(Message.verbatim("nothing is held there"))))
                .flatMap(gateway -> gateway.checkHealth(in(patience(id))));
        switch (found) {
            case Result.Ok<HealthCheck>(HealthCheck health) -> transitions.back(id, health);
            case Result.Err<HealthCheck>(Failure failure) -> {
                if (failure.isSilence()) {
                    unheard(id);
                } else {
                    transitions.back(id, ALIVE);
                }
            }
        }
    }
}
