package dev.ajar.doctor;

import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.catalog.RouterTraces;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.mapping.status.RouterSurvey;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Durations;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import dev.ajar.system.host.HostInspector;
import dev.ajar.system.host.Neighbour;
import dev.ajar.system.machine.LocalServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the facts out. This machine and the router's page are examined while gateways are searched, to save time. */
public final class FactCollector {
    private static final Duration SEARCH = Duration.ofMillis(2750);
    private static final Duration PAGE = Duration.ofMillis(1500);
    private static final Duration TRIAL = Duration.ofMillis(1500);
    private static final Duration CLOSING = Duration.ofMillis(1500);

    /** A trial that is killed leaves its mapping open for no longer. */
    private static final Duration TRIAL_LEASE = Duration.ofMinutes(2);

    /** A port without a rule of its own: where it is let in, so are the answers to a multicast search. */
    private static final Port SOME_PORT = new Port(50_123);

    private static final int MOST_JUDGED = 16;

    private final PortMapper actions;
    private final HostProbe hostProbe;
    private final Duration timeout;
    private final ServiceCatalog services = new ServiceCatalog();

    /** @param timeout as for other commands: if it is longer than usual, each part takes longer in proportion */
    public FactCollector(PortMapper actions, HostProbe hostProbe, Duration timeout) {
        this.actions = actions;
        this.hostProbe = hostProbe.examining();
        this.timeout = timeout;
    }

    private Duration within(Duration usual) {
        return timeout.compareTo(TimeBudget.DEFAULT) > 0
                ? Durations.fraction(usual, timeout.toMillis(), TimeBudget.DEFAULT.toMillis())
                : usual;
    }

    /** Looks at the network and the router, and no port. Changes nothing. */
    public Facts look(GatewaySelector selection) {
        Optional<LocalRoute> home = hostProbe.home().or(hostProbe::homeOverIpv6);
        CompletableFuture<RouterTraces> page = CompletableFuture.supplyAsync(() -> traces(home), FactCollector::beside);
        HostInspector host = hostProbe.host().readAhead();
        RouterSurvey survey = actions.survey(selection, within(SEARCH));
        RouterTraces traces = page.join();
        return new Facts(
                hostProbe.routes(),
                isOneRouter(hostProbe.routes(), hostProbe.host().neighbours().orElse(List.of())),
                hostProbe.missingHome(),
                detour(survey, home, ReportedMapping::toThisHost, Optional.empty()),
                home,
                hostProbe.host().isContainer(),
                hostProbe.inside(),
                traces.isAnything()
                        || !survey.seen().isEmpty()
                        || hostProbe.host().neighbours().isEmpty(),
                traffic(host, home, survey),
                survey,
                guide(survey, traces),
                barred(survey),
                Optional.empty());
    }

    /** By cable and Wi-Fi, with one network card behind its address on each. */
    static boolean isOneRouter(List<LocalRoute> routes, List<Neighbour> neighbours) {
        Set<Optional<Neighbour>> routers = routes.stream()
                .filter(route -> route.gateway().isPresent())
                .map(route -> neighbours.stream()
                        .filter(one -> route.gateway().equals(Optional.of(one.address()))
                                && one.interfaceName().equals(Optional.of(route.interfaceName())))
                        .findFirst()
                        .map(one -> new Neighbour(one.address(), one.card(), Optional.empty())))
                .collect(Collectors.toSet());
        return routers.size() == 1 && routers.iterator().next().isPresent();
    }

    private static RouterTraffic traffic(HostInspector host, Optional<LocalRoute> home, RouterSurvey survey) {
        Optional<InetAddress> router = home.flatMap(LocalRoute::gateway);
        Set<Port> pages = router.map(address -> RouterPages.unread(survey.attempts(), address))
                .orElse(Set.of());
        return new RouterTraffic(
                host.firewall(TransportProtocol.UDP, SOME_PORT, version(home)),
                router.map(address -> host.answersOf(address, pages)).orElseGet(FirewallState.Open::new),
                router.map(address -> host.questionsTo(address, pages)).orElseGet(FirewallState.Open::new));
    }

