package dev.ajar.relay;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Reachability;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which devices a relay may reach: those on networks this machine is attached to, and those inside it. */
@FunctionalInterface
public interface TargetPolicy {
    /** Why {@code device} may not be reached; empty where it may. */
    Optional<Message> objection(InetAddress device);

    /** Judges by the networks this machine is attached to at the moment of asking. */
    static TargetPolicy of(NetworkView network) {
        return device -> objection(
                device,
                Stream.concat(network.routes().stream(), network.innerRoutes().stream())
                        .toList(),
                network.isOwn(device));
    }

    private static Optional<Message> objection(InetAddress device, List<LocalRoute> routes, boolean isOwn) {
        String text = Addresses.text(device);
        if (device.isAnyLocalAddress()) {
            return Optional.of(Message.of("relaying.target.none", "device", text));
        }
        if (device.isLoopbackAddress() || isOwn) {
            return Optional.of(Message.of("relaying.target.this-machine", "device", text));
        }
        if (device.isLinkLocalAddress()) {
            return Optional.of(Message.of("relaying.target.link-local", "device", text));
        }
        if (device.isMulticastAddress()
                || isAllOnes(device)
                || routes.stream().anyMatch(route -> route.isBroadcast(device))) {
            return Optional.of(Message.of("relaying.target.group", "device", text));
        }
        if (routes.stream().anyMatch(route -> route.gateway().equals(Optional.of(device)))) {
            return Optional.of(Message.of("relaying.target.router", "device", text));
        }
        if (routes.stream().anyMatch(route -> route.reaches(device) && isFirst(route, device))) {
            return Optional.of(Message.of("relaying.target.network", "device", text));
        }
        if (routes.stream().noneMatch(route -> route.reaches(device))) {
            return Optional.of(
                    Reachability.of(Optional.of(device)) == Reachability.PUBLIC
                            ? Message.of("relaying.target.internet", "device", text)
                            : Message.of("relaying.target.elsewhere", "device", text));
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
