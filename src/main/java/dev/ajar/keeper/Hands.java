package dev.ajar.keeper;

import dev.ajar.discovery.Gateways;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.Pulse;
import dev.ajar.manager.Asking;
import dev.ajar.manager.Budget;
import dev.ajar.manager.OpenPorts;
import dev.ajar.manager.OpenReport;
import dev.ajar.manager.Progress;
import dev.ajar.manager.Removal;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.Method;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.Holding;
import dev.ajar.state.Snapshot;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries steps out: talks to a gateway and hands on what it said. */
final class Hands {
    /** To find a gateway, and to find one again. */
    private static final Duration SEARCH = Duration.ofMillis(2750);

    private static final Duration PULSE = Duration.ofSeconds(2);
    private static final Duration SOAP_PULSE = Duration.ofSeconds(5);

    /** After so many failures, the same router in the same protocol is no longer the only hope. */
    private static final int HOPE = 6;

    private static final Duration CONVERSATION = Duration.ofSeconds(30);

    /** A refusal, or an answer that makes no sense, is a sign of life as well. */
    private static final Pulse ALIVE = new Pulse(Optional.empty(), Optional.empty(), false);

    private final Gateways gateways;
    private final OpenGateways known;
    private final KeeperStore store;
    private final Timeline timeline;
    private final Verdicts verdicts;
    private Optional<Deadline> hurry = Optional.empty();

    Hands(Gateways gateways, KeeperStore store, Timeline timeline, Verdicts verdicts) {
        this.gateways = gateways;
        this.known = new OpenGateways(gateways);
        this.store = store;
        this.timeline = timeline;
        this.verdicts = verdicts;
    }

    /** The network is another one: nothing that was known of gateways need be true. */
    void forgetGateways() {
        known.forgetAll();
    }

    void carryOut(Step step) {
        switch (step) {
            case Step.Open(List<Kept> wanted) -> open(wanted);
            case Step.Renew(Kept kept, Standing.Open open) -> renew(kept, open);
            case Step.Look(Kept kept, Standing.Open open) -> look(kept, open);
            case Step.Remove(Leaver leaver) -> remove(leaver);
            case Step.End(Kept kept, Standing.Open open) -> verdicts.ended(kept, open);
            case Step.Feel(GatewayId gateway) -> feel(gateway);
            case Step.Seek(GatewayId gateway, List<Kept> kept) -> seek(gateway, kept);
        }
    }

    private Deadline in(Duration time) {
        return hurry.map(end -> end.within(time)).orElseGet(() -> Deadline.after(timeline, time));
    }

    /** From now on nothing takes longer than until {@code end}. */
    void hurry(Deadline end) {
        hurry = Optional.of(end);
    }

    /**
     * What was open is asked for where it was, as long as there is hope that it is still there: another protocol of the
     * same router would find the port taken, by us.
     */
    private void open(List<Kept> wanted) {
        List<Kept> fresh = new ArrayList<>();
        for (Kept kept : wanted) {
            Optional<Holding> before = mayStillBe(kept);
            if (before.isPresent()) {
                openAgain(kept, before.get());
            } else {
                fresh.add(kept);
            }
        }
        if (!fresh.isEmpty()) {
            openAnywhere(fresh);
        }
    }

    /** At first always, later every second time; where it was noted in several protocols, one after the other. */
    private Optional<Holding> mayStillBe(Kept kept) {
        if (!(kept.standing() instanceof Standing.Absent absent) || !absent.lost()) {
            return Optional.empty();
        }
        Snapshot snapshot = store.load().toOptional().orElse(Snapshot.EMPTY);
        List<Holding> noted = snapshot.holdings().stream()
                .filter(holding -> !holding.leaving())
                .filter(holding -> snapshot.serves(kept.wish(), holding))
                .toList();
        boolean there = absent.failures() < HOPE || absent.failures() % 2 == 0;
        return there && !noted.isEmpty()
                ? Optional.of(noted.get(absent.failures() / 2 % noted.size()))
                : Optional.empty();
    }