    /** What ajar has opened is judged without being named, for as many ports as a user reads of. */
    private List<Facts.Barred> barred(RouterSurvey survey) {
        HostInspector host = hostProbe.host().readAhead();
        List<ReportedMapping> open = survey.mappings().stream()
                .filter(mapping -> mapping.toThisHost() && mapping.status() == ReportedMapping.Status.OPEN)
                .limit(MOST_JUDGED)
                .toList();
        List<Facts.Barred> barred = new ArrayList<>();
        for (ReportedMapping mapping : open) {
            Port inside = mapping.internal().port();
            FirewallState state = host.firewall(mapping.protocol(), inside, mapping.ipVersion());
            if (state.bars()) {
                boolean alone = open.stream()
                        .anyMatch(other -> other.protocol() == mapping.protocol()
                                && other.internal().port().equals(inside)
                                && other.ipVersion() != mapping.ipVersion()
                                && !host.firewall(other.protocol(), inside, other.ipVersion())
                                        .bars());
                barred.add(new Facts.Barred(inside, mapping.ipVersion(), alone, state));
            }
        }
        return barred;
    }

    /** Adds what this machine does with a port. Changes nothing. */
    public Facts with(Facts facts, Mapping wanted) {
        return withPort(facts.about(wanted), wanted, Facts.Trial.NONE);
    }

    /** Like {@link #with}, and opens the port for a moment to see how the router answers, then closes it. */
    public Facts trying(Facts facts, Mapping wanted, GatewaySelector selection) {
        Facts its = facts.about(wanted);
        return withPort(its, wanted, trial(its, wanted, selection));
    }

    private Facts withPort(Facts facts, Mapping wanted, Facts.Trial trial) {
        Port inside = wanted.target().port();
        return facts.with(
                port(facts, wanted, trial),
                detour(
                        facts.survey(),
                        facts.home(),
                        opened -> opened.toThisHost()
                                && opened.isPinhole() == facts.isIpv6Alone()
                                && opened.isFor(wanted.protocol(), opened.isPinhole() ? inside : wanted.externalPort()),
                        Optional.of(new LocalServer(wanted.protocol(), inside))));
    }

    /**
     * What lets connections in is the router that granted the mapping: one of several, or one that the user named.
     * Before there is a mapping, it is the router that would be asked.
     */
    private Optional<Facts.AnswersLeave> detour(
            RouterSurvey survey,
            Optional<LocalRoute> home,
            Predicate<ReportedMapping> wanted,
            Optional<LocalServer> server) {
        List<ReportedMapping> granted = survey.mappings().stream()
                .filter(opened -> opened.status() == ReportedMapping.Status.OPEN)
                .filter(wanted)
                .toList();
        if (!granted.isEmpty()) {
            return granted(granted);
        }
        return survey.seen().stream()
                .findFirst()
                .map(RouterSurvey.Seen::info)
                .map(router -> detour(
                        router.route().localAddress(), Optional.of(router.id().address()), server))
                .orElseGet(() -> home.flatMap(route -> detour(route.localAddress(), route.gateway(), server)));
    }

    /** Over IPv4, which every friend has, before IPv6. */
    private Optional<Facts.AnswersLeave> granted(List<ReportedMapping> granted) {
        Map<IpVersion, Facts.AnswersLeave> leaving = new EnumMap<>(IpVersion.class);
        Set<IpVersion> open = EnumSet.noneOf(IpVersion.class);
        for (ReportedMapping opened : granted) {
            open.add(opened.ipVersion());
            detour(opened).ifPresent(leave -> leaving.putIfAbsent(opened.ipVersion(), leave));
        }
        Optional<IpVersion> first = leaving.keySet().stream().findFirst();
        boolean everyVersion = leaving.keySet().equals(open);
        return first.map(leaving::get)
                .map(leave ->
                        new Facts.AnswersLeave(leave.own(), leave.detour(), everyVersion ? Optional.empty() : first));
    }

