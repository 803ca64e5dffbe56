package dev.ajar.service.backend;

import dev.ajar.daemon.CommandThreads;
import dev.ajar.mapping.report.Freshness;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.GatewayRow;
import dev.ajar.service.LocalPorts;
import dev.ajar.service.PortsFactory;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.TimedReport;
import dev.ajar.service.WatchReport;
import dev.ajar.system.Timeline;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers {@code list} and {@code status} within a second, whatever the routers do: from a look that is made meanwhile,
 * or else from the last one. The daemon's own mappings come from the state file, which is read at once.
 */
final class CachedReports {
    private final LocalPorts records;
    private final Supplier<WatchReport> kept;
    private final Timeline timeline;
    private final ReportCache<ListReport> lists;
    private final ReportCache<StatusReport> states;

    /**
     * @param factory makes the service that asks the router
     * @param records reads the state file, on any thread
     * @param kept what the keeper published last
     */
    CachedReports(
            PortsFactory factory,
            CommandBackend backend,
            LocalPorts records,
            Supplier<WatchReport> kept,
            Timeline timeline) {
        this.records = records;
        this.kept = kept;
        this.timeline = timeline;
        this.lists = new ReportCache<>(
                (request, store) -> factory.ports(store, backend).list(request).report(),
                report -> report.failure().isEmpty() && report.blind().isEmpty(),
                timeline);
        this.states = new ReportCache<>(
                (request, store) ->
                        factory.ports(store, backend).status(request).report(),
                report -> report.failure().isEmpty(),
                timeline);
    }

    TimedReport<ListReport> list(ServiceRequest.Look request, CommandThreads threads) throws InterruptedException {
        ReportCache.Seen<ListReport> seen = lists.look(request, threads);
        if (seen.isFresh()) {
            return new TimedReport<>(seen.latest().orElseThrow(), freshness(seen));
        }
        // Entries of other programs on a router that does not answer may be gone, and others may be there.
        boolean told = !seen.failed() && !isSilent();
        Optional<ListReport> good = seen.good();
        ListReport own = records.recordedList();
        Failure blind = new Failure.TimedOut(Message.of("mapping.cannot-be-told"));
        ListReport report = told && good.isPresent()
                ? before(good.get(), own, blind)
                : new ListReport(
                        good.flatMap(ListReport::gateway),
                        own.entries(),
                        own.unreadable(),
                        own.unlisted(),
                        own.newer(),
                        own.over(),
                        Optional.of(blind),
                        own.failure(),
                        own.attempts());
        return new TimedReport<>(report, freshness(seen));
    }

    /** The list as it was. What was opened since is not in it, and that says nothing. */
    private static ListReport before(ListReport good, ListReport own, Failure blind) {
        List<ReportedMapping> unlisted = own.unlisted().stream()
                .filter(mapping -> good.entries().stream().noneMatch(entry -> isOf(entry, mapping)))
                .toList();
        boolean known = unlisted.stream()
                .allMatch(mapping -> good.unlisted().stream()
                        .anyMatch(old -> old.label().equals(mapping.label())
                                && old.expiresAt().equals(mapping.expiresAt())));
        return new ListReport(
                good.gateway(),
                good.entries(),
                good.unreadable(),
                unlisted,
                own.newer(),
                own.over(),
                known ? Optional.empty() : Optional.of(blind),
                own.failure(),
                good.attempts());
    }

    private static boolean isOf(ListReport.ListedMapping entry, ReportedMapping mapping) {
        return entry.mine()
                && mapping.isFor(entry.mapping().protocol(), entry.mapping().externalPort());
    }

    TimedReport<StatusReport> status(ServiceRequest.Look request, CommandThreads threads) throws InterruptedException {
        ReportCache.Seen<StatusReport> seen = states.look(request, threads);
        if (seen.isFresh()) {
            return new TimedReport<>(seen.latest().orElseThrow(), freshness(seen));
        }
        StatusReport own = records.recordedStatus();
        Optional<StatusReport> good = seen.good();
        Optional<Failure> failure = own.failure()
                .or(() -> seen.latest().filter(latest -> seen.failed()).flatMap(StatusReport::failure));
        Freshness freshness = freshness(seen);
        StatusReport report = new StatusReport(
                good.flatMap(StatusReport::gateway),
                good.flatMap(StatusReport::externalAddress),
                good.map(StatusReport::side).orElse(own.side()),
                own.mappings().stream()
                        .map(row -> lost(row, good, seen.goodAt(), freshness).orElse(row))
                        .toList(),
                own.manualRules(),
                own.newer(),
                own.over(),
                failure,
                seen.latest().map(StatusReport::attempts).orElse(own.attempts()));
        return new TimedReport<>(report, freshness);
    }

    /** The row as the router showed it last: without the mapping, which nothing has confirmed since. */
    private static Optional<ReportedMapping> lost(
            ReportedMapping row, Optional<StatusReport> good, Optional<Instant> at, Freshness freshness) {
        boolean since = at.isPresent()
                && freshness
                        .checked(row.label(), false)
                        .filter(moment -> moment.isAfter(at.get()))
                        .isPresent();
        return good.stream()
                .filter(report -> !since)
                .flatMap(report -> report.mappings().stream())
                .filter(old ->
                        isWorse(old.status()) && old.label().equals(row.label()) && old.ipVersion() == row.ipVersion())
                .findFirst();
    }

    private static boolean isWorse(ReportedMapping.Status seen) {
        return seen == ReportedMapping.Status.GONE
                || seen == ReportedMapping.Status.FORMER_ADDRESS
                || seen == ReportedMapping.Status.UNCHECKED;
    }

    private boolean isSilent() {
        return kept.get().gateways().stream().anyMatch(GatewayRow::silent);
    }

    private Freshness freshness(ReportCache.Seen<?> seen) {
        Map<String, Instant> confirmed = new HashMap<>();
        kept.get().rows().forEach(row -> row.checkedAt().ifPresent(moment -> confirmed.put(row.mapping(), moment)));
        Freshness own = seen.isFresh()
                ? Freshness.of(timeline.instant())
                : Freshness.remembered(timeline.instant(), seen.goodAt());
        return own.with(confirmed);
    }
}
