package dev.ajar.system;

import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.machine.RouteEntry;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses from the picture of the machine the networks a home router can be on: by what a link is and where the routes
 * lead, never by a name.
 */
final class HomeChoice {
    /** DHCPv6 hands out addresses without their network; on an Ethernet it is as large as that (RFC 7421). */
    private static final int LARGEST_IPV6_NETWORK = 64;

    private static final int HALF = 1;

    private final Machine machine;

    HomeChoice(Machine machine) {
        this.machine = machine;
    }

    private boolean isHome(RouteEntry route) {
        return machine.kind(route.interfaceName()).mayLeadHome();
    }

    /** Networks with a way out, then those without; each once for one router. */
    List<LocalRoute> ipv4() {
        List<LocalRoute> chosen = new ArrayList<>();
        for (LocalRoute route : ipv4Ways()) {
            boolean sameRouter = false;
            for (LocalRoute known : chosen) {
                sameRouter |= route.gateway().isPresent() && known.gateway().equals(route.gateway());
            }
            if (!sameRouter) {
                chosen.add(route);
            }
        }
        for (OwnAddress own : machine.addresses()) {
            boolean known = false;
            for (LocalRoute route : chosen) {
                known |= route.interfaceName().equals(own.interfaceName())
                        || (route.leadsOut() && route.reaches(own.address()));
            }
            LinkKind kind = machine.kind(own.interfaceName());
            if (!known && isOfHome(own, kind)) {
                chosen.add(new LocalRoute(own.interfaceName(), own.address(), own.prefixLength(), Optional.empty()));
            }
        }
        return List.copyOf(chosen);
    }

    private boolean isOfHome(OwnAddress own, LinkKind kind) {
        return own.ipVersion() == IpVersion.IPV4
                && own.scope() == OwnAddress.Scope.GLOBAL
                && (kind.onlyWithDefaultRoute() ? isCable(own.interfaceName(), kind) : kind.mayLeadHome())
                && machine.link(own.interfaceName()).map(Link::up).orElse(true);
    }

    /**
     * Inside a container, the end of a pair is the cable; on a machine with a network card, a container is behind it.
     */
    private boolean isCable(String interfaceName, LinkKind kind) {
        if (kind != LinkKind.CONTAINER_END) {
            return false;
        }
        for (Link link : machine.links()) {
            boolean card = link.kind() == LinkKind.ETHERNET || link.kind() == LinkKind.WIFI;
            if (card || (link.name().equals(interfaceName) && link.master().isPresent())) {
                return false;
            }
        }
        return true;
    }

    /** The home's ways out, that of the kernel's own choice first; several where two links lead to the same router. */
    List<LocalRoute> ipv4Ways() {
        List<LocalRoute> ways = new ArrayList<>();
        String chosen = machine.way(Machine.PUBLIC.getFirst())
                .known()
                .map(KernelRoute.Known::interfaceName)
                .orElse("");
        for (boolean kernelsOwn : new boolean[] {true, false}) {
            for (RouteEntry route : machine.routes()) {
                boolean wanted = route.ipVersion() == IpVersion.IPV4
                        && route.prefixLength() <= HALF
                        && isHome(route)
                        && route.interfaceName().equals(chosen) == kernelsOwn;
                if (wanted) {
                    way(route).filter(found -> !ways.contains(found)).ifPresent(ways::add);
                }
            }
        }
        return ways.isEmpty() ? throughTunnelsRouter() : ways;
    }

    /** A tunnel that took the only default route still sends its own packets to its far end by the home's router. */
    private List<LocalRoute> throughTunnelsRouter() {
        for (RouteEntry route : machine.routes()) {
            boolean toFarEnd = route.ipVersion() == IpVersion.IPV4
                    && route.prefixLength() == Integer.SIZE
                    && route.gateway().isPresent()
                    && isHome(route)
                    && !route.destination().isSiteLocalAddress();
            Optional<LocalRoute> way = toFarEnd ? way(route) : Optional.empty();
            if (way.isPresent()) {
                return List.of(way.get());
            }
        }
        return onlyInOtherTable();
    }