    private Optional<Facts.AnswersLeave> detour(ReportedMapping opened) {
        return detour(
                opened.internal().address(),
                opened.gateway().map(GatewayId::address),
                Optional.of(new LocalServer(opened.protocol(), opened.internal().port())));
    }

    private Optional<Facts.AnswersLeave> detour(
            InetAddress own, Optional<InetAddress> router, Optional<LocalServer> server) {
        return hostProbe.detour(own, router, server).map(way -> new Facts.AnswersLeave(own, way, Optional.empty()));
    }

    private static void beside(Runnable work) {
        Thread.ofPlatform().daemon().name("doctor").start(work);
    }

    /** The cable's address and the Wi-Fi's are both this machine's, whichever a rule leads to. */
    private Set<InetAddress> own(Facts facts, Mapping mapping, InetAddress here) {
        Set<InetAddress> own = new HashSet<>(Set.of(here));
        Stream.concat(
                        facts.entries(mapping).stream()
                                .flatMap(entry -> Addresses.parse(
                                        entry.internalClient().raw().strip())
                                        .stream()),
                        facts.manualRule(mapping).stream()
                                .map(rule -> rule.internal().address()))
                .filter(hostProbe::isOwn)
                .forEach(own::add);
        return own;
    }

    private static InetAddress here(Optional<LocalRoute> home) {
        return home.map(LocalRoute::localAddress).orElseGet(InetAddress::getLoopbackAddress);
    }

    /** A page at an address of one link alone, as of a router over IPv6, is not looked for. */
    private RouterTraces traces(Optional<LocalRoute> home) {
        return home.filter(route -> route.ipVersion() == IpVersion.IPV4)
                .flatMap(route -> route.gateway().map(router -> hostProbe.traces(route, router, within(PAGE))))
                .orElse(RouterTraces.NONE);
    }

    private static RouterGuide guide(RouterSurvey survey, RouterTraces traces) {
        GuideCatalog catalog = new GuideCatalog();
        Optional<GatewayInfo> described = survey.seen().stream()
                .map(RouterSurvey.Seen::info)
                .filter(info -> info.location().isPresent())
                .findFirst();
        RouterTraces all = described
                .map(info -> traces.withDescription(
                        info.manufacturer().display(), info.model().display()))
                .orElse(traces);
        return catalog.recognise(all).orElseGet(catalog::generic);
    }

    /** IPv6 where this machine has a router over IPv6 alone. */
    private static IpVersion version(Optional<LocalRoute> home) {
        return home.map(LocalRoute::ipVersion).orElse(IpVersion.IPV4);
    }

    private Facts.OfPort port(Facts facts, Mapping mapping, Facts.Trial trial) {
        Port inside = mapping.target().port();
        InetAddress here = here(facts.home());
        return new Facts.OfPort(
                mapping,
                here,
                own(facts, mapping, here),
                ListenerState.at(hostProbe, services, mapping.protocol(), inside, here),
                hostProbe.host().firewall(mapping.protocol(), inside, version(facts.home())),
                shutOverIpv6(facts, mapping),
                trial);
    }

