package dev.ajar.keeper.exchange;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.keeper.decision.LeaseEnds;
import dev.ajar.keeper.decision.MappingTransitions;
import dev.ajar.keeper.decision.OtherTable;
import dev.ajar.keeper.decision.PartialEntries;
import dev.ajar.keeper.model.KeeperStep;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.PendingRemoval;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.mapping.GatewaySession;
import dev.ajar.mapping.OpenPorts;
import dev.ajar.mapping.removal.Removal;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Executes one step: sends requests to a gateway, and returns what its answers or its silence show. For one thread. */
public final class StepExecutor {
    /** The longest search for a gateway. */
    private static final Duration SEARCH = Duration.ofMillis(2750);

    /** After so many failures, every second request goes to any router in any protocol. */
    private static final int TRIES_IN_PLACE = 6;

    /** The result of a health check that a gateway refused or answered with nonsense: it is alive all the same. */
    private static final HealthCheck ALIVE = new HealthCheck(Optional.empty(), Optional.empty(), false);

    private final GatewaySource gateways;
    private final GatewayCache cache;
    private final StateStore store;
    private final Timeline timeline;
    private final LeaseEnds leaseEnds;
    private final KeeperStep step;
    private final Deadline stepEnd;

    /** What the steps of a keeper have in common. For any thread. */
    public record Common(
            GatewaySource gateways, GatewayCache cache, KeeperStore store, Timeline timeline, LeaseEnds leaseEnds) {
        /** The time of a step. */
        public StepTime time(KeeperStep step) {
            return StepTime.of(step, gateways);
        }
    }

    /** @param limit the step does not last longer than that */
    public StepExecutor(Common common, KeeperStep step, Optional<Deadline> limit) {
        this.gateways = common.gateways();
        this.cache = common.cache();
        this.store = common.store().branch();
        this.timeline = common.timeline();
        this.leaseEnds = common.leaseEnds();
        this.step = step;
        Duration share = common.time(step).share();
        this.stepEnd = limit.map(end -> end.within(share))
                .orElseGet(() -> Deadline.after(timeline, share).leniently());
    }

    /** What is left of its time. */
    public Duration remaining() {
        return stepEnd.remaining();
    }

    /** @return what was observed, in order */
    public List<Observation> execute() {
        return switch (step) {
            case KeeperStep.Open(List<TrackedMapping> wanted) -> open(wanted);
            case KeeperStep.Renew(TrackedMapping tracked, MappingState.Active open) -> renew(tracked, open);
            case KeeperStep.Verify(TrackedMapping tracked, MappingState.Active open) -> verify(tracked, open);
            case KeeperStep.Remove(PendingRemoval removal) -> remove(removal);
            case KeeperStep.Expire(TrackedMapping tracked, MappingState.Active open) ->
                List.of(new Observation.Expired(tracked, open));
            case KeeperStep.Probe(GatewayId gateway, Optional<Claim> claim) -> probe(gateway, claim);
            case KeeperStep.Rediscover(GatewayId gateway, Optional<Claim> claim) -> rediscover(gateway, claim);
        };
    }

    private Deadline in(Duration time) {
        return stepEnd.within(time);
    }

    private Deadline rest() {
        return stepEnd;
    }

    /**
     * A mapping that was open is requested where it was, because it may still be there: in another protocol of the same
     * router ajar would find the port taken by its own mapping.
     */
    private List<Observation> open(List<TrackedMapping> wanted) {
        List<Observation> observed = new ArrayList<>();
        List<TrackedMapping> fresh = new ArrayList<>();
        for (TrackedMapping tracked : wanted) {
            Optional<MappingRecord> before = recordToRetry(tracked);
            if (before.isPresent()) {
                Observation.Requested requested = openAgain(tracked, before.get());
                observed.add(requested);
                if (requested.isSilence()) {
                    // The others would only wait for the same silence.
                    return observed;
                }
            } else {
                fresh.add(tracked);
            }
        }
        if (!fresh.isEmpty()) {
            observed.addAll(openAnywhere(fresh));
        }
        return observed;
    }

