package dev.ajar.simulator;

import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** A network on loopback, with an embedded router as its default gateway. */
public final class LoopbackLan implements NetworkView {
    static final InetAddress ROUTER = InetAddress.getLoopbackAddress();
    private static final int PREFIX_LENGTH = 8;

    private final LocalRoute route;

    /**
     * @throws SocketException if this machine has no loopback interface
     */
    public LoopbackLan() throws SocketException {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(ROUTER);
        String name = loopback == null ? "lo" : loopback.getName();
        route = new LocalRoute(name, ROUTER, PREFIX_LENGTH, Optional.of(ROUTER));
    }

    @Override
    public List<LocalRoute> routes() {
        return List.of(route);
    }

    @Override
    public Optional<LocalRoute> towards(InetAddress destination) {
        return destination.isLoopbackAddress() ? Optional.of(route) : Optional.empty();
    }
}
