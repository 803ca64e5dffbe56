package dev.ajar.system.capture;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.machine.RouteEntry;
import dev.ajar.system.machine.RoutingRule;
import dev.ajar.system.machine.RuleRoute;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The plain picture, and what the route program adds to it where there is more than one way. */
final class LinuxPicture {
    /** Each is a question of its own to the route program. */
    private static final int MOST_ANSWERS = 16;

    private static final int MOST_ROUTERS = 4;

    private final LinuxKernel kernel;
    private final Machine plain;
    private final boolean isOneWay;
    private final boolean mayHaveRules;
    private boolean silent;

    private LinuxPicture(LinuxKernel kernel, PlainPicture plain, boolean isOneWay) {
        this.kernel = kernel;
        this.plain = plain.machine();
        this.isOneWay = isOneWay;
        this.mayHaveRules = plain.mayHaveRules();
    }

    /** The plain picture with what the route program says of it. */
    static Machine completed(LinuxKernel kernel, PlainPicture plain) {
        return new LinuxPicture(kernel, plain, plain.isOneWay()).asked();
    }

    /** The same where a route over IPv4 turns out to have several next hops; otherwise the plain picture. */
    static Machine withHops(LinuxKernel kernel, PlainPicture plain) {
        String routes = kernel.ip("-j", "-4", "route", "show", "table", "all").orElse("");
        return IpProgramJson.routes(routes, IpVersion.IPV4).stream().anyMatch(RouteEntry::isOneOfSeveral)
                ? new LinuxPicture(kernel, plain, false).asked()
                : plain.machine();
    }

    /**
     * The same of a machine that needs no question over IPv4: one about the rules of IPv6, and the rest where there are
     * other rules than the usual ones, or several routers. Without an answer the plain picture is all that is known.
     */
    static Machine overIpv6(LinuxKernel kernel, PlainPicture plain) {
        List<RoutingRule> rules = IpRuleJson.rules(kernel.ip("-j", "-6", "rule").orElse(""), IpVersion.IPV6);
        return rules.stream().allMatch(RoutingRule::isUsual) && !hasSeveralRouters(plain.machine())
                ? plain.machine()
                : completed(kernel, plain);
    }

    private static boolean hasSeveralRouters(Machine machine) {
        return machine.routes().stream()
                        .filter(route -> route.ipVersion() == IpVersion.IPV6 && route.isDefault())
                        .map(RouteEntry::gateway)
                        .distinct()
                        .count()
                > 1;
    }

    /** Asks nothing more after a question that was not answered: each could take its whole time. */
    private Optional<String> ask(String... question) {
        Optional<String> answer = silent ? Optional.empty() : kernel.ip(question);
        silent = answer.isEmpty();
        return answer;
    }

    private Machine asked() {
        Optional<String> ipv4Rules = ask("-j", "-4", "rule");
        List<RoutingRule> rules = new ArrayList<>(IpRuleJson.rules(ipv4Rules.orElse(""), IpVersion.IPV4));
        // Every kernel with rules has those that lead to the usual tables.
        boolean understood = !rules.isEmpty();
        if (understood) {
            rules.addAll(IpRuleJson.rules(ask("-j", "-6", "rule").orElse(""), IpVersion.IPV6));
        }
        if (isOneWay
                && understood
                && !silent
                && !hasSeveralRouters(plain)
                && rules.stream().allMatch(RoutingRule::isUsual)) {
            // There were rules once, and there are none any more.
            return plain;
        }
        Optional<String> ipv4Routes = ask("-j", "-4", "route", "show", "table", "all");
        // Every kernel has local routes: a program that shows none does not know these options, or none for JSON.
        if (ipv4Rules.isEmpty() || ipv4Routes.filter(IpProgramJson::isAnything).isEmpty()) {
            return with(
                    plain.links(),
                    plain.addresses(),
                    plain.routes(),
                    List.of(),
                    Map.of(),
                    UnknownRoutes.answers(plain, mayHaveRules),
                    Map.of(),
                    false);
        }
        List<RouteEntry> routes = new ArrayList<>(IpProgramJson.routes(ipv4Routes.get(), IpVersion.IPV4));
        routes.addAll(IpProgramJson.routes(
                ask("-j", "-6", "route", "show", "table", "all").orElse(""), IpVersion.IPV6));
        if (routes.isEmpty()) {
            routes.addAll(plain.routes());
        }
        PlainPicture.sort(routes);
        List<Link> links = links(routes);
        List<OwnAddress> addresses = addresses();
        Map<InetAddress, KernelRoute> ways = new HashMap<>(plain.ways());
        for (InetAddress destination : Machine.PUBLIC) {
            ways.put(destination, way(destination));
        }
        for (InetAddress router : besideTunnel(links, routes)) {
            ways.put(router, wayOfQuestions(router, links, rules));
        }
        Machine seen = with(links, addresses, routes, rules, ways, Map.of(), Map.of(), true);
        Map<InetAddress, KernelRoute> answers = answers(seen);
        Machine whole = with(
                links, addresses, routes, rules, ways, answers, new RuleRoutes(this::answer).of(seen, answers), true);
        // Two routers are told apart by their cards.
        return hasSeveralRouters(whole)
                ? whole.knowing(IpProgramJson.cards(ask("-j", "-6", "neigh").orElse("")))
                : whole;
    }