    private void openAgain(Kept kept, Holding before) {
        Result<Grant> result = switch (known.of(before.claim(), in(SEARCH))) {
            case Result.Err<Gateway>(Failure failure) -> Result.err(failure);
            case Result.Ok<Gateway>(Gateway gateway) -> ask(kept, gateway);
        };
        if (result instanceof Result.Err) {
            known.forget(before.claim().gateway());
        }
        verdicts.asked(kept, unlessInOurOwnWay(kept, result), Optional.empty());
    }

    private Result<Grant> ask(Kept kept, Gateway gateway) {
        return store.load()
                .flatMap(snapshot -> new Asking(
                                store, Progress.SILENT, gateway, in(CONVERSATION), snapshot.current(timeline.instant()))
                        .ask(List.of(kept.wish().mapping()))
                        .outcomes()
                        .getFirst()
                        .result());
    }

    private void openAnywhere(List<Kept> wanted) {
        Budget budget = new Budget(in(SEARCH), in(CONVERSATION), SEARCH);
        OpenReport report = new OpenPorts(gateways, store, timeline, Progress.SILENT)
                .run(
                        wanted.stream().map(kept -> kept.wish().mapping()).toList(),
                        wanted.getFirst().wish().selection(),
                        Optional.empty(),
                        budget);
        for (Kept kept : wanted) {
            Optional<Result<Grant>> result = report.outcomes().stream()
                    .filter(outcome -> outcome.mapping().equals(kept.wish().mapping()))
                    .findFirst()
                    .map(OpenReport.Outcome::result);
            Failure otherwise = report.failure().orElse(new Failure.TimedOut("there was no time to ask"));
            verdicts.asked(
                    kept,
                    result.map(there -> unlessInOurOwnWay(kept, there)).orElseGet(() -> Result.err(otherwise)),
                    report.externalAddress());
        }
    }

    /** What we opened in another protocol or from another address will be found again or run out: no conflict. */
    private Result<Grant> unlessInOurOwnWay(Kept kept, Result<Grant> result) {
        boolean ours = result instanceof Result.Err<Grant>(Failure.Conflict conflict)
                && store.load().toOptional().stream()
                        .flatMap(snapshot -> snapshot.holdings().stream())
                        .filter(holding -> kept.wish().isServedBy(holding.claim()))
                        .anyMatch(holding -> holding.leaving()
                                || conflict.holder()
                                        .equals(Optional.of(holding.claim().internal())));
        return ours
                ? Result.err(
                        new Failure.TimedOut(
                                "what ajar opened before is still in the way and cannot be closed from here; it ends by itself"))
                : result;
    }

    private void renew(Kept kept, Standing.Open open) {
        switch (known.of(open.lease().claim(), in(SEARCH))) {
            case Result.Err<Gateway> ignored -> unheard(open.lease().claim().gateway());
            case Result.Ok<Gateway>(Gateway gateway) -> renew(kept, open, gateway);
        }
    }

    private void renew(Kept kept, Standing.Open open, Gateway gateway) {
        Result<Grant> result = ask(kept, gateway);
        if (isSilence(result)) {
            verdicts.notAnswered(kept, open);
            unheard(gateway.info().id());
        } else {
            verdicts.renewed(kept, open, result);
        }
    }

    private static boolean isSilence(Result<Grant> result) {
        return result instanceof Result.Err<Grant>(Failure failure) && failure.isSilence();
    }

    private void unheard(GatewayId gateway) {
        known.forget(gateway);
        verdicts.unheard(gateway);
    }

    private void look(Kept kept, Standing.Open open) {
        Lease lease = open.lease();
        switch (known.of(lease.claim(), in(SEARCH))) {
            case Result.Err<Gateway> ignored -> unheard(lease.claim().gateway());
            case Result.Ok<Gateway>(Gateway gateway) -> look(kept, open, gateway);
        }
    }