    /** The record to repeat, at first always and later every second time; records in several protocols take turns. */
    private Optional<MappingRecord> recordToRetry(TrackedMapping tracked) {
        if (!(tracked.state() instanceof MappingState.Inactive inactive) || !inactive.lost()) {
            return Optional.empty();
        }
        Snapshot snapshot = store.load().toOptional().orElse(Snapshot.EMPTY);
        List<MappingRecord> records = snapshot.mappingRecords().stream()
                .filter(mappingRecord -> !mappingRecord.leaving())
                .filter(mappingRecord -> snapshot.serves(tracked.desired(), mappingRecord))
                .toList();
        boolean retry = inactive.failures() < TRIES_IN_PLACE || inactive.failures() % 2 == 0;
        return retry && !records.isEmpty()
                ? Optional.of(records.get(inactive.failures() / 2 % records.size()))
                : Optional.empty();
    }

    private Observation.Requested openAgain(TrackedMapping tracked, MappingRecord before) {
        Result<Grant> result = switch (cache.of(before.claim(), in(SEARCH))) {
            case Result.Err<Gateway>(Failure failure) -> Result.err(failure);
            case Result.Ok<Gateway>(Gateway gateway) -> ask(tracked, gateway, GatewaySession::ask);
        };
        if (result instanceof Result.Err) {
            cache.forget(before.claim().gateway());
        }
        return new Observation.Requested(tracked, withoutOwnConflict(tracked, result), Optional.empty());
    }

    private Result<Grant> ask(
            TrackedMapping tracked,
            Gateway gateway,
            BiFunction<GatewaySession, List<Mapping>, GatewaySession.Answer> question) {
        Instant now = timeline.instant();
        return store.load().flatMap(snapshot -> {
            Snapshot current = leaseEnds.current(snapshot, now);
            GatewaySession session = new GatewaySession(store, Progress.silent(), gateway, rest(), current);
            List<Mapping> wanted = List.of(tracked.desired().askedAt(now));
            return question.apply(session, wanted).outcomes().getFirst().result();
        });
    }

    private List<Observation> openAnywhere(List<TrackedMapping> wanted) {
        TimeBudget budget = new TimeBudget(in(SEARCH), rest(), SEARCH);
        Instant now = timeline.instant();
        OpenReport report = new OpenPorts(gateways, store, timeline, Progress.silent())
                .run(
                        wanted.stream()
                                .map(tracked -> tracked.desired().askedAt(now))
                                .toList(),
                        wanted.getFirst().desired().selection(),
                        Optional.empty(),
                        budget);
        List<Observation> observed = new ArrayList<>();
        boolean silence = false;
        for (TrackedMapping tracked : wanted) {
            Optional<Result<Grant>> result = report.outcomes().stream()
                    .filter(outcome ->
                            outcome.mapping().equals(tracked.desired().askedAt(now)))
                    .findFirst()
                    .map(OpenReport.PortOutcome::result);
            Failure notAsked = report.failure().orElse(new Failure.TimedOut(Message.of("keeper.no-time")));
            Observation.Requested requested = new Observation.Requested(
                    tracked,
                    result.map(answer -> withoutOwnConflict(tracked, answer)).orElseGet(() -> Result.err(notAsked)),
                    report.externalAddress());
            // Of those without an answer, the first took the time, and the others were hardly asked.
            boolean hardlyAsked = silence && requested.isSilence();
            silence |= requested.isSilence();
            if (!hardlyAsked || report.gateway().isEmpty()) {
                observed.add(requested);
            }
        }
        return observed;
    }

    /**
     * A conflict with a mapping that ajar opened in another protocol or from another address becomes a timeout: that
     * mapping will be found again or expire.
     */
    private Result<Grant> withoutOwnConflict(TrackedMapping tracked, Result<Grant> result) {
        if (result instanceof Result.Err<Grant>(Failure.FormerAddress former)) {
            Failure passing = new Failure.TimedOut(former.detail());
            return Result.err(new Failure.FormerAddress(passing, former.detail(), former.address(), former.remedies()));
        }
        boolean ours = result instanceof Result.Err<Grant>(Failure.Conflict conflict)
                && store.load().toOptional().stream()
                        .flatMap(snapshot -> snapshot.mappingRecords().stream())
                        .filter(mappingRecord -> tracked.desired().isServedBy(mappingRecord.claim()))
                        .anyMatch(mappingRecord -> mappingRecord.leaving()
                                || conflict.holder()
                                        .equals(Optional.of(
                                                mappingRecord.claim().internal())));
        return ours ? Result.err(new Failure.TimedOut(Message.of("keeper.own-mapping-in-the-way"))) : result;
    }

