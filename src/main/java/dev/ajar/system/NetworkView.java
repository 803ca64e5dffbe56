package dev.ajar.system;

import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What this machine knows of the networks it is attached to. */
public interface NetworkView {
    /**
     * The IPv4 networks on which a home router can be, the one that the machine's way to the internet leads through
     * first. Neither tunnels nor the inner networks of containers are among them, whatever has the best default route.
     */
    List<LocalRoute> routes();

    /**
     * The networks with an IPv6 router, each with an address of this machine there that is meant to last: the one the
     * kernel prefers first, then those of other networks on the same link. Empty where this machine has none that the
     * internet could reach.
     */
    default List<LocalRoute> ipv6Routes() {
        return List.of();
    }

    /** All IPv4 networks, tunnels and inner ones included, in the order in which the kernel takes them. */
    default List<LocalRoute> allRoutes() {
        return routes();
    }

    /** The IPv4 networks inside this machine, on which its containers and virtual machines are. */
    default List<LocalRoute> innerRoutes() {
        Machine machine = machine();
        Set<String> outer = routes().stream().map(LocalRoute::interfaceName).collect(Collectors.toSet());
        return machine.addresses().stream()
                .filter(own -> own.ipVersion() == IpVersion.IPV4
                        && machine.kind(own.interfaceName()) == LinkKind.CONTAINER_BRIDGE
                        && !outer.contains(own.interfaceName()))
                .map(own -> new LocalRoute(own.interfaceName(), own.address(), own.prefixLength(), Optional.empty()))
                .toList();
    }

    /**
     * The way to {@code destination}, with the source address the kernel would use; empty when there is none. What is
     * behind a tunnel is not reached, except the tunnel's other end.
     */
    Optional<LocalRoute> towards(InetAddress destination);

    /**
     * The same with another source address, where that is one of this machine's on a network the destination is on.
     */
    default Optional<LocalRoute> towards(InetAddress destination, InetAddress from) {
        return towards(destination)
                .filter(route -> isOwn(from) && IpVersion.of(from) == route.ipVersion())
                .map(route -> new LocalRoute(
                        route.interfaceName(), from, route.prefixLength(), route.gateway(), route.isOnLink()));
    }

    /** Whether that is an address of this machine, on whichever interface. */
    default boolean isOwn(InetAddress address) {
        return routes().stream().anyMatch(route -> route.localAddress().equals(address))
                || ipv6Routes().stream().anyMatch(route -> route.localAddress().equals(address));
    }

    /** Whether it is one that this machine is meant to keep. */
    default boolean isLasting(InetAddress address) {
        return isOwn(address);
    }

    /** Why no home router can be on any of these networks; empty where one can. */
    default Optional<MissingHome> missingHome() {
        return MissingHome.of(routes(), allRoutes(), machine());
    }

    /** The same networks as they are at the first look, for one command. */
    default NetworkView once() {
        return this;
    }

    /**
     * The network cards of the devices that this machine has talked to until now: those that were asked since the first
     * look are among them.
     */
    default Map<InetAddress, String> neighboursNow() {
        return machine().neighbours();
    }

    /** The picture this is read from; {@link Machine#UNKNOWN} where there is none. */
    default Machine machine() {
        return Machine.UNKNOWN;
    }

    /** The same with all that decides how answers over that version of IP leave. */
    default Machine machine(IpVersion answers) {
        return machine();
    }

    /** The same with what only a command asks for that looks for faults. */
    default Machine examined(IpVersion answers) {
        return machine(answers);
    }
}
