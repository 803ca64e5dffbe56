package dev.ajar.system.capture;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.MachineSource;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.machine.RouteEntry;
import dev.ajar.system.machine.Way;
import dev.ajar.system.route.DefaultRoute;
import dev.ajar.system.route.RouteTable;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The picture on systems other than Linux, from the JDK and the system's own route program. Its limits: a link is a
 * tunnel where the system calls it point to point, and is otherwise judged by its name; there are no rules, no IPv6 and no
 * way of answers.
 */
final class OtherPicture implements MachineSource {
    private final RouteTable routeTable;

    OtherPicture(RouteTable routeTable) {
        this.routeTable = routeTable;
    }

    @Override
    public Machine look() {
        List<Link> links = new ArrayList<>();
        List<OwnAddress> addresses = new ArrayList<>();
        try {
            for (NetworkInterface owner : NetworkInterface.networkInterfaces().toList()) {
                links.add(link(owner));
                for (InterfaceAddress address : owner.getInterfaceAddresses()) {
                    if (address.getAddress() instanceof Inet4Address ipv4) {
                        addresses.add(PlainPicture.ipv4(owner.getName(), ipv4, address.getNetworkPrefixLength()));
                    }
                }
            }
        } catch (SocketException e) {
            return Machine.UNKNOWN;
        }
        return complete(links, addresses, routeTable.defaultRoutes());
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

    private Machine complete(List<Link> links, List<OwnAddress> addresses, List<DefaultRoute> defaults) {
        List<RouteEntry> routes = new ArrayList<>();
        Map<InetAddress, Way> ways = new HashMap<>();
        for (InetAddress destination : Machine.PUBLIC) {
            ways.put(destination, way(addresses, destination));
        }
        for (DefaultRoute route : defaults) {
            Way way = way(addresses, route.gateway());
            ways.put(route.gateway(), way);
            // Where the system names interfaces by their addresses, the way tells the name.
            String name = way.known().map(Way.Known::interfaceName).orElse(route.interfaceName());
            routes.add(new RouteEntry(
                    Addresses.ipv4("0.0.0.0").orElseThrow(),
                    0,
                    name,
                    Optional.of(route.gateway()),
                    Optional.empty(),
                    route.metric(),
                    RouteEntry.MAIN));
        }
        return new Machine(
                links, addresses, routes, List.of(), ways, Map.of(), Map.of(), Map.of(), Machine.Depth.CANNOT_BE_TOLD);
    }

    private Way way(List<OwnAddress> addresses, InetAddress destination) {
        if (IpVersion.of(destination) == IpVersion.IPV6) {
            return new Way.CannotBeTold();
        }
        Optional<InetAddress> source = sourceTowards(destination);
        return source.isEmpty()
                ? new Way.Unreachable()
                : addresses.stream()
                        .filter(own -> own.address().equals(source.get()))
                        .findFirst()
                        .<Way>map(own -> new Way.Known(own.address(), own.interfaceName(), Optional.empty()))
                        .orElseGet(Way.CannotBeTold::new);
    }

    @Override
    public Optional<InetAddress> sourceTowards(InetAddress destination) {
        return SystemKernel.source(destination);
    }
}
