package dev.ajar.manager;

import dev.ajar.discovery.Gateways;
import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.Gateway;
import dev.ajar.manager.CloseReport.Outcome;
import dev.ajar.manager.CloseReport.Wanted;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Result;
import dev.ajar.model.Selection;
import dev.ajar.state.Holding;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.state.Wish;
import dev.ajar.system.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Closes what ajar opened; what it did not, only when told so in so many words. */
final class ClosePorts {
    private final Gateways gateways;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;

    /** Finding a gateway again takes a while, so it is done once for each. */
    private final Map<GatewayId, Result<Gateway>> reopened = new HashMap<>();

    private final List<Attempt> attempts = new ArrayList<>();
    private Snapshot snapshot = Snapshot.EMPTY;
    private boolean force;

    ClosePorts(Gateways gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    /** @param forced also what ajar did not open, and notes of routers that are gone */
    CloseReport run(List<Wanted> ports, Selection selection, boolean forced, Budget budget) {
        force = forced;
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> CloseReport.failed(failure);
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    yield locked(ports, selection, budget);
                }
            }
        };
    }

    private CloseReport locked(List<Wanted> ports, Selection selection, Budget budget) {
        switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> {
                return CloseReport.failed(failure);
            }
            case Result.Ok<Snapshot>(Snapshot loaded) -> snapshot = loaded.current(timeline.instant());
        }
        Strangers strangers = new Strangers(gateways, selection, force, budget, progress);
        List<Outcome> outcomes = new ArrayList<>();
        for (Wanted wanted : ports) {
            List<Holding> ours = snapshot.on(wanted.protocol(), wanted.externalPort()).stream()
                    .filter(holding -> isMeant(holding, selection))
                    .toList();
            boolean wished = forget(wanted, ours, selection);
            boolean byHand =
                    snapshot.handMade().stream().anyMatch(rule -> rule.isFor(wanted.protocol(), wanted.externalPort()));
            snapshot = snapshot.withoutHandMade(wanted.protocol(), wanted.externalPort());
            if (ours.isEmpty() && byHand) {
                outcomes.add(
                        new Outcome.WasNotOpen(
                                wanted,
                                "you forwarded it by hand and ajar no longer watches it; remove the rule on the router's own page"));
            } else if (ours.isEmpty() && wished) {
                outcomes.add(new Outcome.WasNotOpen(wanted, "ajar no longer tries to keep it open"));
            } else if (ours.isEmpty()) {
                outcomes.add(strangers.close(wanted));
            } else {
                ours.forEach(holding -> outcomes.add(close(wanted, holding, budget)));
            }
        }
        attempts.addAll(strangers.attempts());
        Optional<Failure> unwritten = switch (store.save(snapshot)) {
            case Result.Ok<StateStore.Written> ignored -> Optional.empty();
            case Result.Err<StateStore.Written>(Failure failure) -> Optional.of(failure);
        };
        return new CloseReport(List.copyOf(outcomes), unwritten, List.copyOf(attempts));
    }

    private static boolean isMeant(Holding holding, Selection selection) {
        return selection
                .gateway()
                .map(holding.claim().gateway().address()::equals)
                .orElse(true);
    }

    private Outcome close(Wanted wanted, Holding holding, Budget budget) {
        if (holding.isPinhole() && snapshot.isWanted(holding)) {
            return new Outcome.WasNotOpen(
                    wanted, "over IPv6 it stays open, since another port that is kept open leads to the same");
        }
        progress.begins("asking the router to close " + wanted.protocol().label() + " " + wanted.externalPort());
        Result<Gateway> gateway = reopened.computeIfAbsent(
                holding.claim().gateway(), id -> gateways.reopen(holding.claim(), budget.freshSearch()));
        return switch (gateway) {
            case Result.Err<Gateway>(Failure failure) ->
                force ? forgotten(wanted, holding) : failed(wanted, holding, failure);
            case Result.Ok<Gateway>(Gateway found) -> close(wanted, holding, found, budget);
        };
    }

    private Outcome close(Wanted wanted, Holding holding, Gateway gateway, Budget budget) {
        return switch (new Removal(gateways, budget.whole()).of(holding, gateway, timeline.instant())) {
            case Removal.Outcome.Removed ignored -> {
                snapshot = snapshot.without(holding);
                yield new Outcome.Closed(wanted, Optional.of(holding.claim().internal()), gateway.info());
            }
            case Removal.Outcome.NotThere(String remark, boolean certain) -> {
                snapshot = certain ? snapshot.without(holding) : snapshot;
                yield new Outcome.WasNotOpen(wanted, remark);
            }
            case Removal.Outcome.Failed(Failure failure) -> failed(wanted, holding, failure);
        };
    }

    /** Its router is gone for good, says whoever forces it. */
    private Outcome forgotten(Wanted wanted, Holding holding) {
        snapshot = snapshot.without(holding);
        return new Outcome.WasNotOpen(
                wanted, "the router it was opened on does not answer; ajar's note of it is gone now");
    }

    /** Written down, so that whoever looks after the ports tries again. */
    private Outcome failed(Wanted wanted, Holding holding, Failure failure) {
        snapshot = snapshot.with(holding.thatLeaves());
        return new Outcome.Failed(wanted, failure);
    }

    /** Nobody is to open it again. Tells whether anybody would have. */
    private boolean forget(Wanted wanted, List<Holding> ours, Selection selection) {
        int before = snapshot.wishes().size();
        for (Wish wish : snapshot.wishes()) {
            boolean meant = wish.protocol() == wanted.protocol()
                    && (isOnlyWanted(wish, wanted, selection) || ours.stream().anyMatch(h -> isFor(wish, h, wanted)));
            snapshot = meant ? snapshot.without(wish) : snapshot;
        }
        return snapshot.wishes().size() < before;
    }

    /** A hole that several wishes share is only that one's which was named. */
    private boolean isFor(Wish wish, Holding holding, Wanted wanted) {
        return snapshot.serves(wish, holding)
                && (!holding.isPinhole() || wish.externalPort().equals(wanted.externalPort()));
    }

    /** Whether that port is wanted and has not come to another one. */
    private boolean isOnlyWanted(Wish wish, Wanted wanted, Selection selection) {
        boolean elsewhere = selection.gateway().isPresent()
                && snapshot.of(wish)
                        .filter(holding -> !isMeant(holding, selection))
                        .isPresent();
        return !elsewhere
                && wish.externalPort().equals(wanted.externalPort())
                && snapshot.of(wish)
                        .map(Holding::externalPort)
                        .filter(port -> !port.equals(wanted.externalPort()))
                        .isEmpty();
    }
}
