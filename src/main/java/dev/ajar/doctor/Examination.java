package dev.ajar.doctor;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.manager.Actions;
import dev.ajar.manager.CloseReport;
import dev.ajar.manager.Custody;
import dev.ajar.manager.OpenReport;
import dev.ajar.manager.Survey;
import dev.ajar.model.Mapping;
import dev.ajar.model.Method;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import dev.ajar.model.Selection;
import dev.ajar.profile.GuideCatalog;
import dev.ajar.profile.RouterGuide;
import dev.ajar.profile.RouterTraces;
import dev.ajar.profile.ServiceCatalog;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallVerdict;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finds the facts out: this machine and the router's page beside the search for gateways, so that all takes no longer than that. */
public final class Examination {
    private static final Duration SEARCH = Duration.ofMillis(2750);
    private static final Duration PAGE = Duration.ofMillis(1500);
    private static final Duration TRIAL = Duration.ofMillis(1900);

    /** No answer comes back to it unless the firewall knows the question; where that is let in, all is. */
    private static final Port SOME_PORT = new Port(50_123);

    private final Actions actions;
    private final Premises premises;

    public Examination(Actions actions, Premises premises) {
        this.actions = actions;
        this.premises = premises;
    }

    /**
     * @param wanted the port in question; empty to look at the router alone
     * @param trying whether it may be opened for a moment, which tells more than any question
     */
    public Facts of(Selection selection, Optional<Mapping> wanted, boolean trying) {
        Optional<LocalRoute> home = premises.home();
        CompletableFuture<RouterTraces> page =
                CompletableFuture.supplyAsync(() -> traces(home), Examination::beside);
        CompletableFuture<FirewallVerdict> replies =
                CompletableFuture.supplyAsync(
                        () -> premises.host().firewall(Protocol.UDP, SOME_PORT),
                        Examination::beside);
        Optional<CompletableFuture<Local>> local =
                wanted.map(
                        mapping ->
                                CompletableFuture.supplyAsync(
                                        () -> local(mapping, home), Examination::beside));
        Survey survey = actions.survey(selection, SEARCH);
        Optional<Facts.OfPort> port =
                wanted.map(
                        mapping ->
                                port(
                                        trying,
                                        mapping,
                                        survey,
                                        selection,
                                        local.orElseThrow().join(),
                                        home));
        RouterTraces traces = page.join();
        return new Facts(
                premises.routes(),
                premises.routes().stream()
                        .findFirst()
                        .filter(route -> premises.isVirtual(route.interfaceName()))
                        .isPresent(),
                home,
                premises.host().isContainer(),
                !traces.mac().isEmpty() || !traces.server().isEmpty() || !survey.seen().isEmpty(),
                replies.join(),
                survey,
                guide(survey, traces),
                port);
    }

    private static void beside(Runnable work) {
        Thread.ofPlatform().daemon().name("doctor").start(work);
    }

    /** What this machine itself does with the port. */
    private record Local(Listening listening, FirewallVerdict firewall) {}

    private static InetAddress here(Optional<LocalRoute> home) {
        return home.map(LocalRoute::localAddress).orElseGet(InetAddress::getLoopbackAddress);
    }

    private Local local(Mapping mapping, Optional<LocalRoute> home) {
        Port port = mapping.target().port();
        return new Local(
                Listening.at(premises, new ServiceCatalog(), mapping.protocol(), port, here(home)),
                premises.host().firewall(mapping.protocol(), port));
    }

    private RouterTraces traces(Optional<LocalRoute> home) {
        return home.flatMap(
                        route ->
                                route.gateway().map(router -> premises.traces(route, router, PAGE)))
                .orElse(RouterTraces.NONE);
    }

    private static RouterGuide guide(Survey survey, RouterTraces traces) {
        GuideCatalog catalog = new GuideCatalog();
        Optional<GatewayInfo> described =
                survey.seen().stream()
                        .map(Survey.Seen::info)
                        .filter(info -> info.method() == Method.UPNP)
                        .findFirst();
        RouterTraces all =
                described
                        .map(
                                info ->
                                        traces.withDescription(
                                                info.manufacturer().display(),
                                                info.model().display()))
                        .orElse(traces);
        return catalog.recognise(all).orElseGet(catalog::generic);
    }

    private Facts.OfPort port(
            boolean trying,
            Mapping mapping,
            Survey survey,
            Selection selection,
            Local local,
            Optional<LocalRoute> home) {
        boolean held =
                survey.holdings().stream()
                        .anyMatch(
                                holding ->
                                        holding.protocol() == mapping.protocol()
                                                && holding.externalPort()
                                                        .equals(mapping.externalPort()));
        Optional<OpenReport> trial =
                !trying || held || survey.seen().isEmpty()
                        ? Optional.empty()
                        : Optional.of(trial(mapping, selection));
        return new Facts.OfPort(mapping, here(home), local.listening(), local.firewall(), trial);
    }

    /** Opens it for a moment, which tells more than any question, and closes it again. */
    private OpenReport trial(Mapping mapping, Selection selection) {
        OpenReport report = actions.open(List.of(mapping), selection, Custody.ANYBODY, TRIAL);
        if (report.isAnyOpen()) {
            actions.close(
                    List.of(
                            new CloseReport.Wanted(
                                    mapping.protocol(),
                                    mapping.externalPort(),
                                    mapping.target().port())),
                    selection,
                    false,
                    TRIAL);
        }
        return report;
    }
}
