package dev.ajar.mapping;

import dev.ajar.discovery.GatewayCandidates;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Opens ports: finds the gateway, has it asked, and another where the first one's protocol is no help. */
public final class OpenPorts {
    private final GatewaySource gateways;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;
    private Snapshot snapshot = Snapshot.EMPTY;
    private List<DesiredMapping> desiredMappings = List.of();

    public OpenPorts(GatewaySource gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    /** @param ownership on whose behalf; empty where it is written down already who wants them */
    public OpenReport run(
            List<Mapping> mappings, GatewaySelector selection, Optional<Ownership> ownership, TimeBudget budget) {
        want(mappings, selection, ownership);
        Optional<Failure> stray = strayTarget(mappings, selection);
        if (stray.isPresent()) {
            return OpenReport.failed(stray.get(), List.of());
        }
        // The search goes on while the notes are read.
        progress.begins("looking for the router");
        try (GatewayCandidates search = gateways.search(selection, budget.search())) {
            return run(mappings, selection, search, budget);
        }
    }

    /** With a search that is under way. */
    OpenReport run(
            List<Mapping> mappings,
            GatewaySelector selection,
            Ownership ownership,
            GatewayCandidates search,
            TimeBudget budget) {
        want(mappings, selection, Optional.of(ownership));
        return run(mappings, selection, search, budget);
    }

    private void want(List<Mapping> mappings, GatewaySelector selection, Optional<Ownership> ownership) {
        desiredMappings = ownership.stream()
                .flatMap(c -> mappings.stream().map(m -> c.desired(m, selection, timeline.instant())))
                .toList();
    }

    private OpenReport run(
            List<Mapping> mappings, GatewaySelector selection, GatewayCandidates search, TimeBudget budget) {
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
    private static boolean isPromising(GatewayCandidates search) {
        return search.attempts().stream()
                .anyMatch(attempt -> attempt.outcome() == ProbeAttempt.ProbeOutcome.SILENT
                        && attempt.stage() == ProbeAttempt.Stage.DESCRIPTION);
    }

    private static boolean hasTime(TimeBudget budget) {
        return budget.whole().remaining().compareTo(budget.searchTime()) > 0;
    }

    private OpenReport again(List<Mapping> mappings, GatewaySelector selection, TimeBudget budget) {
        try (GatewayCandidates search = gateways.search(selection, budget.freshSearch())) {
            return locked(mappings, selection, search, budget);
        }
    }

    /** A mapping to a device that is not on this LAN would open somebody else's port, or nobody's. */
    private Optional<Failure> strayTarget(List<Mapping> mappings, GatewaySelector selection) {
        boolean strayed = mappings.stream().anyMatch(one -> one.target() instanceof Target.InnerRouter)
                && selection
                        .gateway()
                        .filter(address -> !gateways.mayBeInFront(address))
                        .isPresent();
        if (strayed) {
            return Optional.of(new Failure.NoGateway(
                    Message.verbatim("this is another network than the one with two routers in a row")));
        }
        return mappings.stream()
                .map(Mapping::target)
                .flatMap(
                        target -> target instanceof Target.OtherHost other ? Stream.of(other.client()) : Stream.empty())
                .filter(client -> !gateways.mayBeDevice(client, selection))
                .findFirst()
                .map(client -> new Failure.Usage(Message.verbatim(
                        "--to " + Addresses.text(client) + " is not another device on this machine's network")));
    }

    private OpenReport locked(
            List<Mapping> mappings, GatewaySelector selection, GatewayCandidates search, TimeBudget budget) {
        switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> {
                return OpenReport.failed(failure, List.of());
            }
            case Result.Ok<Snapshot>(Snapshot loaded) -> snapshot = loaded.current(timeline.instant());
        }
        Snapshot before = snapshot;
        for (DesiredMapping desired : desiredMappings) {
            snapshot = snapshot.with(desired).narrowedBy(desired);
        }
        Set<Capability> needed = EnumSet.noneOf(Capability.class);
        mappings.forEach(mapping -> needed.addAll(Capability.neededBy(mapping)));
        if (selection.ipVersion() == IpVersion.IPV6) {
            // No firewall keeps a hole without an end; the longest there is will do.
            needed.remove(Capability.PERMANENT_LEASE);
        }
        Optional<Gateway> gateway = next(search, needed);
        if (gateway.isEmpty()) {
            Failure failure = switch (selection.ipVersion()) {
                case IPV4 -> FailureRules.noGateway(search.attempts(), needed);
                case IPV6 -> FailureRules.noFirewall(search.attempts());
            };
            return OpenReport.failed(failure, search.attempts());
        }
        switch (new NarrowedAccess(gateways, gateway.get(), timeline, budget.whole()).before(mappings, snapshot)) {
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
        for (OpenReport.PortOutcome outcome : report.outcomes()) {
            if (!(outcome.result() instanceof Result.Ok<Grant>(Grant.Granted ignored))) {
                for (DesiredMapping desired : desiredMappings) {
                    if (desired.mapping().equals(outcome.mapping())) {
                        after = restored(after, desired, before);
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

    private static Snapshot restored(Snapshot after, DesiredMapping desired, Snapshot before) {
        return before.desiredMappings().stream()
                .filter(desired::isSameDesire)
                .findFirst()
                .map(after::with)
                .orElseGet(() -> after.without(desired));
    }

    /** One gateway after the other, as long as the reason for failing is the protocol's and not the port's. */
    private OpenReport ask(
            List<Mapping> mappings,
            Gateway first,
            Set<Capability> needed,
            GatewayCandidates search,
            TimeBudget budget) {
        Gateway told = first;
        Optional<GatewaySession.Answer> telling = Optional.empty();
        Optional<Gateway> gateway = Optional.of(first);
        while (gateway.isPresent()) {
            Gateway current = gateway.get();
            GatewaySession asking = new GatewaySession(store, progress, current, budget.whole(), snapshot);
            GatewaySession.Answer answer = asking.askWithAddress(mappings);
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
    private static Optional<Gateway> next(GatewayCandidates search, Set<Capability> needed) {
        Set<Capability> lesser = Capability.inPlaceOf(needed);
        return search.next(needed).or(() -> lesser.equals(needed) ? Optional.empty() : search.next(lesser));
    }

    private static OpenReport report(Gateway gateway, GatewaySession.Answer answer, GatewayCandidates search) {
        return new OpenReport(
                Optional.of(gateway.info()),
                answer.externalAddress(),
                answer.outcomes(),
                answer.unwritten(),
                search.attempts());
    }
}
