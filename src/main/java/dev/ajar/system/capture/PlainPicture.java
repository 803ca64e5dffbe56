package dev.ajar.system.capture;

import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.machine.RouteEntry;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The picture from the kernel's files and its choice of source addresses: no program is started.
 *
 * @param machine the picture
 * @param isOneWay whether there is one way out of each family, which everything takes that no rule tells apart
 * @param mayHaveRules whether rules may choose between tables, or forbid
 */
record PlainPicture(Machine machine, boolean isOneWay, boolean mayHaveRules) {
    private static final int MOST_LINKS = 1024;
    private static final int MOST_GATEWAYS = 8;

    static PlainPicture take(LinuxKernel kernel) {
        List<OwnAddress> addresses = new ArrayList<>();
        for (LinuxKernel.Assigned assigned : kernel.addresses()) {
            addresses.add(own(assigned.interfaceName(), assigned.address(), assigned.prefixLength()));
        }
        addresses.addAll(
                LinuxText.ipv6Addresses(kernel.file("/proc/self/net/if_inet6").orElse("")));
        List<RouteEntry> routes = new ArrayList<>(
                LinuxText.ipv4Routes(kernel.file("/proc/self/net/route").orElse("")));
        routes.addAll(
                LinuxText.ipv6Routes(kernel.file("/proc/self/net/ipv6_route").orElse("")));
        sort(routes);
        List<Link> links = links(kernel, routes);
        String arp = kernel.file("/proc/self/net/arp").orElse("");
        String trie = kernel.file("/proc/self/net/fib_trie").orElse("");
        Map<InetAddress, KernelRoute> ways = ways(kernel, addresses, routes);
        Machine machine = new Machine(
                links,
                addresses,
                routes,
                List.of(),
                ways,
                Map.of(),
                Map.of(),
                LinuxText.neighbours(arp),
                Machine.Depth.PLAIN,
                LinuxText.fixedNeighbours(arp),
                Surroundings.of(kernel, links));
        boolean isOneWay = !LinuxText.hasOtherTables(trie)
                && !hasOtherEnds(links)
                && isOnlyWay(machine, IpVersion.IPV4)
                && isOnlyWay(machine, IpVersion.IPV6);
        return new PlainPicture(isOneWay ? withAnswers(machine) : machine, isOneWay, LinuxText.hadRules(trie));
    }

    static Map<InetAddress, String> neighbours(LinuxKernel kernel) {
        return LinuxText.neighbours(kernel.file("/proc/self/net/arp").orElse(""));
    }

    /** Whether the kernel's files show that there is nothing more to ask. */
    boolean isWhole() {
        return isOneWay && !mayHaveRules;
    }

    static OwnAddress own(String interfaceName, InetAddress address, int prefixLength) {
        OwnAddress.Scope scope = address.isLoopbackAddress()
                ? OwnAddress.Scope.HOST
                : address.isLinkLocalAddress() ? OwnAddress.Scope.LINK : OwnAddress.Scope.GLOBAL;
        return new OwnAddress(
                interfaceName,
                address,
                prefixLength,
                scope,
                OwnAddress.Lifetime.LASTING,
                OwnAddress.Origin.CANNOT_BE_TOLD);
    }

    /** The usual table first, in it default routes before others, and the most preferred first. */
    static void sort(List<RouteEntry> routes) {
        routes.sort((a, b) -> {
            int byTable = Boolean.compare(b.isMain(), a.isMain());
            int byLength = byTable != 0 ? byTable : Integer.compare(a.prefixLength(), b.prefixLength());
            return byLength != 0 ? byLength : Long.compare(a.metric(), b.metric());
        });
    }

    private static List<Link> links(LinuxKernel kernel, List<RouteEntry> routes) {
        LinkReader reader = new LinkReader(kernel);
        List<Link> links = new ArrayList<>();
        List<String> names = kernel.names(LinkReader.FOLDER);
        for (String name : names.subList(0, Math.min(MOST_LINKS, names.size()))) {
            reader.read(name).ifPresent(links::add);
        }
        return Bridges.told(links, routes);
    }

    private static Map<InetAddress, KernelRoute> ways(
            LinuxKernel kernel, List<OwnAddress> addresses, List<RouteEntry> routes) {
        Map<InetAddress, KernelRoute> ways = new HashMap<>();
        for (InetAddress destination : Machine.PUBLIC) {
            ways.put(destination, way(kernel, addresses, destination));
        }
        for (RouteEntry route : routes) {
            InetAddress gateway = route.gateway().orElse(null);
            if (gateway != null
                    && route.isDefault()
                    && !gateway.isLinkLocalAddress()
                    && !ways.containsKey(gateway)
                    && ways.size() < MOST_GATEWAYS) {
                ways.put(gateway, way(kernel, addresses, gateway));
            }
        }
        return ways;
    }