    /**
     * Where no table shows a default route, but the kernel has a way to the internet by a home's link: the rest of it
     * is in a table that was not read.
     */
    private List<LocalRoute> onlyInOtherTable() {
        Optional<KernelRoute.Known> way = machine.way(Machine.PUBLIC.getFirst())
                .known()
                .filter(known -> machine.kind(known.interfaceName()).mayLeadHome());
        return way.flatMap(known -> attachment(known.interfaceName(), known.source())
                        .map(own -> new LocalRoute(
                                own.interfaceName(),
                                own.address(),
                                own.prefixLength(),
                                known.nextHop(),
                                known.nextHop().isEmpty())))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<OwnAddress> attachment(String interfaceName, InetAddress address) {
        for (OwnAddress own : machine.addresses()) {
            if (own.interfaceName().equals(interfaceName) && own.address().equals(address)) {
                return Optional.of(own);
            }
        }
        return Optional.empty();
    }

    private Optional<LocalRoute> way(RouteEntry route) {
        return source(route).map(own -> {
            Optional<InetAddress> gateway = route.gateway().isPresent() ? route.gateway() : answering(own);
            return new LocalRoute(own.interfaceName(), own.address(), own.prefixLength(), gateway, gateway.isEmpty());
        });
    }

    /** Behind a route without a gateway: the neighbour whose network card answers for addresses far away. */
    private Optional<InetAddress> answering(OwnAddress own) {
        for (Map.Entry<InetAddress, String> far : machine.neighbours().entrySet()) {
            if (!reaches(own, far.getKey())) {
                for (Map.Entry<InetAddress, String> near : machine.neighbours().entrySet()) {
                    if (reaches(own, near.getKey()) && near.getValue().equals(far.getValue())) {
                        return Optional.of(near.getKey());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The address the route names, else the kernel's choice, else the first on the gateway's network. */
    private Optional<OwnAddress> source(RouteEntry route) {
        String name = route.interfaceName();
        Optional<OwnAddress> named = route.source().flatMap(source -> attachment(name, source));
        if (named.isPresent()) {
            return named;
        }
        Optional<InetAddress> chosen =
                route.gateway().flatMap(gateway -> machine.way(gateway).known()).map(KernelRoute.Known::source);
        Optional<OwnAddress> kernels = chosen.flatMap(source -> attachment(name, source));
        if (kernels.isPresent()) {
            return kernels;
        }
        Optional<OwnAddress> first = Optional.empty();
        for (OwnAddress own : machine.addresses(name, IpVersion.IPV4)) {
            boolean near =
                    route.gateway().isPresent() && reaches(own, route.gateway().get());
            if (near) {
                return Optional.of(own);
            }
            first = first.isEmpty() && own.scope() == OwnAddress.Scope.GLOBAL ? Optional.of(own) : first;
        }
        return first;
    }

    private static boolean reaches(OwnAddress own, InetAddress other) {
        return new LocalRoute(own.interfaceName(), own.address(), own.prefixLength(), Optional.empty()).reaches(other);
    }

    /** For each router the address the kernel prefers, then one of each other network that is meant to last. */
    List<LocalRoute> ipv6() {
        List<LocalRoute> routes = new ArrayList<>();
        for (RouteEntry route : machine.routes()) {
            boolean wanted = route.ipVersion() == IpVersion.IPV6
                    && route.isDefault()
                    && route.gateway().isPresent()
                    && isHome(route);
            boolean known = false;
            for (LocalRoute other : routes) {
                known |= other.interfaceName().equals(route.interfaceName())
                        && other.gateway().equals(route.gateway());
            }
            if (wanted && !known) {
                for (OwnAddress own : lasting(route.interfaceName())) {
                    int prefixLength = Math.min(own.prefixLength(), LARGEST_IPV6_NETWORK);
                    routes.add(
                            new LocalRoute(own.interfaceName(), own.address(), prefixLength, route.gateway(), false));
                }
            }
        }
        return List.copyOf(routes);
    }

    private List<OwnAddress> lasting(String interfaceName) {
        Optional<InetAddress> chosen =
                machine.way(Machine.PUBLIC.getLast()).known().map(KernelRoute.Known::source);
        List<OwnAddress> kernels = new ArrayList<>();
        List<OwnAddress> others = new ArrayList<>();
        for (OwnAddress own : machine.addresses(interfaceName, IpVersion.IPV6)) {
            if (own.isLastingIpv6()) {
                boolean same = chosen.equals(Optional.of(own.address()));
                boolean near = chosen.isPresent() && sameNetwork(own.address(), chosen.get());
                if (same) {
                    kernels.addFirst(own);
                } else {
                    (near ? kernels : others).add(own);
                }
            }
        }
        kernels.addAll(others);
        List<OwnAddress> oneOfEach = new ArrayList<>();
        for (OwnAddress own : kernels) {
            boolean known = false;
            for (OwnAddress other : oneOfEach) {
                known |= sameNetwork(own.address(), other.address());
            }
            if (!known) {
                oneOfEach.add(own);
            }
        }
        return oneOfEach;
    }

    private static boolean sameNetwork(InetAddress a, InetAddress b) {
        return new LocalRoute("", a, LARGEST_IPV6_NETWORK, Optional.empty()).reaches(b);
    }

    /** All attachments, in the order in which the kernel takes them; where there is none, addresses given by itself. */
    List<LocalRoute> everything() {
        List<LocalRoute> all = new ArrayList<>();
        for (RouteEntry route : machine.routes()) {
            if (route.ipVersion() == IpVersion.IPV4 && route.isDefault()) {
                way(route).filter(found -> !all.contains(found)).ifPresent(all::add);
            }
        }
        for (LocalRoute home : ipv4()) {
            boolean known = false;
            for (LocalRoute other : all) {
                known |= other.interfaceName().equals(home.interfaceName());
            }
            if (!known) {
                all.add(home);
            }
        }
        for (OwnAddress own : machine.addresses()) {
            boolean selfGiven = all.isEmpty()
                    && own.ipVersion() == IpVersion.IPV4
                    && own.scope() == OwnAddress.Scope.LINK
                    && machine.kind(own.interfaceName()).mayLeadHome()
                    && machine.link(own.interfaceName())
                            .map(link -> link.up() && link.carrier())
                            .orElse(true);
            if (selfGiven) {
                all.add(new LocalRoute(own.interfaceName(), own.address(), own.prefixLength(), Optional.empty()));
            }
        }
        return List.copyOf(all);
    }
}
