package dev.ajar.system.capture;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.MachineSource;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.machine.RouteEntry;
import dev.ajar.system.route.DefaultRoute;
import dev.ajar.system.route.RouteTable;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The picture on systems other than Linux, from the JDK and the system's own route program. Its limits: a link is a
 * tunnel where the system calls it point to point, and is otherwise judged by its name; there are no rules and no way
 * of answers.
 */
final class OtherPicture implements MachineSource {
    private final RouteTable routeTable;
    private final UnaryOperator<List<OwnAddress>> lifetimes;

    /** @param lifetimes tells which addresses of IPv6 are meant to last; asked where there is one for the internet */
    OtherPicture(RouteTable routeTable, UnaryOperator<List<OwnAddress>> lifetimes) {
        this.routeTable = routeTable;
        this.lifetimes = lifetimes;
    }

    @Override
    public Machine look() {
        List<Link> links = new ArrayList<>();
        List<OwnAddress> addresses = new ArrayList<>();
        try {
            for (NetworkInterface owner : NetworkInterface.networkInterfaces().toList()) {
                links.add(link(owner));
                for (InterfaceAddress address : owner.getInterfaceAddresses()) {
                    addresses.add(PlainPicture.own(
                            owner.getName(), withoutZone(address.getAddress()), address.getNetworkPrefixLength()));
                }
            }
        } catch (SocketException e) {
            return Machine.UNKNOWN;
        }
        return of(links, addresses, this::sourceTowards);
    }

    private static InetAddress withoutZone(InetAddress address) {
        return Addresses.of(address.getAddress()).orElse(address);
    }

    /** @param source the kernel's choice of an address for a destination */
    Machine of(List<Link> links, List<OwnAddress> addresses, Function<InetAddress, Optional<InetAddress>> source) {
        boolean ipv6 = PlainPicture.hasGlobal(addresses, IpVersion.IPV6);
        List<OwnAddress> all = ipv6 ? lifetimes.apply(addresses) : addresses;
        Map<InetAddress, KernelRoute> ways = new HashMap<>();
        for (InetAddress destination : Machine.PUBLIC) {
            boolean asked = ipv6 || IpVersion.of(destination) == IpVersion.IPV4;
            ways.put(destination, asked ? way(all, source.apply(destination)) : new KernelRoute.Unreachable());
        }
        List<RouteEntry> routes = new ArrayList<>();
        for (DefaultRoute route : routeTable.defaultRoutes(IpVersion.IPV4)) {
            KernelRoute way = way(all, source.apply(route.gateway()));
            ways.put(route.gateway(), way);
            // Where the system names interfaces by their addresses, the way tells the name.
            String name = way.known().map(KernelRoute.Known::interfaceName).orElse(route.interfaceName());
            routes.add(entry(Addresses.ipv4("0.0.0.0").orElseThrow(), name, route));
        }
        if (ipv6) {
            for (DefaultRoute route : routeTable.defaultRoutes(IpVersion.IPV6)) {
                routes.add(entry(Addresses.ipv6("::").orElseThrow(), name(links, route.interfaceName()), route));
            }
        }
        return new Machine(
                links, all, routes, List.of(), ways, Map.of(), Map.of(), Map.of(), Machine.Depth.CANNOT_BE_TOLD);
    }

    private static RouteEntry entry(InetAddress zero, String interfaceName, DefaultRoute route) {
        return new RouteEntry(
                zero,
                0,
                interfaceName,
                Optional.of(route.gateway()),
                Optional.empty(),
                route.metric(),
                RouteEntry.MAIN);
    }

    /** The name of the interface that a route names, or numbers. */
    private static String name(List<Link> links, String told) {
        return links.stream()
                .filter(link -> Integer.toString(link.index()).equals(told))
                .map(Link::name)
                .findFirst()
                .orElse(told);
    }

    private static Link link(NetworkInterface owner) throws SocketException {
        LinkKind kind = owner.isLoopback()
                ? LinkKind.LOOPBACK
                : owner.isPointToPoint()
                        ? LinkKind.TUNNEL
                        : VirtualInterfaces.isVirtual(owner.getName()) ? LinkKind.CONTAINER_BRIDGE : LinkKind.UNKNOWN;
        return new Link(
                owner.getIndex(),
                owner.getName(),
                kind,
                owner.isUp(),
                owner.isUp(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static KernelRoute way(List<OwnAddress> addresses, Optional<InetAddress> source) {
        return source.isEmpty()
                ? new KernelRoute.Unreachable()
                : addresses.stream()
                        .filter(own -> own.address().equals(source.get()))
                        .findFirst()
                        .<KernelRoute>map(
                                own -> new KernelRoute.Known(own.address(), own.interfaceName(), Optional.empty()))
                        .orElseGet(KernelRoute.CannotBeTold::new);
    }

    @Override
    public Optional<InetAddress> sourceTowards(InetAddress destination) {
        return SystemKernel.source(destination);
    }
}
