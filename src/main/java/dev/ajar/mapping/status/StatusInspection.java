package dev.ajar.mapping.status;

import dev.ajar.discovery.GatewayCandidates;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.mapping.removal.FormerMapping;
import dev.ajar.mapping.report.FailureRules;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.NewerMapping;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.mapping.report.TimeOver;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.InternetSide;
import dev.ajar.model.IpVersion;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the state file and asks gateways for their lists and addresses. Changes nothing. */
public final class StatusInspection {
    /** A gateway that hangs must not use up the time of the others. */
    private static final Duration EACH = Duration.ofMillis(1500);

    private final GatewaySource gateways;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;

    public StatusInspection(GatewaySource gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    public ListReport list(GatewaySelector selection, TimeBudget budget) {
        return switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> ListReport.failed(failure, List.of());
            case Result.Ok<Snapshot>(Snapshot snapshot) ->
                list(snapshot.current(timeline.instant()), selection, budget);
        };
    }

    private ListReport list(Snapshot snapshot, GatewaySelector selection, TimeBudget budget) {
        progress.begins(Message.of("mapping.searching"));
        try (GatewayCandidates search = gateways.search(
                gateways.overWhatIsThere(selection), Set.of(Capability.LISTS_MAPPINGS), budget.search())) {
            Optional<Gateway> lister = search.next(Set.of(Capability.LISTS_MAPPINGS));
            Optional<Gateway> automatic = lister.or(() -> search.next(Set.of()));
            Optional<Result<Gateway>> ruled =
                    automatic.isPresent() ? Optional.empty() : ruled(snapshot, selection, budget);
            Optional<Gateway> gateway = automatic.or(() -> ruled.flatMap(Result::toOptional));
            if (gateway.isEmpty()) {
                return ListReport.failed(noGateway(ruled, search, selection), search.attempts());
            }
            progress.begins(Message.of("mapping.reading-list"));
            return switch (gateway.get().list(budget.whole())) {
                case Result.Ok<MappingTable>(MappingTable table) ->
                    report(gateway.get(), table, snapshot, search.attempts(), budget);
                case Result.Err<MappingTable>(Failure failure) ->
                    new ListReport(
                            gateway.map(Gateway::info),
                            List.of(),
                            List.of(),
                            reported(
                                    unexpired(snapshot),
                                    gateway.map(Gateway::info).stream().toList()),
                            NewerMapping.of(snapshot),
                            TimeOver.of(snapshot, timeline.instant()),
                            Optional.of(failure),
                            Optional.empty(),
                            search.attempts());
            };
        }
    }

    private ListReport report(
            Gateway gateway, MappingTable table, Snapshot snapshot, List<ProbeAttempt> attempts, TimeBudget budget) {
        List<ListReport.ListedMapping> entries = table.entries().stream()
                .map(entry -> listed(entry, gateway.info(), snapshot))
                .toList();
        List<MappingRecord> unseen = unexpired(snapshot).stream()
                .filter(record -> record.isPinhole()
                        || record.claim().gateway().isSameBox(gateway.info().id()))
                .filter(record -> table.entries().stream()
                        .noneMatch(entry -> record.matches(gateway.info().id(), entry, timeline.instant())))
                .toList();
        Optional<Failure> brokenOff = table.whole()
                ? Optional.empty()
                : Optional.of(new Failure.Malformed(Message.of("upnp.list-cut-off"), Optional.empty()));
        return new ListReport(
                Optional.of(gateway.info()),
                entries,
                table.partial(),
                unlisted(gateway, unseen, budget),
                NewerMapping.of(snapshot),
                TimeOver.of(snapshot, timeline.instant()),
                brokenOff,
                Optional.empty(),
                attempts);
    }

    /**
     * What another protocol than that of the list has opened need not be in it. Its own protocol may tell that it is
     * gone; that it is there is not said where the list does not have it.
     */
    private List<ReportedMapping> unlisted(Gateway gateway, List<MappingRecord> records, TimeBudget budget) {
        List<MappingRecord> others = records.stream()
                .filter(record -> !record.isPinhole()
                        && record.lease().filter(lease -> !lease.isListed()).isPresent())
                .toList();
        Map<MappingRecord, ReportedMapping> told = new HashMap<>();
        List<ReportedMapping> asTold = others.isEmpty() ? List.of() : stillOpen(gateway, others, budget);
        for (int i = 0; i < others.size(); i++) {
            told.put(others.get(i), asTold.get(i).unchecked());
        }
        return records.stream()
                .map(record -> told.containsKey(record)
                        ? told.get(record)
                        : asSeen(ReportedMapping.of(record), record, List.of(gateway.info())))
                .toList();
    }

    private ListReport.ListedMapping listed(ObservedMapping entry, GatewayInfo gateway, Snapshot snapshot) {
        boolean former = unexpired(snapshot).stream()
                .anyMatch(record -> record.matches(gateway.id(), entry, timeline.instant())
                        && FormerMapping.is(record, gateway, gateways));
        Optional<String> name = snapshot.mappingRecords().stream()
                .filter(record -> record.matches(gateway.id(), entry, timeline.instant()))
                .map(record -> record.claim().mapping().description())
                .findFirst();
        return new ListReport.ListedMapping(
                entry, snapshot.owns(gateway.id(), entry, timeline.instant()), former, name);
    }

