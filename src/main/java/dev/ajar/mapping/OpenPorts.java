package dev.ajar.mapping;

import dev.ajar.discovery.GatewayCandidates;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.mapping.removal.FormerMappings;
import dev.ajar.mapping.removal.NarrowedAccess;
import dev.ajar.mapping.removal.OwnClients;
import dev.ajar.mapping.removal.ReplacedMappings;
import dev.ajar.mapping.report.FailureRules;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Timeline;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Opens ports: finds a gateway and asks it, then others if its protocol cannot do it. */
public final class OpenPorts {
    private final GatewaySource gateways;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;
    private Snapshot snapshot = Snapshot.EMPTY;
    private List<DesiredMapping> desiredMappings = List.of();
    private boolean resorted;

    public OpenPorts(GatewaySource gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    /** @param ownership empty where the desired mappings are in the state file already */
    public OpenReport run(
            List<Mapping> mappings, GatewaySelector selection, Optional<Ownership> ownership, TimeBudget budget) {
        desire(mappings, selection, ownership);
        Optional<Failure> misplaced = misplacedTarget(mappings, selection);
        if (misplaced.isPresent()) {
            return OpenReport.failed(misplaced.get(), List.of());
        }
        // The search goes on while the state file is read.
        progress.begins(Message.of("mapping.searching"));
        try (GatewayCandidates search = gateways.search(selection, budget.search())) {
            return run(mappings, selection, search, budget);
        }
    }

    /** Uses a search that is under way. */
    OpenReport run(
            List<Mapping> mappings,
            GatewaySelector selection,
            Ownership ownership,
            GatewayCandidates search,
            TimeBudget budget) {
        desire(mappings, selection, Optional.of(ownership));
        return run(mappings, selection, search, budget);
    }

    private void desire(List<Mapping> mappings, GatewaySelector selection, Optional<Ownership> ownership) {
        desiredMappings = ownership.stream()
                .flatMap(owner ->
                        mappings.stream().map(mapping -> owner.desired(mapping, selection, timeline.instant())))
                .toList();
    }

    private OpenReport run(
            List<Mapping> mappings, GatewaySelector selection, GatewayCandidates search, TimeBudget budget) {
        return switch (store.lock()) {
            case Result.Err<StateStore.Lock>(Failure failure) -> OpenReport.failed(failure, List.of());
            case Result.Ok<StateStore.Lock>(StateStore.Lock lock) -> {
                try (lock) {
                    OpenReport report = locked(mappings, selection, search, budget);
                    yield report.gateway().isEmpty() && mayAnswerAgain(search) && hasTime(budget)
                            ? again(mappings, selection, budget)
                            : report;
                }
            }
        };
    }

    /** Whether a router answered but its description did not come in time. A second search may find it. */
    private static boolean mayAnswerAgain(GatewayCandidates search) {
        return search.attempts().stream()
                .filter(attempt -> attempt.stage() == ProbeAttempt.Stage.DESCRIPTION)
                .anyMatch(attempt -> attempt.outcome() == ProbeAttempt.ProbeOutcome.SILENT
                        || attempt.outcome() == ProbeAttempt.ProbeOutcome.UNFINISHED);
    }

    private static boolean hasTime(TimeBudget budget) {
        return budget.whole().remaining().compareTo(budget.searchTime()) > 0;
    }

    private OpenReport again(List<Mapping> mappings, GatewaySelector selection, TimeBudget budget) {
        try (GatewayCandidates search = gateways.search(selection, budget.freshSearch())) {
            return locked(mappings, selection, search, budget);
        }
    }

    /** A mapping to an address outside this LAN would open the port of a foreign device, or lead to none. */
    private Optional<Failure> misplacedTarget(List<Mapping> mappings, GatewaySelector selection) {
        boolean otherNetwork = mappings.stream().anyMatch(one -> one.target() instanceof Target.InnerRouter)
                && selection
                        .gateway()
                        .filter(address -> !gateways.mayBeInFront(address))
                        .isPresent();
        if (otherNetwork) {
            return Optional.of(new Failure.NoGateway(Message.of("mapping.other-network")));
        }
        return mappings.stream()
                .map(Mapping::target)
                .flatMap(
                        target -> target instanceof Target.OtherHost other ? Stream.of(other.client()) : Stream.empty())
                .filter(client -> !gateways.mayBeDevice(client, selection))
                .findFirst()
                .map(client ->
                        new Failure.Usage(Message.of("mapping.not-another-device", "address", Addresses.text(client))));
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
            // No firewall keeps a pinhole permanently, so the longest lease will do.
            needed.remove(Capability.PERMANENT_LEASE);
        }
        Optional<Gateway> gateway = next(search, needed);
        if (gateway.isEmpty()) {
            Failure failure = switch (selection.ipVersion()) {
                case IPV4 -> FailureRules.noGateway(search.attempts(), needed, gateways.of(selection.isNamed()));
                case IPV6 -> FailureRules.noFirewall(search.attempts(), gateways.of(selection.isNamed()));
            };
            return OpenReport.failed(failure, search.attempts());
        }
        switch (new NarrowedAccess(gateways, gateway.get(), timeline, budget.whole()).before(mappings, snapshot)) {
            case Result.Err<Snapshot>(Failure failure) -> {
                return OpenReport.failed(failure, search.attempts());
            }
            case Result.Ok<Snapshot>(Snapshot rest) -> snapshot = rest;
        }
        OwnClients clients = OwnClients.of(
                gateways,
                selection,
                mappings,
                new OwnClients(gateway.get(), snapshot),
                timeline.instant(),
                budget.whole());
        snapshot = clients.snapshot();
        FormerMappings former = new FormerMappings(gateways, clients.gateway(), timeline.instant());
        snapshot = former.removed(mappings, snapshot, budget.whole());
        OpenReport report = ask(mappings, clients.gateway(), needed, search, budget);
        OpenReport settled = settled(former.named(report, snapshot), before);
        return new ReplacedMappings(gateways, snapshot, timeline.instant()).restore(settled, budget.whole());
    }

