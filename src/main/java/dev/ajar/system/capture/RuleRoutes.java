package dev.ajar.system.capture;

import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.RouteEntry;
import dev.ajar.system.machine.RoutingRule;
import dev.ajar.system.machine.RuleRoute;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ways of answers that more than their own address tells apart. */
final class RuleRoutes {
    /** Each is a question of its own to the route program. What is beyond cannot be told. */
    private static final int MOST = 24;

    /** Routes to parts of all addresses as large as those that a tunnel takes them by. */
    private static final int LARGE = 3;

    private static final String OUT_BY = "oif";

    /** Asks the kernel. */
    interface Question {
        /** @param packet what the question says of the packet beside its addresses */
        KernelRoute way(InetAddress own, InetAddress friend, List<String> packet);
    }

    private record Asked(int order, InetAddress own, String table, RoutingRule.Packets packets) {}

    private final Question question;

    RuleRoutes(Question question) {
        this.question = question;
    }

    Map<InetAddress, List<RuleRoute>> of(Machine seen, Map<InetAddress, KernelRoute> answers) {
        Map<InetAddress, List<RuleRoute>> ways = new HashMap<>();
        for (InetAddress own : answers.keySet()) {
            List<RuleRoute> some = new ArrayList<>();
            otherPlaces(seen, own, answers.get(own))
                    .ifPresent(way -> some.add(new RuleRoute(RoutingRule.Packets.toSome(), way)));
            ways.put(own, some);
        }
        List<Asked> wanted = wanted(seen, answers.keySet());
        Map<Asked, KernelRoute> told = new HashMap<>();
        for (Asked one : byImportance(wanted).subList(0, Math.min(MOST, wanted.size()))) {
            InetAddress friend = Machine.friend(IpVersion.of(one.own()));
            told.put(one, question.way(one.own(), friend, one.packets().question()));
        }
        for (Asked one : wanted) {
            ways.computeIfAbsent(one.own(), own -> new ArrayList<>())
                    .add(new RuleRoute(one.packets(), told.getOrDefault(one, new KernelRoute.CannotBeTold())));
        }
        return ways;
    }

    /** The way to a part of the internet, where that is another one than to the rest: by routes, and not by rules. */
    private Optional<KernelRoute> otherPlaces(Machine seen, InetAddress own, KernelRoute usual) {
        return IpVersion.of(own) == IpVersion.IPV4
                ? otherHalf(seen, own, usual).or(() -> otherHop(seen, IpVersion.IPV4, usual))
                : otherHop(seen, IpVersion.IPV6, usual);
    }

    private Optional<KernelRoute> otherHalf(Machine seen, InetAddress own, KernelRoute usual) {
        InetAddress upper = Machine.PUBLIC.get(1);
        boolean parted = !seen.way(Machine.PUBLIC.getFirst()).leadsAs(seen.way(upper))
                || seen.routes().stream()
                        .anyMatch(route -> route.ipVersion() == IpVersion.IPV4
                                && !route.isDefault()
                                && route.prefixLength() <= LARGE);
        return parted
                ? Optional.of(question.way(own, upper, List.of())).filter(way -> !way.leadsAs(usual))
                : Optional.empty();
    }

    /**
     * One of several next hops of one route: the kernel takes one for some destinations and the next for others. Of two
     * routes that are equally preferred it takes the one whose router it can reach for all of them, and that is its own
     * answer.
     */
    private static Optional<KernelRoute> otherHop(Machine seen, IpVersion ipVersion, KernelRoute usual) {
        List<RouteEntry> shared = seen.routes().stream()
                .filter(route -> route.ipVersion() == ipVersion && route.isDefault() && route.isOneOfSeveral())
                .toList();
        return usual.known()
                .flatMap(way -> shared.stream()
                        .filter(taken -> taken.interfaceName().equals(way.interfaceName())
                                && taken.gateway().equals(way.nextHop()))
                        .flatMap(taken -> shared.stream().filter(other -> isOtherHop(taken, other)))
                        .findFirst()
                        .map(other -> new KernelRoute.Known(way.source(), other.interfaceName(), other.gateway())));
    }

    private static boolean isOtherHop(RouteEntry one, RouteEntry other) {
        return one.table().equals(other.table())
                && one.metric() == other.metric()
                && !other.gateway().equals(one.gateway());
    }

    private static List<Asked> wanted(Machine seen, Set<InetAddress> owns) {
        List<Asked> wanted = new ArrayList<>();
        for (InetAddress own : owns.stream()
                .sorted((a, b) -> Arrays.compareUnsigned(a.getAddress(), b.getAddress()))
                .toList()) {
            Set<List<String>> known = new HashSet<>();
            for (RoutingRule rule : seen.rules()) {
                for (RoutingRule.Packets packets : rule.packets()) {
                    if (rule.ipVersion() == IpVersion.of(own)
                            && mayLeave(seen, own, packets.question())
                            && known.add(packets.question())) {
                        wanted.add(new Asked(wanted.size(), own, rule.table(), packets));
                    }
                }
            }
        }
        return wanted;
    }

    /** A server that is bound to another link does not get what the home's router sends. */
    private static boolean mayLeave(Machine seen, InetAddress own, List<String> question) {
        int at = question.indexOf(OUT_BY);
        return at < 0
                || seen.addresses().stream()
                        .anyMatch(one ->
                                one.address().equals(own) && one.interfaceName().equals(question.get(at + 1)));
    }

    /** What each table makes of it first, since rules to the same table mostly send packets the same way. */
    private static List<Asked> byImportance(List<Asked> wanted) {
        Set<List<Object>> known = new HashSet<>();
        List<Asked> first = new ArrayList<>();
        List<Asked> later = new ArrayList<>();
        for (Asked one : wanted) {
            (known.add(List.of(one.own(), one.table())) ? first : later).add(one);
        }
        first.addAll(later);
        return first;
    }
}