    private List<MappingRecord> unexpired(Snapshot snapshot) {
        return snapshot.mappingRecords().stream()
                .filter(record -> !record.hasExpired(timeline.instant()))
                .toList();
    }

    /** Without a router's answer: what leads to another address than this machine's is not called open. */
    private List<ReportedMapping> reported(List<MappingRecord> records) {
        return records.stream()
                .map(record -> former(ReportedMapping.of(record), FormerMapping.isUnseen(record, gateways)))
                .toList();
    }

    private static ReportedMapping former(ReportedMapping reported, boolean former) {
        // Where a failed removal leaves it in doubt, it would still lead there.
        boolean mayBeOpen = reported.status() == ReportedMapping.Status.OPEN
                || reported.status() == ReportedMapping.Status.UNCHECKED;
        return former && mayBeOpen ? reported.toFormerAddress() : reported;
    }

    /** @param seen the gateways found, for what leads to a former address of this machine */
    private List<ReportedMapping> reported(List<MappingRecord> records, List<GatewayInfo> seen) {
        return records.stream()
                .map(record -> asSeen(ReportedMapping.of(record), record, seen))
                .toList();
    }

    private ReportedMapping asSeen(ReportedMapping reported, MappingRecord record, List<GatewayInfo> seen) {
        return former(
                reported,
                FormerMapping.isOfFormerPrefix(record, gateways)
                        || seen.stream().anyMatch(gateway -> FormerMapping.is(record, gateway, gateways)));
    }

