package dev.ajar.system;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The networks a home router can be on, and no others: a tunnel that has the default route is not followed, so that the
 * mappings of the home are not asked for at the other end of a VPN. Only the tunnel's other end itself is reached
 * through it, because VPN providers map ports there.
 */
public final class HomeNetwork implements NetworkView {
    private static final int NEIGHBOURHOOD = 24;

    private final NetworkView all;

    public HomeNetwork(NetworkView all) {
        this.all = all;
    }

    /** A tunnel often has a network of one address; an address that shares most of it is its other end. */
    private static boolean isItsEnd(LocalRoute tunnel, InetAddress destination) {
        int prefixLength = Math.min(tunnel.prefixLength(), NEIGHBOURHOOD);
        return new LocalRoute(tunnel.interfaceName(), tunnel.localAddress(), prefixLength, tunnel.gateway())
                .reaches(destination);
    }

    private static boolean isHome(LocalRoute route) {
        return !VirtualInterfaces.isVirtual(route.interfaceName());
    }

    @Override
    public List<LocalRoute> routes() {
        return all.routes().stream().filter(HomeNetwork::isHome).toList();
    }

    @Override
    public List<LocalRoute> ipv6Routes() {
        return all.ipv6Routes().stream().filter(HomeNetwork::isHome).toList();
    }

    @Override
    public Optional<LocalRoute> towards(InetAddress destination) {
        return all.towards(destination).filter(route -> isHome(route) || isItsEnd(route, destination));
    }
}
