package dev.ajar.manager;

import dev.ajar.discovery.Candidates;
import dev.ajar.discovery.Gateways;
import dev.ajar.gateway.Finding;
import dev.ajar.model.Mapping;
import dev.ajar.model.Method;
import dev.ajar.model.Result;
import dev.ajar.model.Selection;
import dev.ajar.state.HandMade;
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

/** Everything ajar can be asked to do, one method each. Each call is on its own and leaves nothing running. */
public final class Actions {
    /** A firewall on the LAN that can be asked answers long before that; nobody waits for one that cannot. */
    private static final Duration ALONGSIDE = Duration.ofMillis(1200);

    private final Gateways gateways;
    private final StateStore store;
    private final Timeline timeline;
    private final Progress progress;

    public Actions(Gateways gateways, StateStore store, Timeline timeline, Progress progress) {
        this.gateways = gateways;
        this.store = store;
        this.timeline = timeline;
        this.progress = progress;
    }

    public OpenReport open(List<Mapping> mappings, Selection selection, Custody custody, Duration time) {
        OpenReport report = new OpenPorts(gateways, store, timeline, progress)
                .run(mappings, selection, Optional.of(custody), Budget.of(timeline, time));
        progress.ends();
        return report;
    }

    /**
     * Opens ports over IPv4, and over IPv6 as well where this machine has it and its router's firewall can be asked. The
     * search for that firewall goes on meanwhile, so that it costs hardly any time.
     */
    public OpenReport openOverBoth(List<Mapping> mappings, Selection selection, Custody custody, Duration time) {
        Budget budget = Budget.of(timeline, time);
        Selection overIpv6 = selection.overIpv6();
        try (Candidates firewalls = gateways.search(overIpv6, Deadline.after(timeline, ALONGSIDE))) {
            OpenReport overIpv4 = new OpenPorts(gateways, store, timeline, progress)
                    .run(mappings, selection, Optional.of(custody), budget);
            OpenReport whole = overIpv4.isUnwritable()
                    ? overIpv4
                    : overIpv4.with(new OpenPorts(gateways, store, timeline, progress)
                            .run(mappings, overIpv6, custody, firewalls, budget));
            progress.ends();
            return whole;
        }
    }

    /**
     * Opens on each gateway there is, which all are searched for first; each keeps its own.
     *
     * @return what came of all of them
     */
    public OpenReport openOnAll(List<Mapping> mappings, Selection selection, Custody custody, Duration time) {
        Budget budget = Budget.of(timeline, time);
        progress.begins("listening for routers");
        Finding finding = gateways.explore(selection, budget.search());
        Set<InetAddress> addresses = new LinkedHashSet<>();
        finding.gateways().forEach(gateway -> addresses.add(gateway.info().id().address()));
        List<OpenReport> reports = new ArrayList<>();
        for (InetAddress address : addresses) {
            Selection one = new Selection(selection.methods(), Optional.of(address), Optional.empty());
            Budget own = new Budget(budget.freshSearch(), budget.whole(), budget.searchTime());
            reports.add(
                    new OpenPorts(gateways, store, timeline, progress).run(mappings, one, Optional.of(custody), own));
        }
        progress.ends();
        return reports.isEmpty()
                ? OpenReport.failed(Refusals.noGateway(finding.attempts(), Set.of()), finding.attempts())
                : OpenReport.together(reports);
    }

    /**
     * Opens on the router in front of the router what {@code report} opened on the inner one.
     *
     * @param named its address, where somebody named it
     * @param hop what stands behind the inner router, where that could be seen
     */
    public OpenReport openUpstream(
            OpenReport report,
            Optional<InetAddress> named,
            Optional<InetAddress> hop,
            Set<Method> methods,
            Custody custody,
            Duration time) {
        List<OpenReport> hops = new Upstream(gateways, store, timeline, progress)
                .run(report, named, hop, methods, custody, Budget.of(timeline, time));
        progress.ends();
        return report.and(hops);
    }

    /**
     * Notes rules that somebody made on the router's own page.
     *
     * @param here this machine's address
     */
    public Result<List<HandMade>> note(List<Mapping> mappings, InetAddress here) {
        return new HandMadePorts(store, timeline).note(mappings, here);
    }

    /** @param force also what ajar did not open */
    public CloseReport close(List<CloseReport.Wanted> ports, Selection selection, boolean force, Duration time) {
        return new ClosePorts(gateways, store, timeline, progress)
                .run(ports, selection, force, Budget.of(timeline, time));
    }

    public ListReport list(Selection selection, Duration time) {
        return new Inspection(gateways, store, timeline, progress).list(selection, Budget.of(timeline, time));
    }

    public StatusReport status(Selection selection, Duration time) {
        return new Inspection(gateways, store, timeline, progress).status(selection, Budget.of(timeline, time));
    }

    /** Looks for all gateways, and asks each what it knows. Changes nothing. */
    public Survey survey(Selection selection, Duration time) {
        return new Inspection(gateways, store, timeline, progress).survey(selection, Budget.of(timeline, time));
    }

    public DiscoverReport discover(Selection selection, Duration time) {
        progress.begins("listening for routers");
        return DiscoverReport.of(
                gateways.explore(selection, Budget.of(timeline, time).search()));
    }
}