    /** A port that could not be opened is no longer desired, unless it was desired before. */
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
                .map(old -> withItsRecords(after.with(old), old, before))
                .orElseGet(() -> after.without(desired));
    }

    /** What served the former desire, and was to be removed for the new one, stays. */
    private static Snapshot withItsRecords(Snapshot after, DesiredMapping old, Snapshot before) {
        Snapshot whole = after;
        for (MappingRecord record : before.mappingRecords()) {
            boolean marked =
                    old.isServedBy(record.claim()) && after.of(record.claim()).isPresent();
            whole = marked ? whole.with(record) : whole;
        }
        return whole;
    }

    /** Asks one gateway after the other, while another protocol may do what the last one could not. */
    private OpenReport ask(
            List<Mapping> mappings,
            Gateway first,
            Set<Capability> needed,
            GatewayCandidates search,
            TimeBudget budget) {
        Gateway reported = first;
        Optional<GatewaySession.Answer> report = Optional.empty();
        Optional<Gateway> gateway = Optional.of(first);
        while (gateway.isPresent()) {
            Gateway current = gateway.get();
            GatewaySession.Answer answer = new GatewaySession(store, progress, current, budget.whole(), snapshot)
                    .lookingFirst(() -> search.showingTable(current))
                    .askWithAddress(mappings);
            snapshot = answer.snapshot();
            if (report.isEmpty() || answer.saysMoreThan(report.get())) {
                report = Optional.of(answer);
                reported = current;
            }
            boolean another = answer.unwritten().isEmpty() && answer.mayWorkElsewhere();
            gateway = another
                    ? next(search, needed)
                    : answer.isAddressMismatch() ? search.next(naming(needed)) : Optional.empty();
        }
        return report(reported, report.orElseThrow(), search);
    }

    /** A protocol whose requests name the internal client cannot open the port of a machine in between by mistake. */
    private static Set<Capability> naming(Set<Capability> needed) {
        Set<Capability> all = EnumSet.of(Capability.OTHER_HOSTS);
        all.addAll(needed);
        return all;
    }

    /** A gateway with the needed capabilities; when there is none left, one that may be able. */
    private Optional<Gateway> next(GatewayCandidates search, Set<Capability> needed) {
        Set<Capability> lesser = Capability.inPlaceOf(needed);
        return search.next(needed)
                .or(() -> lesser.equals(needed) ? Optional.empty() : search.next(lesser))
                .or(() -> resorted ? Optional.empty() : lastResort(search, needed));
    }

    /** Once: a router whose interface refuses would be asked for ever. */
    private Optional<Gateway> lastResort(GatewayCandidates search, Set<Capability> needed) {
        resorted = true;
        return search.lastResort(needed);
    }

    private static OpenReport report(Gateway gateway, GatewaySession.Answer answer, GatewayCandidates search) {
        return new OpenReport(
                Optional.of(gateway.info()),
                answer.externalAddress(),
                answer.outcomes(),
                answer.unwritten(),
                Optional.empty(),
                answer.line(),
                search.attempts(),
                List.of());
    }
}