    public StatusReport status(GatewaySelector selection, TimeBudget budget) {
        return switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> StatusReport.failed(failure);
            case Result.Ok<Snapshot>(Snapshot snapshot) -> status(snapshot, selection, budget);
        };
    }

    /** A machine with IPv6 alone has its router there; without any network of IPv4 this costs nothing. */
    private GatewayCandidates search(GatewaySelector selection, TimeBudget budget) {
        return gateways.search(gateways.overWhatIsThere(selection), budget.search());
    }

    /**
     * Where no protocol answers: the router on which ajar made a rule. Its owner agreed to that, and the rule is what
     * the user asks about.
     */
    private Optional<Result<Gateway>> ruled(Snapshot snapshot, GatewaySelector selection, TimeBudget budget) {
        return snapshot.mappingRecords().stream()
                .map(MappingRecord::claim)
                .filter(claim -> selection.protocols().isAutomatic()
                        && !claim.gateway().method().traits().automatic())
                .filter(claim -> selection
                        .gateway()
                        .map(claim.gateway().address()::equals)
                        .orElse(true))
                .findFirst()
                .map(claim -> gateways.reopen(claim, budget.whole().within(EACH)));
    }

    /** @param ruled the router whose interface has rules of ajar's, which tells why it is not used now */
    private Failure noGateway(Optional<Result<Gateway>> ruled, GatewayCandidates search, GatewaySelector selection) {
        return ruled.flatMap(StatusInspection::reason)
                .orElseGet(() -> FailureRules.noGateway(search.attempts(), Set.of(), gateways.of(selection.isNamed())));
    }

    /** Why it is not asked, where more is known than that it is silent. */
    private static Optional<Failure> reason(Result<Gateway> ruled) {
        return ruled instanceof Result.Err<Gateway>(Failure.NoGateway why)
                        && !why.remedies().isEmpty()
                ? Optional.of(why)
                : Optional.empty();
    }

    private StatusReport status(Snapshot snapshot, GatewaySelector selection, TimeBudget budget) {
        progress.begins(Message.of("mapping.searching"));
        try (GatewayCandidates search = search(selection, budget)) {
            Optional<Gateway> automatic = search.next(Set.of());
            Optional<Result<Gateway>> ruled =
                    automatic.isPresent() ? Optional.empty() : ruled(snapshot, selection, budget);
            Optional<Gateway> gateway = automatic.or(() -> ruled.flatMap(Result::toOptional));
            Optional<Failure> failure =
                    gateway.isPresent() ? Optional.empty() : Optional.of(noGateway(ruled, search, selection));
            List<MappingRecord> records = unexpired(snapshot);
            Optional<InternetSide> asked = gateway.map(found -> side(found, search, budget));
            List<ReportedMapping> mappings = gateway.map(found -> stillOpen(found, records, budget))
                    .orElseGet(() -> reported(records).stream()
                            .map(ReportedMapping::unchecked)
                            .toList());
            InternetSide side = asked.filter(said -> said.kind() != InternetSide.Kind.UNKNOWN)
                    .or(() -> gateway.flatMap(ignored -> ReportedMapping.lineOf(mappings)))
                    .orElseGet(() -> InternetSide.of(Optional.<InetAddress>empty()));
            return new StatusReport(
                    gateway.map(Gateway::info),
                    side.address(),
                    side,
                    mappings,
                    ManualRules.reported(snapshot.manualRules()),
                    NewerMapping.of(snapshot),
                    TimeOver.of(snapshot, timeline.instant()),
                    failure,
                    search.attempts());
        }
    }

    /** Where its address does not tell, the same router is asked in another protocol. */
    private static InternetSide side(Gateway gateway, GatewayCandidates search, TimeBudget budget) {
        InternetSide own = InternetSide.of(gateway.externalAddress(budget.whole()));
        Optional<Gateway> other = own.isByAddress()
                ? Optional.empty()
                : search.showingTable(gateway)
                        .filter(found ->
                                !found.info().id().equals(gateway.info().id()));
        return other.map(found ->
                        InternetSide.of(found.externalAddress(budget.whole().within(EACH))))
                .map(said -> InternetSide.mostTelling(List.of(own, said)))
                .orElse(own);
    }

    private List<ReportedMapping> stillOpen(Gateway gateway, List<MappingRecord> records, TimeBudget budget) {
        List<ReportedMapping> reported = new StillOpen(
                        gateway,
                        (claim, end) -> gateways.reopen(claim, end).toOptional(),
                        timeline.instant(),
                        budget.whole(),
                        EACH)
                .reported(records);
        List<ReportedMapping> all = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            ReportedMapping now = reported.get(i);
            ReportedMapping noted = asSeen(ReportedMapping.of(records.get(i)), records.get(i), List.of(gateway.info()));
            boolean former = noted.status() == ReportedMapping.Status.FORMER_ADDRESS;
            all.add(former && now.status() != ReportedMapping.Status.GONE ? noted : now);
        }
        return all;
    }

    /** What ajar opened, without a question to a router. */
    public ListReport recordedList() {
        return switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> ListReport.failed(failure, List.of());
            case Result.Ok<Snapshot>(Snapshot loaded) -> {
                Snapshot snapshot = loaded.current(timeline.instant());
                yield new ListReport(
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        reported(unexpired(snapshot)),
                        NewerMapping.of(snapshot),
                        TimeOver.of(snapshot, timeline.instant()),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
            }
        };
    }

    /** What ajar opened, and the rules made by hand, without a question to a router. */
    public StatusReport recordedStatus() {
        return switch (store.load()) {
            case Result.Err<Snapshot>(Failure failure) -> StatusReport.failed(failure);
            case Result.Ok<Snapshot>(Snapshot snapshot) ->
                new StatusReport(
                        Optional.empty(),
                        Optional.empty(),
                        InternetSide.of(Optional.<InetAddress>empty()),
                        reported(unexpired(snapshot)),
                        ManualRules.reported(snapshot.manualRules()),
                        NewerMapping.of(snapshot),
                        TimeOver.of(snapshot, timeline.instant()),
                        Optional.empty(),
                        List.of());
        };
    }

    public RouterSurvey survey(GatewaySelector selection, TimeBudget budget) {
        progress.begins(Message.of("mapping.listening"));
        DiscoveryResult found = gateways.explore(selection, budget.search());
        List<RouterSurvey.Seen> seen =
                found.gateways().stream().map(one -> inspected(one, budget)).toList();
        Snapshot snapshot = store.load().toOptional().orElse(Snapshot.EMPTY);
        Optional<Result<Gateway>> reopened = ruled(snapshot, selection, budget);
        Optional<RouterSurvey.Seen> ruled =
                reopened.flatMap(Result::toOptional).map(gateway -> inspected(gateway, budget));
        List<MappingRecord> records = unexpired(snapshot);
        return new RouterSurvey(
                seen,
                found.attempts(),
                ownEntries(Stream.concat(seen.stream(), ruled.stream()), records),
                snapshot.desiredMappings().stream()
                        .filter(desired -> desired.selection().ipVersion() == IpVersion.IPV4
                                || snapshot.of(desired).isEmpty())
                        .map(DesiredMapping::mapping)
                        .toList(),
                reported(records, found.gateways().stream().map(Gateway::info).toList()),
                ManualRules.reported(snapshot.manualRules()),
                ruled,
                reopened.flatMap(StatusInspection::reason));
    }

    private RouterSurvey.Seen inspected(Gateway gateway, TimeBudget budget) {
        progress.begins(Message.of("mapping.inspecting"));
        Deadline patience = budget.whole().within(EACH);
        Optional<MappingTable> table = gateway.info().capabilities().contains(Capability.LISTS_MAPPINGS)
                ? gateway.list(patience).toOptional()
                : Optional.empty();
        Gateway.Line line = gateway.line(patience);
        return new RouterSurvey.Seen(gateway.info(), line.address(), table, line.connected());
    }

    /**
     * The router may have another address by now, so each record is compared as if its own gateway listed the entry.
     */
    private Set<ObservedMapping> ownEntries(Stream<RouterSurvey.Seen> seen, List<MappingRecord> records) {
        return seen.flatMap(one -> one.table().stream())
                .flatMap(table -> table.entries().stream())
                .filter(entry -> records.stream()
                        .anyMatch(one -> one.matches(one.claim().gateway(), entry, timeline.instant())
                                || (entry.hidesClient() && one.mayBe(entry))))
                .collect(Collectors.toUnmodifiableSet());
    }
}
