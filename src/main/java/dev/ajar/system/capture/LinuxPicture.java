package dev.ajar.system.capture;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.machine.RouteEntry;
import dev.ajar.system.machine.RoutingRule;
import dev.ajar.system.machine.RuledWay;
import dev.ajar.system.machine.Way;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The plain picture, and what the route program adds to it where there is more than one way. */
final class LinuxPicture {
    /** Each is a question of its own to the route program. */
    private static final int MOST_ANSWERS = 6;

    private static final int MOST_RULED = 12;

    private final LinuxKernel kernel;
    private final Machine plain;
    private boolean silent;

    private LinuxPicture(LinuxKernel kernel, Machine plain) {
        this.kernel = kernel;
        this.plain = plain;
    }

    /** The plain picture with what the route program says of it. */
    static Machine completed(LinuxKernel kernel, PlainPicture plain) {
        return new LinuxPicture(kernel, plain.machine()).asked();
    }

    /** Asks nothing more after a question that was not answered: each could take its whole time. */
    private Optional<String> ask(String... question) {
        Optional<String> answer = silent ? Optional.empty() : kernel.ip(question);
        silent = answer.isEmpty();
        return answer;
    }

    private Machine asked() {
        Optional<String> ipv4Rules = ask("-j", "-4", "rule");
        Optional<String> ipv4Routes = ask("-j", "-4", "route", "show", "table", "all");
        // Every kernel has local routes: a program that shows none does not know these options, or none for JSON, and
        // its
        // silence about a destination means nothing.
        if (ipv4Rules.isEmpty() || ipv4Routes.filter(IpProgramJson::isAnything).isEmpty()) {
            return with(
                    plain.links(), plain.addresses(), plain.routes(), List.of(), Map.of(), Map.of(), Map.of(), false);
        }
        List<RoutingRule> rules = new ArrayList<>(IpRuleJson.rules(ipv4Rules.get(), IpVersion.IPV4));
        rules.addAll(IpRuleJson.rules(ask("-j", "-6", "rule").orElse(""), IpVersion.IPV6));
        List<RouteEntry> routes = new ArrayList<>(IpProgramJson.routes(ipv4Routes.get(), IpVersion.IPV4));
        routes.addAll(IpProgramJson.routes(
                ask("-j", "-6", "route", "show", "table", "all").orElse(""), IpVersion.IPV6));
        if (routes.isEmpty()) {
            routes.addAll(plain.routes());
        }
        PlainPicture.sort(routes);
        List<Link> links = links(routes);
        List<OwnAddress> addresses = addresses();
        Map<InetAddress, Way> ways = new HashMap<>(plain.ways());
        for (InetAddress destination : Machine.PUBLIC) {
            ways.put(destination, way(destination));
        }
        Map<InetAddress, Way> answers = answers(addresses, links);
        return with(links, addresses, routes, rules, ways, answers, ruled(answers, rules), true);
    }

    private Machine with(
            List<Link> links,
            List<OwnAddress> addresses,
            List<RouteEntry> routes,
            List<RoutingRule> rules,
            Map<InetAddress, Way> ways,
            Map<InetAddress, Way> answers,
            Map<InetAddress, List<RuledWay>> ruled,
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
                answered ? Machine.Depth.ASKED : Machine.Depth.CANNOT_BE_TOLD);
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

    private Way way(InetAddress destination, String... from) {
        List<String> command = new ArrayList<>(List.of("-j", "route", "get", Addresses.text(destination)));
        command.addAll(List.of(from));
        return ask(command.toArray(String[]::new))
                .map(text -> IpProgramJson.way(text, destination))
                .orElse(new Way.CannotBeTold());
    }

    /** The way of an answer from each address that a router could send a friend's question to. */
    private Map<InetAddress, Way> answers(List<OwnAddress> addresses, List<Link> links) {
        Map<InetAddress, Way> answers = new HashMap<>();
        for (OwnAddress own : addresses) {
            boolean ipv4 = own.ipVersion() == IpVersion.IPV4;
            boolean candidate = own.scope() == OwnAddress.Scope.GLOBAL && (ipv4 || own.isLastingIpv6());
            boolean home = links.stream()
                    .anyMatch(link -> link.name().equals(own.interfaceName())
                            && link.up()
                            && link.kind().mayLeadHome()
                            && link.kind() != LinkKind.CONTAINER_BRIDGE);
            if (candidate && home && answers.size() < MOST_ANSWERS) {
                answers.put(own.address(), answer(own.address(), List.of()));
            }
        }
        return answers;
    }

    /** @param packet what the question says of the packet beside its addresses */
    private Way answer(InetAddress own, List<String> packet) {
        InetAddress friend = Machine.PUBLIC.get(IpVersion.of(own) == IpVersion.IPV4 ? 0 : 2);
        List<String> question = new ArrayList<>(List.of("from", Addresses.text(own)));
        question.addAll(packet);
        return way(friend, question.toArray(String[]::new));
    }

    /** The ways of answers that rules tell apart, where they are others. The kernel is asked for each. */
    private Map<InetAddress, List<RuledWay>> ruled(Map<InetAddress, Way> answers, List<RoutingRule> rules) {
        Map<InetAddress, List<RuledWay>> ruled = new HashMap<>();
        int asked = 0;
        for (InetAddress own :
                answers.keySet().stream().sorted(LinuxPicture::byBytes).toList()) {
            List<RuledWay> ways = new ArrayList<>();
            List<List<String>> questions = new ArrayList<>();
            for (RoutingRule rule : rules) {
                for (RoutingRule.Packets packets : rule.packets()) {
                    boolean wanted = rule.ipVersion() == IpVersion.of(own) && !questions.contains(packets.question());
                    if (wanted && asked < MOST_RULED) {
                        asked++;
                        questions.add(packets.question());
                        Way way = answer(own, packets.question());
                        if (!(way instanceof Way.CannotBeTold) && !way.equals(answers.get(own))) {
                            ways.add(new RuledWay(packets, way));
                        }
                    }
                }
            }
            ruled.put(own, ways);
        }
        return ruled;
    }

    private static int byBytes(InetAddress one, InetAddress other) {
        return Arrays.compareUnsigned(one.getAddress(), other.getAddress());
    }
}