    private void look(Kept kept, Standing.Open open, Gateway gateway) {
        Lease lease = open.lease();
        Deadline deadline = in(CONVERSATION);
        switch (gateway.look(
                lease.protocol(), lease.externalPort(), lease.claim().mapping().remote(), deadline)) {
            case Presence.Absent ignored -> verdicts.lost(kept, open, "the router has dropped it", Optional.empty());
            case Presence.Present(ObservedMapping entry)
            when !entry.pointsTo(lease.internal()) || !entry.enabled() ->
                verdicts.lost(kept, open, whereInstead(entry), Optional.of(entry));
            case Presence.Present(ObservedMapping entry)
            when !isOurs(Holding.held(lease), entry, gateway) ->
                verdicts.lost(kept, open, "another program has it now", Optional.of(entry));
            case Presence.Present(ObservedMapping entry) -> {
                if (open.distrusted()) {
                    // Listed, and perhaps forgotten where it counts: only making it anew helps
                    // (tailscale/tailscale#21208).
                    gateway.unmap(lease.claim(), lease.externalPort(), deadline);
                    renew(kept, open.looking(open.lookAt(), false), gateway);
                } else {
                    verdicts.present(kept, open, entry);
                }
            }
            case Presence.Unknown(String reason, boolean withheld) -> {
                if (withheld) {
                    verdicts.unseen(kept, open);
                } else {
                    unheard(lease.claim().gateway());
                }
            }
        }
    }

    private static boolean isOurs(Holding holding, ObservedMapping entry, Gateway gateway) {
        GatewayInfo info = gateway.info();
        return holding.matches(info.id(), entry) && holding.isProvenBy(entry, info.localAddress());
    }

    private static String whereInstead(ObservedMapping entry) {
        return entry.enabled()
                ? "it now goes to " + entry.internalClient() + ":" + entry.internalPort()
                : "the router has switched it off";
    }

    private void remove(Leaver leaver) {
        Holding holding = leaver.holding();
        switch (known.of(holding.claim(), in(SEARCH))) {
            case Result.Err<Gateway> ignored -> verdicts.notRemoved(leaver);
            case Result.Ok<Gateway>(Gateway gateway) -> {
                switch (new Removal(gateways, in(CONVERSATION)).of(holding, gateway, timeline.instant())) {
                    case Removal.Outcome.Removed ignored -> verdicts.removed(leaver);
                    case Removal.Outcome.NotThere ignored -> verdicts.removed(leaver);
                    case Removal.Outcome.Failed ignored -> {
                        known.forget(holding.claim().gateway());
                        verdicts.notRemoved(leaver);
                    }
                }
            }
        }
    }

    private void feel(GatewayId id) {
        Optional<Claim> claim = verdicts.anyClaimOn(id);
        if (claim.isEmpty()) {
            verdicts.unwatched(id);
            return;
        }
        switch (known.of(claim.get(), in(SEARCH))) {
            case Result.Err<Gateway> ignored -> unheard(id);
            case Result.Ok<Gateway>(Gateway gateway) -> {
                switch (gateway.pulse(in(patience(id)))) {
                    case Result.Ok<Pulse>(Pulse pulse) -> verdicts.felt(id, pulse);
                    case Result.Err<Pulse>(Failure failure) -> {
                        if (failure.isSilence()) {
                            unheard(id);
                        } else {
                            verdicts.felt(id, ALIVE);
                        }
                    }
                }
            }
        }
    }

    private static Duration patience(GatewayId id) {
        return id.method() == Method.UPNP ? SOAP_PULSE : PULSE;
    }

    private void seek(GatewayId id, List<Kept> kept) {
        if (kept.isEmpty()) {
            verdicts.unwatched(id);
            return;
        }
        known.forget(id);
        Optional<Claim> claim = verdicts.anyClaimOn(id);
        Result<Pulse> found = claim.map(there -> known.of(there, in(SEARCH)))
                .orElseGet(() -> Result.err(new Failure.NoGateway("nothing is held there")))
                .flatMap(gateway -> gateway.pulse(in(patience(id))));
        switch (found) {
            case Result.Ok<Pulse>(Pulse pulse) -> verdicts.back(id, pulse);
            case Result.Err<Pulse>(Failure failure) -> {
                if (failure.isSilence()) {
                    unheard(id);
                } else {
                    verdicts.back(id, ALIVE);
                }
            }
        }
    }
}
