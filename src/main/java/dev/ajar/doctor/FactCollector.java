package dev.ajar.doctor;

import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.catalog.RouterTraces;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.mapping.CloseReport;
import dev.ajar.mapping.OpenReport;
import dev.ajar.mapping.Ownership;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.RouterSurvey;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.Owner;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Finds the facts out: this machine and the router's page beside the search for gateways, so that all takes no longer than that. */
public final class FactCollector {
    private static final Duration SEARCH = Duration.ofMillis(2750);
    private static final Duration PAGE = Duration.ofMillis(1500);
    private static final Duration TRIAL = Duration.ofMillis(1500);
    private static final Duration CLOSING = Duration.ofMillis(1500);

    /** Whoever is killed in the middle of a trial leaves nothing for longer. */
    private static final Duration MOMENT = Duration.ofMinutes(2);

    /** No answer comes back to it unless the firewall knows the question; where that is let in, all is. */
    private static final Port SOME_PORT = new Port(50_123);

    private final PortMapper actions;
    private final HostProbe hostProbe;
    private final ServiceCatalog services = new ServiceCatalog();

    public FactCollector(PortMapper actions, HostProbe hostProbe) {
        this.actions = actions;
        this.hostProbe = hostProbe;
    }

    /** Looks at the network and the router, and no port. Changes nothing. */
    public Facts look(GatewaySelector selection) {
        Optional<LocalRoute> home = hostProbe.home();
        CompletableFuture<RouterTraces> page = CompletableFuture.supplyAsync(() -> traces(home), FactCollector::beside);
        CompletableFuture<FirewallState> replies = CompletableFuture.supplyAsync(
                () -> hostProbe.host().firewall(TransportProtocol.UDP, SOME_PORT), FactCollector::beside);
        RouterSurvey survey = actions.survey(selection, SEARCH);
        RouterTraces traces = page.join();
        return new Facts(
                hostProbe.routes(),
                hostProbe.routes().stream()
                        .findFirst()
                        .filter(route -> hostProbe.isVirtual(route.interfaceName()))
                        .isPresent(),
                home,
                hostProbe.host().isContainer(),
                traces.isAnything()
                        || !survey.seen().isEmpty()
                        || !hostProbe.host().knowsNeighbours(),
                replies.join(),
                survey,
                guide(survey, traces),
                Optional.empty());
    }

    /** The same with what this machine does with a port. Changes nothing. */
    public Facts with(Facts facts, Mapping wanted) {
        return facts.with(port(facts, wanted, new Trial(Optional.empty(), Optional.empty(), false)));
    }

    /** The same, and the port is opened for a moment, which tells more than any question, and closed again. */
    public Facts trying(Facts facts, Mapping wanted, GatewaySelector selection) {
        return facts.with(port(facts, wanted, trial(facts, wanted, selection)));
    }

    private static void beside(Runnable work) {
        Thread.ofPlatform().daemon().name("doctor").start(work);
    }

    /** What came of opening it for a moment. */
    private record Trial(Optional<OpenReport> report, Optional<String> untried, boolean leftOpen) {
        static Trial not(String why) {
            return new Trial(Optional.empty(), Optional.of(why), false);
        }
    }

    private static InetAddress here(Optional<LocalRoute> home) {
        return home.map(LocalRoute::localAddress).orElseGet(InetAddress::getLoopbackAddress);
    }

    private RouterTraces traces(Optional<LocalRoute> home) {
        return home.flatMap(route -> route.gateway().map(router -> hostProbe.traces(route, router, PAGE)))
                .orElse(RouterTraces.NONE);
    }

    private static RouterGuide guide(RouterSurvey survey, RouterTraces traces) {
        GuideCatalog catalog = new GuideCatalog();
        Optional<GatewayInfo> described = survey.seen().stream()
                .map(RouterSurvey.Seen::info)
                .filter(info -> info.method() == MappingProtocol.UPNP)
                .findFirst();
        RouterTraces all = described
                .map(info -> traces.withDescription(
                        info.manufacturer().display(), info.model().display()))
                .orElse(traces);
        return catalog.recognise(all).orElseGet(catalog::generic);
    }

    private Facts.OfPort port(Facts facts, Mapping mapping, Trial trial) {
        Port inside = mapping.target().port();
        InetAddress here = here(facts.home());
        return new Facts.OfPort(
                mapping,
                here,
                ListenerState.at(hostProbe, services, mapping.protocol(), inside, here),
                hostProbe.host().firewall(mapping.protocol(), inside),
                trial.report(),
                trial.untried(),
                trial.leftOpen());
    }

    /** Only a port nobody has a claim to is tried, and only one that strangers may reach for a moment. */
    private Trial trial(Facts facts, Mapping mapping, GatewaySelector selection) {
        RouterSurvey survey = facts.survey();
        boolean noted = survey.desiredMappings().stream().anyMatch(desired -> isSame(mapping, desired.mapping()))
                || survey.mappingRecords().stream()
                        .anyMatch(mappingRecord -> mappingRecord.protocol() == mapping.protocol()
                                && mappingRecord.externalPort().equals(mapping.externalPort()))
                || survey.manualRules().stream()
                        .anyMatch(rule -> rule.isFor(mapping.protocol(), mapping.externalPort()));
        if (survey.seen().isEmpty() || noted) {
            return new Trial(Optional.empty(), Optional.empty(), false);
        }
        if (new Exposure(services, List.of(mapping), Set.of()).objection().isPresent()) {
            return Trial.not("it is dangerous to open even for a moment");
        }
        Ownership moment = new Ownership(new Owner.User(), Optional.of(MOMENT));
        OpenReport report = actions.open(List.of(mapping), selection, moment, TRIAL);
        return new Trial(
                Optional.of(report), Optional.empty(), report.isAnyOpen() && !isClosedAgain(mapping, selection));
    }

    private static boolean isSame(Mapping one, Mapping other) {
        return one.protocol() == other.protocol() && one.externalPort().equals(other.externalPort());
    }

    private boolean isClosedAgain(Mapping mapping, GatewaySelector selection) {
        CloseReport report = actions.close(
                List.of(new CloseReport.CloseRequest(
                        mapping.protocol(),
                        mapping.externalPort(),
                        mapping.target().port())),
                selection,
                false,
                CLOSING);
        return report.failure().isEmpty()
                && report.outcomes().stream().noneMatch(CloseReport.CloseOutcome.Failed.class::isInstance);
    }
}