    private List<Observation> renew(TrackedMapping tracked, MappingState.Active open) {
        return switch (cache.of(open.lease().claim(), in(SEARCH))) {
            case Result.Err<Gateway>(Failure failure) ->
                silent(open.lease().claim().gateway(), failure);
            case Result.Ok<Gateway>(Gateway gateway) -> renew(tracked, open, gateway);
        };
    }

    private List<Observation> renew(TrackedMapping tracked, MappingState.Active open, Gateway gateway) {
        Result<Grant> result = ask(tracked, gateway, GatewaySession::extend);
        if (result instanceof Result.Err<Grant>(Failure failure) && failure.isSilence()) {
            GatewayId id = gateway.info().id();
            cache.forget(id);
            return List.of(
                    new Observation.RenewalUnanswered(tracked, open), new Observation.Silent(id, reason(failure)));
        }
        return List.of(RenewalAnswer.of(tracked, open, result, gateway, rest()));
    }

    private List<Observation> silent(GatewayId gateway, Failure failure) {
        cache.forget(gateway);
        return List.of(new Observation.Silent(gateway, reason(failure)));
    }

    /** Why a gateway is not even asked: what is to be done comes with that reason alone. */
    private static Optional<Message> reason(Failure failure) {
        Failure cause = failure instanceof Failure.NotAsked not ? not.cause() : failure;
        return cause instanceof Failure.NoGateway(Message detail, var remedies) && !remedies.isEmpty()
                ? Optional.of(detail)
                : Optional.empty();
    }

    private List<Observation> verify(TrackedMapping tracked, MappingState.Active open) {
        Claim claim = open.lease().claim();
        return switch (cache.of(claim, in(SEARCH))) {
            case Result.Err<Gateway>(Failure failure) -> silent(claim.gateway(), failure);
            case Result.Ok<Gateway>(Gateway gateway) -> verify(tracked, open, gateway);
        };
    }

    private List<Observation> verify(TrackedMapping tracked, MappingState.Active open, Gateway gateway) {
        Lease lease = open.lease();
        Deadline deadline = rest();
        return switch (gateway.look(
                lease.protocol(), lease.externalPort(), lease.claim().mapping().remote(), deadline)) {
            case Presence.Absent(boolean doubtful)
            when doubtful && MappingRecord.held(lease).wasNeverShown() ->
                unseen(tracked, open, new Presence.Unknown(Message.of("upnp.no-list"), true));
            case Presence.Absent ignored -> List.of(new Observation.Missing(tracked, open));
            case Presence.Present(ObservedMapping entry)
            when entry.hidesClient() && MappingRecord.held(lease).mayBe(entry) && entry.enabled() ->
                List.of(new Observation.ClientHidden(tracked, open));
            case Presence.Present(ObservedMapping entry)
            when !entry.pointsTo(lease.internal()) || !entry.enabled() ->
                lost(tracked, changeOf(entry), Optional.of(entry));
            case Presence.Present(ObservedMapping entry)
            when !isOurs(MappingRecord.held(lease), entry, gateway) ->
                lost(tracked, MappingTransitions.takenBy(entry), Optional.of(entry));
            case Presence.Present(ObservedMapping entry) -> {
                if (!open.distrusted() && !isDueAnew(gateway, open)) {
                    yield List.of(new Observation.Present(tracked, open, entry));
                }
                // A listed entry may be missing in the router's NAT; only creating it anew helps
                // (tailscale/tailscale#21208).
                gateway.unmap(lease.claim(), lease.externalPort(), deadline);
                yield renew(tracked, open.verifyingAt(open.verifyAt(), false), gateway);
            }
            case Presence.Unknown unknown -> unseen(tracked, open, unknown);
        };
    }

    /** Some routers list for ever what they no longer heed. Once in each such time since the start of the machine. */
    private boolean isDueAnew(Gateway gateway, MappingState.Active open) {
        return gateway.anewEvery()
                .filter(every ->
                        timeline.elapsed().dividedBy(every) > open.confirmedAt().dividedBy(every))
                .isPresent();
    }