    /** What ajar asks the router leaves from the address that the kernel chooses, and a rule may be about that. */
    private KernelRoute wayOfQuestions(InetAddress router, List<Link> links, List<RoutingRule> rules) {
        KernelRoute way = way(router);
        boolean byAddress = rules.stream()
                .anyMatch(rule ->
                        rule.ipVersion() == IpVersion.IPV4 && rule.condition().contains(RoutingRule.FROM));
        return way.known()
                .filter(ignored -> byAddress)
                .map(known -> way(router, "from", Addresses.text(known.source())))
                .filter(bound -> bound.known()
                        .filter(known -> isTunnel(known.interfaceName(), links))
                        .isPresent())
                .orElse(way);
    }

    private static boolean isTunnel(String name, List<Link> links) {
        return links.stream()
                .anyMatch(link -> link.name().equals(name) && link.kind().isTunnel());
    }

    /** The home's routers over IPv4, where a tunnel may have a route to the home's own network. */
    private static Set<InetAddress> besideTunnel(List<Link> links, List<RouteEntry> routes) {
        Map<String, LinkKind> kinds = new HashMap<>();
        boolean tunnel = false;
        for (Link link : links) {
            kinds.put(link.name(), link.kind());
            tunnel |= link.up() && link.kind().isTunnel();
        }
        Set<InetAddress> routers = new LinkedHashSet<>();
        for (RouteEntry route : routes) {
            boolean home = tunnel
                    && route.isDefault()
                    && route.ipVersion() == IpVersion.IPV4
                    && kinds.getOrDefault(route.interfaceName(), LinkKind.UNKNOWN)
                            .mayLeadHome();
            if (home && routers.size() < MOST_ROUTERS) {
                route.gateway().ifPresent(routers::add);
            }
        }
        return routers;
    }

    private Machine with(
            List<Link> links,
            List<OwnAddress> addresses,
            List<RouteEntry> routes,
            List<RoutingRule> rules,
            Map<InetAddress, KernelRoute> ways,
            Map<InetAddress, KernelRoute> answers,
            Map<InetAddress, List<RuleRoute>> ruled,
            boolean answered) {
        return new Machine(
                links,
                addresses,
                routes,
                rules,
                answered ? ways : plain.ways(),
                answers,
                ruled,
                plain.neighbours(),
                answered ? Machine.Depth.ASKED : Machine.Depth.CANNOT_BE_TOLD,
                plain.fixedNeighbours(),
                plain.around());
    }

    private List<Link> links(List<RouteEntry> routes) {
        Map<String, LinkKind> kinds =
                IpProgramJson.kinds(ask("-j", "-d", "link").orElse(""));
        List<Link> links = new ArrayList<>();
        for (Link link : plain.links()) {
            LinkKind kind = link.kind() == LinkKind.CONTAINER_BRIDGE
                    ? LinkKind.BRIDGE
                    : kinds.getOrDefault(link.name(), link.kind());
            links.add(new Link(
                    link.index(),
                    link.name(),
                    kind,
                    link.up(),
                    link.carrier(),
                    link.master(),
                    link.ports(),
                    link.lower()));
        }
        return Bridges.told(links, routes);
    }

    private List<OwnAddress> addresses() {
        String text = ask("-j", "addr").orElse("");
        if (text.isBlank()) {
            return plain.addresses();
        }
        Set<InetAddress> assigned = IpProgramJson.assigned(text);
        List<OwnAddress> addresses = new ArrayList<>();
        for (OwnAddress own : plain.addresses()) {
            addresses.add(new OwnAddress(
                    own.interfaceName(),
                    own.address(),
                    own.prefixLength(),
                    own.scope(),
                    own.lifetime(),
                    assigned.contains(own.address()) ? OwnAddress.Origin.ASSIGNED : OwnAddress.Origin.CONFIGURED));
        }
        return addresses;
    }

    private KernelRoute way(InetAddress destination, String... from) {
        List<String> command = new ArrayList<>(List.of("-j", "route", "get", Addresses.text(destination)));
        command.addAll(List.of(from));
        return ask(command.toArray(String[]::new))
                .map(text -> IpProgramJson.way(text, destination))
                .orElse(new KernelRoute.CannotBeTold());
    }

    /** The way of an answer from each address that a router could send a friend's question to. */
    private Map<InetAddress, KernelRoute> answers(Machine seen) {
        Map<InetAddress, KernelRoute> answers = new HashMap<>();
        for (OwnAddress own : seen.addresses()) {
            if (PlainPicture.mayAnswer(seen, own) && answers.size() < MOST_ANSWERS) {
                answers.put(own.address(), answer(own.address(), Machine.friend(own.ipVersion()), List.of()));
            }
        }
        return answers;
    }

    /** @param packet what the question says of the packet beside its addresses */
    private KernelRoute answer(InetAddress own, InetAddress friend, List<String> packet) {
        List<String> question = new ArrayList<>(List.of("from", Addresses.text(own)));
        question.addAll(packet);
        return way(friend, question.toArray(String[]::new));
    }
}
