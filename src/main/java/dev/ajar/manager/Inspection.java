package dev.ajar.manager;

import dev.ajar.discovery.Candidates;
import dev.ajar.discovery.Gateways;
import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Finding;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.MappingTable;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.Selection;
import dev.ajar.state.Holding;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks without changing anything. */
final class Inspection {
    /** One that hangs is not to use up the time of the others. */
    private static final Duration EACH = Duration.ofMillis(1500);

    private final Gateways gateways;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;

    Inspection(Gateways gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    ListReport list(Selection selection, Budget budget) {
        return switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> ListReport.failed(failure, List.of());
            case Result.Ok<Snapshot>(Snapshot snapshot) ->
                list(snapshot.current(timeline.instant()), selection, budget);
        };
    }

    private ListReport list(Snapshot snapshot, Selection selection, Budget budget) {
        progress.begins("looking for the router");
        try (Candidates search = gateways.search(selection, budget.search())) {
            Optional<Gateway> lister = search.next(Set.of(Capability.LISTS_MAPPINGS));
            Optional<Gateway> gateway = lister.or(() -> search.next(Set.of()));
            if (gateway.isEmpty()) {
                return ListReport.failed(Refusals.noGateway(search.attempts(), Set.of()), search.attempts());
            }
            progress.begins("reading the router's list");
            return switch (gateway.get().list(budget.whole())) {
                case Result.Ok<MappingTable>(MappingTable table) ->
                    report(gateway.get(), table, snapshot, search.attempts());
                case Result.Err<MappingTable>(Failure failure) ->
                    new ListReport(
                            gateway.map(Gateway::info),
                            List.of(),
                            unexpired(snapshot),
                            Optional.of(failure),
                            Optional.empty(),
                            search.attempts());
            };
        }
    }

    private ListReport report(Gateway gateway, MappingTable table, Snapshot snapshot, List<Attempt> attempts) {
        List<ListReport.Entry> entries = table.entries().stream()
                .map(entry ->
                        new ListReport.Entry(entry, snapshot.owns(gateway.info().id(), entry)))
                .toList();
        List<Holding> unseen = unexpired(snapshot).stream()
                .filter(holding -> holding.isPinhole()
                        || holding.claim().gateway().isSameBox(gateway.info().id()))
                .filter(holding -> table.entries().stream()
                        .noneMatch(entry -> holding.matches(gateway.info().id(), entry)))
                .toList();
        Optional<Failure> brokenOff = table.whole()
                ? Optional.empty()
                : Optional.of(new Failure.Malformed("the router's list broke off", Optional.empty()));
        return new ListReport(Optional.of(gateway.info()), entries, unseen, brokenOff, Optional.empty(), attempts);
    }

    private List<Holding> unexpired(Snapshot snapshot) {
        return snapshot.holdings().stream()
                .filter(holding -> !holding.hasExpired(timeline.instant()))
                .toList();
    }

    StatusReport status(Selection selection, Budget budget) {
        return switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) ->
                new StatusReport(
                        Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.of(failure), List.of());
            case Result.Ok<Snapshot>(Snapshot snapshot) -> status(snapshot, selection, budget);
        };
    }

    private StatusReport status(Snapshot snapshot, Selection selection, Budget budget) {
        progress.begins("looking for the router");
        try (Candidates search = gateways.search(selection, budget.search())) {
            Optional<Gateway> gateway = search.next(Set.of());
            Optional<InetAddress> external = gateway.flatMap(
                            found -> found.externalAddress(budget.whole()).toOptional())
                    .flatMap(address -> address);
            Optional<Failure> failure = gateway.isPresent()
                    ? Optional.empty()
                    : Optional.of(Refusals.noGateway(search.attempts(), Set.of()));
            return new StatusReport(
                    gateway.map(Gateway::info),
                    external,
                    unexpired(snapshot),
                    snapshot.handMade(),
                    failure,
                    search.attempts());
        }
    }

    Survey survey(Selection selection, Budget budget) {
        progress.begins("listening for routers");
        Finding finding = gateways.explore(selection, budget.search());
        List<Survey.Seen> seen = new ArrayList<>();
        for (Gateway gateway : finding.gateways()) {
            progress.begins("asking the router what it knows");
            Deadline patience = budget.whole().within(EACH);
            Optional<MappingTable> table = gateway.info().capabilities().contains(Capability.LISTS_MAPPINGS)
                    ? gateway.list(patience).toOptional()
                    : Optional.empty();
            seen.add(new Survey.Seen(gateway.info(), gateway.externalAddress(patience), table));
        }
        Snapshot snapshot = store.load().toOptional().orElse(Snapshot.EMPTY);
        return new Survey(seen, finding.attempts(), snapshot.wishes(), unexpired(snapshot), snapshot.handMade());
    }
}
