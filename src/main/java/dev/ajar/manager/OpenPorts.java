package dev.ajar.manager;

import dev.ajar.discovery.Candidates;
import dev.ajar.discovery.Gateways;
import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Family;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.Selection;
import dev.ajar.model.Target;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.state.Wish;
import dev.ajar.system.Timeline;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Opens ports: finds the gateway, has it asked, and another where the first one's protocol is no help. */
public final class OpenPorts {
    private final Gateways gateways;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;
    private Snapshot snapshot = Snapshot.EMPTY;
    private List<Wish> wishes = List.of();

    public OpenPorts(Gateways gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    /** @param custody on whose behalf; empty where it is written down already who wants them */
    public OpenReport run(List<Mapping> mappings, Selection selection, Optional<Custody> custody, Budget budget) {
        want(mappings, selection, custody);
        Optional<Failure> stray = strayTarget(mappings, selection);
        if (stray.isPresent()) {
            return OpenReport.failed(stray.get(), List.of());
        }
        // The search goes on while the notes are read.
        progress.begins("looking for the router");
        try (Candidates search = gateways.search(selection, budget.search())) {
            return run(mappings, selection, search, budget);
        }
    }

    /** With a search that is under way. */
    OpenReport run(List<Mapping> mappings, Selection selection, Custody custody, Candidates search, Budget budget) {
        want(mappings, selection, Optional.of(custody));
        return run(mappings, selection, search, budget);
    }

    private void want(List<Mapping> mappings, Selection selection, Optional<Custody> custody) {
        wishes = custody.stream()
                .flatMap(c -> mappings.stream().map(m -> c.wish(m, selection, timeline.instant())))
                .toList();
    }

    private OpenReport run(List<Mapping> mappings, Selection selection, Candidates search, Budget budget) {
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> OpenReport.failed(failure, List.of());
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    OpenReport report = locked(mappings, selection, search, budget);
                    yield report.gateway().isEmpty() && isPromising(search) && hasTime(budget)
                            ? again(mappings, selection, budget)
                            : report;
                }
            }
        };
    }

    /** A router that answered and did not get its description across in time has earned a second search. */
    private static boolean isPromising(Candidates search) {
        return search.attempts().stream()
                .anyMatch(attempt -> attempt.outcome() == Attempt.Outcome.SILENT
                        && attempt.protocol().equals(Attempt.DESCRIPTION));
    }

    private static boolean hasTime(Budget budget) {
        return budget.whole().remaining().compareTo(budget.searchTime()) > 0;
    }

    private OpenReport again(List<Mapping> mappings, Selection selection, Budget budget) {
        try (Candidates search = gateways.search(selection, budget.freshSearch())) {
            return locked(mappings, selection, search, budget);
        }
    }

    /** A mapping to a device that is not on this LAN would open somebody else's port, or nobody's. */
    private Optional<Failure> strayTarget(List<Mapping> mappings, Selection selection) {
        boolean strayed = mappings.stream().anyMatch(one -> one.target() instanceof Target.InnerRouter)
                && selection
                        .gateway()
                        .filter(address -> !gateways.mayBeInFront(address))
                        .isPresent();
        if (strayed) {
            return Optional.of(new Failure.NoGateway("this is another network than the one with two routers in a row"));
        }
        return mappings.stream()
                .map(Mapping::target)
                .flatMap(
                        target -> target instanceof Target.OtherHost other ? Stream.of(other.client()) : Stream.empty())
                .filter(client -> !gateways.mayBeDevice(client, selection))
                .findFirst()
                .map(client -> new Failure.Usage(
                        "--to " + Addresses.text(client) + " is not another device on this machine's network"));
    }

    private OpenReport locked(List<Mapping> mappings, Selection selection, Candidates search, Budget budget) {
        switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> {
                return OpenReport.failed(failure, List.of());
            }
            case Result.Ok<Snapshot>(Snapshot loaded) -> snapshot = loaded.current(timeline.instant());
        }
        Snapshot before = snapshot;
        for (Wish wish : wishes) {
            snapshot = snapshot.with(wish).narrowedBy(wish);
        }
        Set<Capability> needed = EnumSet.noneOf(Capability.class);
        mappings.forEach(mapping -> needed.addAll(Capability.neededBy(mapping)));
        if (selection.family() == Family.IPV6) {
            // No firewall keeps a hole without an end; the longest there is will do.
            needed.remove(Capability.PERMANENT_LEASE);
        }
        Optional<Gateway> gateway = next(search, needed);
        if (gateway.isEmpty()) {
            Failure failure = switch (selection.family()) {
                case IPV4 -> Refusals.noGateway(search.attempts(), needed);
                case IPV6 -> Refusals.noFirewall(search.attempts());
            };
            return OpenReport.failed(failure, search.attempts());
        }
        switch (new Withdrawal(gateways, gateway.get(), timeline, budget.whole()).before(mappings, snapshot)) {
            case Result.Err<Snapshot>(Failure failure) -> {
                return OpenReport.failed(failure, search.attempts());
            }
            case Result.Ok<Snapshot>(Snapshot rest) -> snapshot = rest;
        }
        return settled(ask(mappings, gateway.get(), needed, search, budget), before);
    }

    /** What could not be opened is not wanted any longer, unless it was before. */
    private OpenReport settled(OpenReport report, Snapshot before) {
        Snapshot after = snapshot;
        for (OpenReport.Outcome outcome : report.outcomes()) {
            if (!(outcome.result() instanceof Result.Ok<Grant>(Grant.Granted ignored))) {
                for (Wish wish : wishes) {
                    if (wish.mapping().equals(outcome.mapping())) {
                        after = restored(after, wish, before);
                    }
                }
            }
        }
        if (after.equals(snapshot) || report.failure().isPresent()) {
            return report;
        }
        snapshot = after;
        return switch (store.save(snapshot)) {
            case Result.Ok<StateStore.Written> ignored -> report;
            case Result.Err<StateStore.Written>(Failure failure) -> report.unwritten(failure);
        };
    }

    private static Snapshot restored(Snapshot after, Wish wish, Snapshot before) {
        return before.wishes().stream()
                .filter(wish::isSameWish)
                .findFirst()
                .map(after::with)
                .orElseGet(() -> after.without(wish));
    }

    /** One gateway after the other, as long as the reason for failing is the protocol's and not the port's. */
    private OpenReport ask(
            List<Mapping> mappings, Gateway first, Set<Capability> needed, Candidates search, Budget budget) {
        Gateway told = first;
        Optional<Asking.Answer> telling = Optional.empty();
        Optional<Gateway> gateway = Optional.of(first);
        while (gateway.isPresent()) {
            Gateway current = gateway.get();
            Asking asking = new Asking(store, progress, current, budget.whole(), snapshot);
            Asking.Answer answer = asking.askWithAddress(mappings);
            snapshot = answer.snapshot();
            // A protocol that said why tells more than one that fell silent after it.
            if (telling.isEmpty() || !answer.isSilence()) {
                telling = Optional.of(answer);
                told = current;
            }
            boolean another = answer.unwritten().isEmpty() && answer.mayWorkElsewhere();
            gateway = another ? next(search, needed) : Optional.empty();
        }
        return report(told, telling.orElseThrow(), search);
    }

    /** One that can do it; when there is none left, one that perhaps can. */
    private static Optional<Gateway> next(Candidates search, Set<Capability> needed) {
        Set<Capability> lesser = Capability.inPlaceOf(needed);
        return search.next(needed).or(() -> lesser.equals(needed) ? Optional.empty() : search.next(lesser));
    }

    private static OpenReport report(Gateway gateway, Asking.Answer answer, Candidates search) {
        return new OpenReport(
                Optional.of(gateway.info()),
                answer.externalAddress(),
                answer.outcomes(),
                answer.unwritten(),
                search.attempts());
    }
}