    /**
     * What ajar has opened over IPv6 beside IPv4 is judged by itself: another firewall, and another way for answers.
     */
    private Optional<AnswerRouteText> shutOverIpv6(Facts facts, Mapping mapping) {
        Port inside = mapping.target().port();
        Optional<ReportedMapping> pinhole = facts.isIpv6Alone() ? Optional.empty() : facts.openOverIpv6(mapping);
        if (pinhole.isEmpty()) {
            return facts.formerOverIpv6(mapping)
                    .filter(ignored -> !facts.isIpv6Alone())
                    .map(former -> new AnswerRouteText(
                            Message.of(
                                    "check.former-pinhole",
                                    "address",
                                    Addresses.text(former.internal().address())),
                            Message.of(
                                    "check.former-pinhole-next",
                                    "port",
                                    mapping.protocol().typed(inside))));
        }
        ListenerState listening = ListenerState.at(
                hostProbe,
                services,
                mapping.protocol(),
                inside,
                pinhole.get().internal().address());
        if (!listening.isReachable()) {
            return listening
                    .hint()
                    .map(hint ->
                            new AnswerRouteText(hint, Message.of("doctor.not-listening-next")).over(IpVersion.IPV6));
        }
        return switch (hostProbe.host().firewall(mapping.protocol(), inside, IpVersion.IPV6)) {
            case FirewallState.Closed(var firewall, var command) ->
                Optional.of(new AnswerRouteText(
                                Message.of("check.firewall-closed", "firewall", firewall),
                                Message.of("check.firewall-closed-next", "command", command))
                        .over(IpVersion.IPV6));
            case FirewallState.KeepsAnswers(var firewall, var command) ->
                Optional.of(new AnswerRouteText(
                                Message.of("check.firewall-answers", "firewall", firewall),
                                Message.of("check.firewall-closed-next", "command", command))
                        .over(IpVersion.IPV6));
            case FirewallState.Open ignored ->
                pinhole.flatMap(this::detour).map(leave -> leave.words().over(IpVersion.IPV6));
            case FirewallState.Unknown ignored ->
                pinhole.flatMap(this::detour).map(leave -> leave.words().over(IpVersion.IPV6));
        };
    }

    /**
     * Tries only a port that ajar does not already have, and only one that may be open to the internet for a moment. An
     * entry that leads to this machine already is left alone: closing it after the trial would close another program's
     * port.
     */
    private Facts.Trial trial(Facts facts, Mapping mapping, GatewaySelector selection) {
        boolean known = facts.survey().desired().stream().anyMatch(desired -> isSame(mapping, desired))
                || facts.isRecorded(mapping)
                || facts.former(mapping).isPresent()
                || (facts.isIpv6Alone() && facts.isOpenOverIpv6(mapping))
                || facts.manualRule(mapping).isPresent()
                || facts.entries(mapping).stream()
                        .anyMatch(entry -> Facts.isAt(entry, own(facts, mapping, here(facts.home()))));
        if (facts.survey().seen().isEmpty() || known) {
            return Facts.Trial.NONE;
        }
        if (new Exposure(services, List.of(mapping), Set.of()).objection().isPresent()) {
            return new Facts.Trial(Optional.empty(), true, false);
        }
        GatewaySelector family = facts.isIpv6Alone()
                ? selection.overIpv6()
                : facts.isOpenOverIpv6(mapping) ? ofHome(facts, selection) : selection;
        Ownership ownership = Ownership.userFor(TRIAL_LEASE);
        OpenReport report = actions.open(List.of(mapping), family, ownership, within(TRIAL));
        return new Facts.Trial(Optional.of(report), false, report.isAnyOpen() && !isClosedAgain(mapping, family));
    }

    /** One router alone, so that nothing that was opened over IPv6 is closed after the trial. */
    static GatewaySelector ofHome(Facts facts, GatewaySelector selection) {
        return selection.isNamed()
                ? selection
                : facts.home().flatMap(LocalRoute::gateway).map(selection::to).orElse(selection);
    }

    /**
     * The mapping that the user asks about: where the user named the external port alone, it leads to the internal port
     * that ajar opened it for.
     */
    public static Mapping asOpened(Mapping named, Facts router) {
        return router.survey().mappings().stream()
                .filter(opened -> !opened.isPinhole())
                .filter(opened -> opened.isFor(named.protocol(), named.externalPort()))
                .filter(opened -> named.externalPort().equals(named.target().port()))
                .map(opened -> named.to(new Target.ThisHost(opened.internal().port())))
                .findFirst()
                .orElse(named);
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
                within(CLOSING));
        return report.failure().isEmpty()
                && report.outcomes().stream().noneMatch(CloseReport.CloseOutcome.Failed.class::isInstance);
    }
}
