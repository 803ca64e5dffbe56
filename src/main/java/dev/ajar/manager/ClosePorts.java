package dev.ajar.manager;

import dev.ajar.discovery.Discovery;
import dev.ajar.discovery.Selection;
import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.Gateway;
import dev.ajar.manager.CloseReport.Outcome;
import dev.ajar.manager.CloseReport.Wanted;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.Holding;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Closes what ajar opened; what it did not, only when told so in so many words. */
final class ClosePorts {
    private final Discovery discovery;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;

    /** Finding a gateway again takes a while, so it is done once for each. */
    private final Map<GatewayId, Result<Gateway>> reopened = new HashMap<>();

    private final List<Attempt> attempts = new ArrayList<>();
    private Snapshot snapshot = Snapshot.EMPTY;

    ClosePorts(Discovery discovery, StateStore store, Timeline timeline, Progress progress) {
        this.discovery = discovery;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    CloseReport run(List<Wanted> ports, Selection selection, boolean force, Budget budget) {
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> CloseReport.failed(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield locked(ports, selection, force, budget);
                }
            }
        };
    }

    private CloseReport locked(
            List<Wanted> ports, Selection selection, boolean force, Budget budget) {
        switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> {
                return CloseReport.failed(failure);
            }
            case Result.Ok<Snapshot>(Snapshot loaded) ->
                    snapshot = loaded.current(timeline.instant());
        }
        Strangers strangers = new Strangers(discovery, selection, force, budget, progress);
        List<Outcome> outcomes = new ArrayList<>();
        for (Wanted wanted : ports) {
            List<Holding> ours =
                    snapshot.on(wanted.protocol(), wanted.externalPort()).stream()
                            .filter(holding -> isMeant(holding, selection))
                            .toList();
            if (ours.isEmpty()) {
                outcomes.add(strangers.close(wanted));
            } else {
                ours.forEach(holding -> outcomes.add(close(wanted, holding, budget)));
            }
        }
        attempts.addAll(strangers.attempts());
        Optional<Failure> unwritten =
                switch (store.save(snapshot)) {
                    case Result.Ok<StateStore.Written> ignored -> Optional.empty();
                    case Result.Err<StateStore.Written>(Failure failure) -> Optional.of(failure);
                };
        return new CloseReport(List.copyOf(outcomes), unwritten, List.copyOf(attempts));
    }

    private static boolean isMeant(Holding holding, Selection selection) {
        return selection.gateway().map(holding.claim().gateway().address()::equals).orElse(true);
    }

    private Outcome close(Wanted wanted, Holding holding, Budget budget) {
        progress.begins(
                "asking the router to close "
                        + wanted.protocol().label()
                        + " "
                        + wanted.externalPort());
        Result<Gateway> gateway =
                reopened.computeIfAbsent(
                        holding.claim().gateway(),
                        id -> discovery.reopen(holding.claim(), budget.freshSearch()));
        return switch (gateway) {
            case Result.Err<Gateway>(Failure failure) -> new Outcome.Failed(wanted, failure);
            case Result.Ok<Gateway>(Gateway found) -> close(wanted, holding, found, budget);
        };
    }

    /** Looks first: the port may have gone to somebody else since. */
    private Outcome close(Wanted wanted, Holding holding, Gateway gateway, Budget budget) {
        return switch (gateway.look(holding.protocol(), holding.externalPort(), budget.whole())) {
            case Presence.Absent ignored -> {
                snapshot = snapshot.without(holding);
                yield new Outcome.WasNotOpen(wanted, "the router had dropped it already");
            }
            case Presence.Present(ObservedMapping entry)
                    when !holding.matches(gateway.info().id().address(), entry) -> {
                snapshot = snapshot.without(holding);
                yield new Outcome.WasNotOpen(
                        wanted,
                        "ajar's is gone; the port now goes to "
                                + entry.internalClient()
                                + ":"
                                + entry.internalPort()
                                + ", which ajar leaves alone");
            }
            case Presence.Present ignored -> unmap(wanted, holding, gateway, budget);
            // A lease that has run out vouches for nothing: the port may be somebody else's by now.
            case Presence.Unknown(String reason, boolean withheld)
                    when withheld && holding.hasExpired(timeline.instant()) ->
                    new Outcome.WasNotOpen(
                            wanted, "its lease has run out, and what is there now cannot be seen");
            // What the router shows to nobody, ajar's notes have to vouch for; a failed look
            // vouches for nothing.
            case Presence.Unknown(String reason, boolean withheld) ->
                    withheld
                            ? unmap(wanted, holding, gateway, budget)
                            : new Outcome.Failed(
                                    wanted,
                                    new Failure.Malformed(
                                            "whether the port is still ajar's could not be seen, so nothing was closed: "
                                                    + reason,
                                            Optional.empty()));
        };
    }

    private Outcome unmap(Wanted wanted, Holding holding, Gateway gateway, Budget budget) {
        Claim claim = holding.claim();
        return switch (gateway.unmap(claim, holding.externalPort(), budget.whole())) {
            case Result.Err<Gateway.Removed>(Failure failure) ->
                    new Outcome.Failed(wanted, failure);
            case Result.Ok<Gateway.Removed> ignored -> {
                snapshot = snapshot.without(holding);
                yield new Outcome.Closed(wanted, Optional.of(claim.internal()), gateway.info());
            }
        };
    }
}
