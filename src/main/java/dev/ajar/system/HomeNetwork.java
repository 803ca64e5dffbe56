package dev.ajar.system;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The networks a home router can be on, and no others: a tunnel that takes the default route is not followed, so that
 * what is open at home is not asked for at the other end of a VPN.
 */
public final class HomeNetwork implements NetworkView {
    private final NetworkView all;

    public HomeNetwork(NetworkView all) {
        this.all = all;
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
        return all.towards(destination).filter(HomeNetwork::isHome);
    }
}
