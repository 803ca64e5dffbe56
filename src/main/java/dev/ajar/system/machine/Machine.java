package dev.ajar.system.machine;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * This machine at one moment, as its kernel describes it.
 *
 * @param routes the routes that lead out of its own networks, of every table that was read, the usual table first and
 *     in it the most preferred first
 * @param rules the rules of both families; empty where they were not asked for or cannot be told
 * @param ways the way from this machine to destinations that were asked for: a public address of each part of the
 *     internet ({@link #PUBLIC}), and gateways
 * @param answers for an own address, the way of a packet from it to a public address: an answer to a friend's. An
 *     address whose way cannot be told is among them where there is more than one way
 * @param ruled for an own address, the ways of those answers that rules tell apart by more than its address, in the
 *     order in which the rules are read
 * @param neighbours network cards by the addresses that this machine has talked to
 * @param depth what was asked
 * @param fixedNeighbours those whose network card was entered by hand, so that another one at that address is not found
 * @param around what its own files say it runs inside of, whether or not its network is translated there
 */
public record Machine(
        List<Link> links,
        List<OwnAddress> addresses,
        List<RouteEntry> routes,
        List<RoutingRule> rules,
        Map<InetAddress, KernelRoute> ways,
        Map<InetAddress, KernelRoute> answers,
        Map<InetAddress, List<RuleRoute>> ruled,
        Map<InetAddress, String> neighbours,
        Depth depth,
        Set<InetAddress> fixedNeighbours,
        Optional<Translation> around) {
    /** A public address in each half of IPv4, and one of IPv6. The kernel is asked for routes; nothing is sent. */
    public static final List<InetAddress> PUBLIC = List.of(
            Addresses.ipv4("64.50.0.1").orElseThrow(),
            Addresses.ipv4("193.50.0.1").orElseThrow(),
            Addresses.of(new byte[] {0x24, 0, 0, 0x50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})
                    .orElseThrow());

    /** One of these addresses of that version. */
    public static InetAddress friend(IpVersion ipVersion) {
        return switch (ipVersion) {
            case IPV4 -> PUBLIC.getFirst();
            case IPV6 -> PUBLIC.getLast();
        };
    }

    public static final Machine UNKNOWN = new Machine(
            List.of(), List.of(), List.of(), List.of(), Map.of(), Map.of(), Map.of(), Map.of(), Depth.CANNOT_BE_TOLD);

    /** Without what only some machines have. */
    public Machine(
            List<Link> links,
            List<OwnAddress> addresses,
            List<RouteEntry> routes,
            List<RoutingRule> rules,
            Map<InetAddress, KernelRoute> ways,
            Map<InetAddress, KernelRoute> answers,
            Map<InetAddress, List<RuleRoute>> ruled,
            Map<InetAddress, String> neighbours,
            Depth depth) {
        this(links, addresses, routes, rules, ways, answers, ruled, neighbours, depth, Set.of(), Optional.empty());
    }

    public Machine {
        links = List.copyOf(links);
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        rules = List.copyOf(rules);
        ways = Map.copyOf(ways);
        answers = Map.copyOf(answers);
        ruled = Map.copyOf(ruled);
        neighbours = Map.copyOf(neighbours);
        fixedNeighbours = Set.copyOf(fixedNeighbours);
    }

    /** How much of the machine the picture shows. */
    public enum Depth {
        /** The kernel's files and its choice of source addresses. They say that there is nothing more to ask. */
        PLAIN,
        /** The system's route program as well: rules, other tables, and the way of answers. */
        ASKED,
        /** There was more to ask, and no program that answers. */
        CANNOT_BE_TOLD
    }

    public Optional<Link> link(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** What the interface is; unknown for one that is not in the picture. */
    public LinkKind kind(String interfaceName) {
        return link(interfaceName).map(Link::kind).orElse(LinkKind.UNKNOWN);
    }

    /** Whether that is an address of this machine, on whichever interface. */
    public boolean isOwn(InetAddress address) {
        return addresses.stream().anyMatch(own -> own.address().equals(address));
    }

    public List<OwnAddress> addresses(String interfaceName, IpVersion ipVersion) {
        return addresses.stream()
                .filter(own -> own.interfaceName().equals(interfaceName) && own.ipVersion() == ipVersion)
                .toList();
    }

    /** The way to a destination, where it was asked for. */
    public KernelRoute way(InetAddress destination) {
        return ways.getOrDefault(destination, new KernelRoute.CannotBeTold());
    }

    /** Whether what takes that way goes nowhere: some VPNs give a dummy link the better route while they are off. */
    public boolean leadsNowhere(KernelRoute way) {
        return switch (way) {
            case KernelRoute.Known known -> kind(known.interfaceName()) == LinkKind.DUMMY;
            case KernelRoute.Unreachable ignored -> true;
            case KernelRoute.CannotBeTold ignored -> false;
        };
    }

    /** The way that an answer from this own address takes to a friend on the internet. */
    public KernelRoute answer(InetAddress own) {
        return answers.getOrDefault(own, new KernelRoute.CannotBeTold());
    }

    /**
     * How an answer from this own address leaves, where not by the router that the question came through.
     *
     * @param gateway that router; empty where it is not known
     * @param server what answers; empty for any
     * @return empty where it leaves by that router, or nothing is known of the way
     */
    public Optional<AnswerRoute> detour(InetAddress own, Optional<InetAddress> gateway, Optional<LocalServer> server) {
        return new AnswerRouteCheck(this, own, gateway).detour(server);
    }

    /** The same picture with network cards that were seen since. */
    public Machine knowing(Map<InetAddress, String> cards) {
        Map<InetAddress, String> all = new HashMap<>(neighbours);
        all.putAll(cards);
        return new Machine(links, addresses, routes, rules, ways, answers, ruled, all, depth, fixedNeighbours, around);
    }
}