    private List<Observation> unseen(TrackedMapping tracked, MappingState.Active open, Presence.Unknown unknown) {
        if (!unknown.withheld()) {
            cache.forget(open.lease().claim().gateway());
            return List.of(new Observation.Silent(open.lease().claim().gateway()));
        }
        return List.of(inOtherTable(tracked, open).orElseGet(() -> PartialEntries.of(tracked, open, unknown)));
    }

    /** A router shows by UPnP, as a rule, what it granted by PCP or NAT-PMP. */
    private Optional<Observation> inOtherTable(TrackedMapping tracked, MappingState.Active open) {
        return OtherTable.mayTell(open)
                ? cache.inOtherTable(open.lease(), rest())
                        .flatMap(presence -> OtherTable.tells(tracked, open, presence))
                : Optional.empty();
    }

    private static List<Observation> lost(TrackedMapping tracked, Message why, Optional<ObservedMapping> holder) {
        return List.of(new Observation.Lost(tracked, why, holder));
    }

    private boolean isOurs(MappingRecord mappingRecord, ObservedMapping entry, Gateway gateway) {
        GatewayInfo info = gateway.info();
        return mappingRecord.matches(info.id(), entry, timeline.instant())
                && mappingRecord.isVerifiedBy(entry, info.localAddress());
    }

    private static Message changeOf(ObservedMapping entry) {
        return entry.enabled()
                ? Message.of("keeper.redirected", "client", entry.internalClient(), "port", entry.internalPort())
                : Message.of("keeper.disabled");
    }

    private List<Observation> remove(PendingRemoval removal) {
        MappingRecord mappingRecord = removal.mappingRecord();
        Removal.RemovalOutcome outcome = switch (cache.of(mappingRecord.claim(), in(SEARCH))) {
            case Result.Err<Gateway>(Failure failure) -> new Removal.RemovalOutcome.Failed(failure);
            case Result.Ok<Gateway>(Gateway gateway) ->
                new Removal(gateways, cache.tables(), rest()).of(mappingRecord, gateway, timeline.instant());
        };
        return switch (outcome) {
            case Removal.RemovalOutcome.Removed ignored -> List.of(new Observation.Removed(removal));
            case Removal.RemovalOutcome.NotThere(Message ignored, boolean closed) ->
                List.of(closed ? new Observation.Removed(removal) : new Observation.LeftAlone(removal));
            case Removal.RemovalOutcome.Failed(Failure failure) -> {
                cache.forget(mappingRecord.claim().gateway());
                boolean silent = failure.isSilence() || stepEnd.hasPassed();
                yield List.of(new Observation.NotRemoved(removal, silent));
            }
        };
    }

    private List<Observation> probe(GatewayId id, Optional<Claim> claim) {
        if (claim.isEmpty()) {
            return List.of(new Observation.Unused(id));
        }
        return switch (cache.of(claim.get(), in(SEARCH))) {
            case Result.Err<Gateway>(Failure failure) -> silent(id, failure);
            case Result.Ok<Gateway>(Gateway gateway) ->
                healthChecked(id, checkHealth(gateway), Observation.Healthy::new);
        };
    }

    private List<Observation> rediscover(GatewayId id, Optional<Claim> claim) {
        if (claim.isEmpty()) {
            return List.of(new Observation.Unused(id));
        }
        cache.forget(id);
        return healthChecked(
                id, cache.of(claim.get(), in(SEARCH)).flatMap(this::checkHealth), Observation.AnswersAgain::new);
    }

    private Result<HealthCheck> checkHealth(Gateway gateway) {
        return gateway.checkHealth(in(gateway.info().method().traits().healthCheckTimeout()));
    }

    private List<Observation> healthChecked(
            GatewayId id, Result<HealthCheck> result, BiFunction<GatewayId, HealthCheck, Observation> alive) {
        return switch (result) {
            case Result.Ok<HealthCheck>(HealthCheck health) -> List.of(alive.apply(id, health));
            case Result.Err<HealthCheck>(Failure failure) ->
                failure.isSilence() ? silent(id, failure) : List.of(alive.apply(id, ALIVE));
        };
    }
}
