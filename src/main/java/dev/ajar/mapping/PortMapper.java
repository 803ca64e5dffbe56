package dev.ajar.mapping;

import dev.ajar.discovery.GatewayCandidates;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.mapping.removal.ClosablePorts;
import dev.ajar.mapping.removal.ClosePorts;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.DiscoverReport;
import dev.ajar.mapping.report.FailureRules;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.mapping.status.ManualRules;
import dev.ajar.mapping.status.RouterSurvey;
import dev.ajar.mapping.status.StatusInspection;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.state.Owner;
import dev.ajar.state.StateStore;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The requests of the commands, one method each. A call leaves no thread running. */
public final class PortMapper {
    /** How long to search for an IPv6 firewall beside IPv4. One that takes requests answers long before. */
    private static final Duration ALONGSIDE = Duration.ofMillis(1200);

    private final GatewaySource gateways;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;

    public PortMapper(GatewaySource gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    public OpenReport open(List<Mapping> typed, GatewaySelector chosen, Ownership ownership, Duration time) {
        List<Mapping> mappings = toThisHost(typed);
        GatewaySelector selection = fromTarget(typed, chosen);
        OpenReport report = new OpenPorts(gateways, store, timeline, progress)
                .run(mappings, selection, Optional.of(ownership), TimeBudget.of(timeline, time));
        progress.ends();
        return report;
    }

    /** A mapping to another address of this machine is one to this machine, which asks from that address. */
    private List<Mapping> toThisHost(List<Mapping> mappings) {
        return mappings.stream()
                .map(mapping -> ownTarget(mapping)
                        .map(own -> mapping.to(new Target.ThisHost(own.port())))
                        .orElse(mapping))
                .toList();
    }

    private GatewaySelector fromTarget(List<Mapping> mappings, GatewaySelector selection) {
        return mappings.stream()
                .flatMap(mapping -> ownTarget(mapping).stream())
                .findFirst()
                .map(own -> selection.askingFrom(own.client()))
                .orElse(selection);
    }

    private Optional<Target.OtherHost> ownTarget(Mapping mapping) {
        return mapping.target() instanceof Target.OtherHost other && gateways.isThisMachine(other.client())
                ? Optional.of(other)
                : Optional.empty();
    }

    /**
     * Opens ports over IPv4, and over IPv6 as well where this machine has it and its router's firewall takes requests.
     * That firewall is searched for meanwhile, so that it costs hardly any time.
     */
    public OpenReport openOverBoth(List<Mapping> typed, GatewaySelector chosen, Ownership ownership, Duration time) {
        List<Mapping> mappings = toThisHost(typed);
        GatewaySelector selection = fromTarget(typed, chosen);
        TimeBudget budget = TimeBudget.of(timeline, time);
        GatewaySelector overIpv6 = selection.overIpv6();
        if (gateways.overWhatIsThere(selection).equals(overIpv6)) {
            OpenReport alone = new OpenPorts(gateways, store, timeline, progress)
                    .run(mappings, overIpv6, Optional.of(ownership), budget);
            progress.ends();
            return alone;
        }
        try (GatewayCandidates firewalls = gateways.search(overIpv6, Deadline.after(timeline, ALONGSIDE))) {
            OpenReport overIpv4 = new OpenPorts(gateways, store, timeline, progress)
                    .run(mappings, selection, Optional.of(ownership), budget);
            OpenReport whole = overIpv4.isUnwritable()
                    ? overIpv4
                    : overIpv4.with(new OpenPorts(gateways, store, timeline, progress)
                            .run(mappings, overIpv6, ownership, firewalls, budget));
            progress.ends();
            return whole;
        }
    }

    /** Searches for all gateways, then opens the ports on each. */
    public OpenReport openOnAll(List<Mapping> mappings, GatewaySelector selection, Ownership ownership, Duration time) {
        TimeBudget budget = TimeBudget.of(timeline, time);
        progress.begins(Message.of("mapping.listening"));
        DiscoveryResult found = gateways.explore(selection, budget.search());
        Set<InetAddress> addresses = new LinkedHashSet<>();
        found.gateways().forEach(gateway -> addresses.add(gateway.info().id().address()));
        List<OpenReport> reports = new ArrayList<>();
        for (InetAddress address : addresses) {
            GatewaySelector one = new GatewaySelector(selection.protocols(), Optional.of(address), Optional.empty());
            TimeBudget own = new TimeBudget(budget.freshSearch(), budget.whole(), budget.searchTime());
            reports.add(
                    new OpenPorts(gateways, store, timeline, progress).run(mappings, one, Optional.of(ownership), own));
        }
        progress.ends();
        return reports.isEmpty()
                ? OpenReport.failed(
                        FailureRules.noGateway(found.attempts(), Set.of(), gateways.of(selection.isNamed())),
                        found.attempts())
                : OpenReport.together(reports);
    }

    /**
     * Opens on the router in front of the router what {@code report} opened on the inner one.
     *
     * @param named its address, where the user named it
     * @param hop the next router behind the inner one, where it is known
     */
    public OpenReport openUpstream(
            OpenReport report,
            Optional<InetAddress> named,
            Optional<InetAddress> hop,
            ProtocolChoice protocols,
            Ownership ownership,
            Duration time) {
        List<OpenReport> hops = new UpstreamOpener(gateways, store, timeline, progress)
                .run(report, named, hop, protocols, ownership, TimeBudget.of(timeline, time));
        progress.ends();
        return report.and(hops);
    }

    /**
     * Keeps open ports open for a time from now on, as they were asked for.
     *
     * @param lease to ask for
     * @param kept whether a process renews what has no end
     */
    public OpenReport extend(
            List<CloseReport.CloseRequest> ports,
            GatewaySelector selection,
            Duration stay,
            LeaseDuration lease,
            boolean kept,
            Duration time) {
        return new ExtendPorts(gateways, store, timeline, progress)
                .run(ports, selection, stay, lease, kept, TimeBudget.of(timeline, time));
    }

    /**
     * Records the rules that the user made on the router's own page.
     *
     * @param here this machine's address
     */
    public Result<List<ReportedMapping>> addManualRules(List<Mapping> mappings, InetAddress here) {
        return new ManualRules(store, timeline).add(mappings, here);
    }

    /** @param force also closes ports that ajar did not open */
    public CloseReport close(
            List<CloseReport.CloseRequest> ports, GatewaySelector selection, boolean force, Duration time) {
        return new ClosePorts(gateways, store, timeline, progress)
                .run(ports, selection, force, TimeBudget.of(timeline, time));
    }

    /**
     * Closes what a crash left.
     *
     * @param ended whether the process of an {@code ajar run} is gone
     */
    public CloseReport closeStale(Predicate<Owner.Launch> ended, GatewaySelector selection, Duration time) {
        return new ClosePorts(gateways, store, timeline, progress)
                .runStale(ended, selection, TimeBudget.of(timeline, time));
    }

    public ListReport list(GatewaySelector selection, Duration time) {
        return new StatusInspection(gateways, store, timeline, progress).list(selection, TimeBudget.of(timeline, time));
    }

    public StatusReport status(GatewaySelector selection, Duration time) {
        return new StatusInspection(gateways, store, timeline, progress)
                .status(selection, TimeBudget.of(timeline, time));
    }

    /** {@link #list} of the state file alone. */
    public ListReport recordedList() {
        return new StatusInspection(gateways, store, timeline, progress).recordedList();
    }

    /** What {@link #close} can close, by the state file alone. */
    public Result<List<CloseReport.CloseRequest>> closable() {
        return store.load().map(snapshot -> ClosablePorts.all(snapshot, timeline.instant()));
    }

    /** {@link #status} of the state file alone. */
    public StatusReport recordedStatus() {
        return new StatusInspection(gateways, store, timeline, progress).recordedStatus();
    }

    /** Searches for all gateways, and asks each for its address and its list. Changes nothing. */
    public RouterSurvey survey(GatewaySelector selection, Duration time) {
        return new StatusInspection(gateways, store, timeline, progress)
                .survey(selection, TimeBudget.of(timeline, time));
    }

    public DiscoverReport discover(GatewaySelector selection, Duration time) {
        progress.begins(Message.of("mapping.listening"));
        return DiscoverReport.of(
                gateways.explore(selection, TimeBudget.of(timeline, time).search()), gateways.of(selection.isNamed()));
    }
}
