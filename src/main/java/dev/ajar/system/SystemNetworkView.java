package dev.ajar.system;

import dev.ajar.model.IpVersion;
import dev.ajar.system.route.DefaultRoute;
import dev.ajar.system.route.LinuxAddressText;
import dev.ajar.system.route.RouteTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The interfaces of this machine, joined with its default routes. */
public final class SystemNetworkView implements NetworkView {
    /** Discard: nothing is sent there, the kernel only chooses a route (RFC 863). */
    private static final int ANY_PORT = 9;

    /** DHCPv6 hands out addresses without their network; on an Ethernet it is as large as that (RFC 7421). */
    private static final int LARGEST_IPV6_NETWORK = 64;

    private final RouteTable routeTable;

    public SystemNetworkView(RouteTable routeTable) {
        this.routeTable = routeTable;
    }

    @Override
    public List<LocalRoute> routes() {
        List<DefaultRoute> defaults = routeTable.defaultRoutes();
        List<LocalRoute> routes = new ArrayList<>();
        for (DefaultRoute route : defaults) {
            towards(route.gateway())
                    .map(local -> withGateway(local, route.gateway()))
                    .filter(local -> routes.stream().noneMatch(known -> known.equals(local)))
                    .ifPresent(routes::add);
        }
        for (LocalRoute attached : attachedNetworks()) {
            boolean known = routes.stream().anyMatch(r -> r.interfaceName().equals(attached.interfaceName()));
            if (!known && !VirtualInterfaces.isVirtual(attached.interfaceName())) {
                routes.add(attached);
            }
        }
        return List.copyOf(routes);
    }

    private static LocalRoute withGateway(LocalRoute local, InetAddress gateway) {
        return new LocalRoute(local.interfaceName(), local.localAddress(), local.prefixLength(), Optional.of(gateway));
    }

    @Override
    public List<LocalRoute> ipv6Routes() {
        List<LinuxAddressText.Owned> addresses = routeTable.lastingAddresses();
        if (addresses.isEmpty()) {
            return List.of();
        }
        List<LocalRoute> routes = new ArrayList<>();
        for (DefaultRoute route : routeTable.ipv6DefaultRoutes()) {
            boolean known = routes.stream().anyMatch(r -> r.interfaceName().equals(route.interfaceName()));
            if (!known) {
                addresses.stream()
                        .filter(owned -> owned.interfaceName().equals(route.interfaceName()))
                        .findFirst()
                        .ifPresent(owned -> routes.add(ipv6Route(owned, route)));
            }
        }
        return List.copyOf(routes);
    }

    private static LocalRoute ipv6Route(LinuxAddressText.Owned owned, DefaultRoute route) {
        return new LocalRoute(
                owned.interfaceName(),
                owned.address(),
                Math.min(owned.prefixLength(), LARGEST_IPV6_NETWORK),
                Optional.of(route.gateway()));
    }

    @Override
    public Optional<LocalRoute> towards(InetAddress destination) {
        return IpVersion.of(destination) == IpVersion.IPV6
                ? ipv6Routes().stream()
                        .filter(route -> route.gateway().equals(Optional.of(destination)) || route.reaches(destination))
                        .findFirst()
                : towardsIpv4(destination);
    }

    private static Optional<LocalRoute> towardsIpv4(InetAddress destination) {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.connect(new InetSocketAddress(destination, ANY_PORT));
            InetAddress local = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
            NetworkInterface owner = NetworkInterface.getByInetAddress(local);
            return owner == null ? Optional.empty() : onInterface(owner, local);
        } catch (IOException | RuntimeException e) {
            // No route, or a kernel that will not say: both mean that this destination is out of
            // reach.
            return Optional.empty();
        }
    }

    private static Optional<LocalRoute> onInterface(NetworkInterface owner, InetAddress local) {
        return owner.getInterfaceAddresses().stream()
                .filter(address -> address.getAddress().equals(local))
                .findFirst()
                .map(address ->
                        new LocalRoute(owner.getName(), local, address.getNetworkPrefixLength(), Optional.empty()));
    }

    private static List<LocalRoute> attachedNetworks() {
        List<LocalRoute> attached = new ArrayList<>();
        try {
            for (NetworkInterface candidate :
                    NetworkInterface.networkInterfaces().toList()) {
                if (candidate.isUp() && !candidate.isLoopback() && !candidate.isPointToPoint()) {
                    addIpv4(candidate, attached);
                }
            }
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        return attached;
    }

    private static void addIpv4(NetworkInterface owner, List<LocalRoute> attached) {
        for (InterfaceAddress address : owner.getInterfaceAddresses()) {
            if (address.getAddress() instanceof Inet4Address v4 && !v4.isLinkLocalAddress()) {
                attached.add(new LocalRoute(owner.getName(), v4, address.getNetworkPrefixLength(), Optional.empty()));
            }
        }
    }
}
