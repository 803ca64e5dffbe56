package dev.ajar.relay;

import dev.ajar.model.Reachability;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Which devices may be reached from outside by way of this machine: those of its own networks, and nothing else. */
@FunctionalInterface
public interface TargetPolicy {
    /** Why {@code device} may not be reached, as the rest of a sentence; empty where it may. */
    Optional<String> objection(InetAddress device);

    /** The networks this machine is attached to now: to be asked again when they change. */
    static TargetPolicy of(NetworkView network) {
        return device -> objection(device, network.routes());
    }

    private static Optional<String> objection(InetAddress device, List<LocalRoute> routes) {
        if (device.isAnyLocalAddress()) {
            return Optional.of("is no device's address");
        }
        if (device.isLoopbackAddress()
                || routes.stream().anyMatch(route -> route.localAddress().equals(device))) {
            return Optional.of("is this machine itself; ajar open does that");
        }
        if (device.isLinkLocalAddress()) {
            return Optional.of("is an address a device gives itself when nobody else does");
        }
        if (device.isMulticastAddress()
                || isAllOnes(device)
                || routes.stream().anyMatch(route -> route.isBroadcast(device))) {
            return Optional.of("is the address of many devices at once");
        }
        if (routes.stream().anyMatch(route -> route.gateway().equals(Optional.of(device)))) {
            return Optional.of("is the router itself, which nobody outside should reach");
        }
        if (routes.stream().anyMatch(route -> route.reaches(device) && isFirst(route, device))) {
            return Optional.of("is the name of the network and no device's address");
        }
        if (routes.stream().noneMatch(route -> route.reaches(device))) {
            return Optional.of(
                    Reachability.of(Optional.of(device)) == Reachability.PUBLIC
                            ? "is on the internet, and ajar carries nothing there"
                            : "is not on a network this machine is attached to");
        }
        return Optional.empty();
    }

    private static boolean isAllOnes(InetAddress address) {
        for (byte part : address.getAddress()) {
            if (part != -1) {
                return false;
            }
        }
        return true;
    }

    /** The network's first address, on networks that have more than two. */
    private static boolean isFirst(LocalRoute route, InetAddress address) {
        byte[] bytes = address.getAddress();
        if (route.prefixLength() >= bytes.length * 8 - 1) {
            return false;
        }
        for (int bit = route.prefixLength(); bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] & 0x80 >> bit % 8) != 0) {
                return false;
            }
        }
        return true;
    }
}