    private static KernelRoute way(LinuxKernel kernel, List<OwnAddress> addresses, InetAddress destination) {
        // Without an address of that family there is no need for a socket to be told so.
        Optional<InetAddress> source =
                hasGlobal(addresses, IpVersion.of(destination)) ? kernel.sourceTowards(destination) : Optional.empty();
        if (source.isEmpty()) {
            return new KernelRoute.Unreachable();
        }
        for (OwnAddress own : addresses) {
            if (own.address().equals(source.get())) {
                return new KernelRoute.Known(source.get(), own.interfaceName(), Optional.empty());
            }
        }
        return new KernelRoute.CannotBeTold();
    }

    /** Whether a router can send a friend's question to that address. */
    static boolean mayAnswer(Machine machine, OwnAddress own) {
        LinkKind kind = machine.kind(own.interfaceName());
        return own.scope() == OwnAddress.Scope.GLOBAL
                && (own.ipVersion() == IpVersion.IPV4 || own.isLastingIpv6())
                && kind.mayLeadHome()
                && kind != LinkKind.CONTAINER_BRIDGE
                && machine.link(own.interfaceName()).map(Link::up).orElse(true);
    }

    static boolean hasGlobal(List<OwnAddress> addresses, IpVersion ipVersion) {
        for (OwnAddress own : addresses) {
            if (own.ipVersion() == ipVersion && own.scope() == OwnAddress.Scope.GLOBAL) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOtherEnds(List<Link> links) {
        for (Link link : links) {
            if (link.up() && (link.kind().isTunnel() || link.kind() == LinkKind.ROUTING_DOMAIN)) {
                return true;
            }
        }
        return false;
    }

    /** Whether everything that leaves takes the one default route, with an address of its own interface. */
    private static boolean isOnlyWay(Machine machine, IpVersion ipVersion) {
        String only = "";
        boolean wide = false;
        boolean otherWay = false;
        for (RouteEntry route : machine.routes()) {
            if (route.ipVersion() == ipVersion && route.prefixLength() <= 3) {
                wide |= !route.isDefault();
                otherWay |= !only.isEmpty() && !only.equals(route.interfaceName());
                only = route.interfaceName();
            }
        }
        if (wide || otherWay) {
            return false;
        }
        // Rules of a VPN that is off may let nothing out in spite of a default route.
        boolean mustLead = !only.isEmpty() && hasGlobal(machine.addresses(), ipVersion);
        for (InetAddress destination : Machine.PUBLIC) {
            if (IpVersion.of(destination) == ipVersion && !isBy(only, machine.way(destination), mustLead)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBy(String interfaceName, KernelRoute way, boolean mustLead) {
        return switch (way) {
            case KernelRoute.Known known -> known.interfaceName().equals(interfaceName);
            // An address that is valid on its link only leads nowhere, and needs no further question either.
            case KernelRoute.Unreachable ignored -> !mustLead;
            case KernelRoute.CannotBeTold ignored -> false;
        };
    }

    /**
     * Where there is one way, an answer takes it too, from the addresses of every other link as well; or there is none.
     */
    private static Machine withAnswers(Machine machine) {
        Map<InetAddress, KernelRoute> answers = new HashMap<>();
        for (OwnAddress own : machine.addresses()) {
            if (mayAnswer(machine, own)) {
                answers.put(own.address(), onlyWay(machine, own));
            }
        }
        return new Machine(
                machine.links(),
                machine.addresses(),
                machine.routes(),
                machine.rules(),
                machine.ways(),
                answers,
                machine.ruled(),
                machine.neighbours(),
                machine.depth(),
                machine.fixedNeighbours(),
                machine.around());
    }

    private static KernelRoute onlyWay(Machine machine, OwnAddress own) {
        for (RouteEntry route : machine.routes()) {
            if (route.isDefault() && route.ipVersion() == own.ipVersion()) {
                return new KernelRoute.Known(own.address(), route.interfaceName(), route.gateway());
            }
        }
        return new KernelRoute.Unreachable();
    }

    /** Whether there is a router over IPv6 and an address that friends can reach by it. */
    boolean answersOverIpv6() {
        for (Map.Entry<InetAddress, KernelRoute> answer : machine.answers().entrySet()) {
            if (IpVersion.of(answer.getKey()) == IpVersion.IPV6 && answer.getValue() instanceof KernelRoute.Known) {
                return true;
            }
        }
        return false;
    }
}
