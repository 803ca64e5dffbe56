package dev.ajar.system;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Reachability;
import dev.ajar.model.Subnet;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.OwnAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Why no home router can be found from this machine: what its own networks say, before any router is asked. */
public sealed interface MissingHome {
    /** No network interface has an IPv4 address. */
    record Unconnected() implements MissingHome {}

    /** The link that the way out leads by has no signal: no cable is plugged in, or no Wi-Fi is joined. */
    record NoSignal(String interfaceName) implements MissingHome {}

    /**
     * The default gateway's address is this machine's own as well, so that nothing is sent to the router: a network
     * inside this machine has the addresses of the home's.
     *
     * @param interfaceName the one with that address
     */
    record GatewayIsOwn(InetAddress gateway, String interfaceName) implements MissingHome {}

    /** This machine's own routes or rules let nothing out from its address, not even to the router. */
    record NothingLeaves(InetAddress own) implements MissingHome {}

    /**
     * A VPN has a route to the home's own network: what is sent to the router goes into the tunnel.
     *
     * @param byRule whether a rule chooses that route's table, so that a route in the usual one is not reached
     */
    record RouterBehindTunnel(InetAddress gateway, String home, String interfaceName, boolean byRule)
            implements MissingHome {
        /** What lets ajar reach the router although the VPN stays on. */
        public Message advice() {
            return byRule
                    ? Message.of("advice.router-behind-rule", "address", Addresses.text(gateway))
                    : Message.of("advice.router-behind-tunnel", "address", Addresses.text(gateway), "interface", home);
        }
    }

    /**
     * The network card of the router was entered by hand, and no router answers: it may have another one by now.
     *
     * @param card the one that was entered
     */
    record FixedCard(InetAddress gateway, String card, String interfaceName) implements MissingHome {}

    /** It has no IPv4 address, and over IPv6 a router, and no address that the internet can reach. */
    record NoInternetAddress() implements MissingHome {}

    /** The only address is one that this machine gave itself, because its network assigned none (RFC 3927). */
    record SelfGivenAddress(InetAddress address) implements MissingHome {}

    /** It has an address, and no default route. */
    record NoDefaultRoute() implements MissingHome {}

    /** A VPN has the only way to the internet. */
    record BehindTunnel(String interfaceName) implements MissingHome {}

    /** The way to the internet is a line with one other end: a modem, or a VPN that looks like one. */
    record BehindLine(String interfaceName) implements MissingHome {}

    /**
     * This machine is on the internet itself.
     *
     * @param address its own address there, or that of the gateway
     */
    record OnTheInternet(String interfaceName, InetAddress address, boolean isGateways) implements MissingHome {}

    /** The same with what the machine's picture says beside its IPv4 networks. */
    static Optional<MissingHome> of(List<LocalRoute> homes, List<LocalRoute> all, Machine machine) {
        return homes.stream()
                .filter(LocalRoute::leadsOut)
                .findFirst()
                .flatMap(home -> unusable(home, machine))
                .or(() -> of(homes, all, machine::kind).map(missing -> ipv4Alone(missing, machine)));
    }

    /** Why the way out leads to no router, although there is one. */
    private static Optional<MissingHome> unusable(LocalRoute home, Machine machine) {
        if (machine.link(home.interfaceName()).filter(link -> !link.carrier()).isPresent()) {
            return Optional.of(new NoSignal(home.interfaceName()));
        }
        Optional<InetAddress> gateway = home.gateway();
        Optional<OwnAddress> same = machine.addresses().stream()
                .filter(own -> gateway.equals(Optional.of(own.address())))
                .findFirst();
        if (same.isPresent()) {
            return Optional.of(new GatewayIsOwn(same.get().address(), same.get().interfaceName()));
        }
        boolean closed = machine.answer(home.localAddress()) instanceof KernelRoute.Unreachable
                && gateway.filter(router -> machine.way(router) instanceof KernelRoute.Unreachable)
                        .isPresent();
        return closed
                ? Optional.of(new NothingLeaves(home.localAddress()))
                : gateway.flatMap(router -> elsewhere(router, home.interfaceName(), machine));
    }

    /** Where what is sent to the router goes past it. */
    private static Optional<MissingHome> elsewhere(InetAddress router, String home, Machine machine) {
        Optional<MissingHome> tunnel = machine.way(router)
                .known()
                .filter(way -> machine.kind(way.interfaceName()).isTunnel())
                .map(way -> new RouterBehindTunnel(
                        router, home, way.interfaceName(), way.table().isPresent()));
        return tunnel.or(() -> Optional.ofNullable(machine.neighbours().get(router))
                .filter(ignored -> machine.fixedNeighbours().contains(router))
                .map(card -> new FixedCard(router, card, home)));
    }

    private static MissingHome ipv4Alone(MissingHome missing, Machine machine) {
        boolean hasRouter = machine.routes().stream()
                .anyMatch(route -> route.ipVersion() == IpVersion.IPV6
                        && route.isDefault()
                        && route.gateway().isPresent()
                        && machine.kind(route.interfaceName()).mayLeadHome());
        return missing instanceof Unconnected && hasRouter ? new NoInternetAddress() : missing;
    }

    /**
     * @param homes the networks on which a home router can be
     * @param all all networks, in the order in which the kernel takes them
     * @return empty where a default route leads to what can be a home router
     */
    static Optional<MissingHome> of(List<LocalRoute> homes, List<LocalRoute> all, Function<String, LinkKind> kinds) {
        for (LocalRoute home : homes) {
            if (home.leadsOut()) {
                // A hosting provider's gateway may have a private address.
                return isPublic(home.localAddress())
                        ? Optional.of(new OnTheInternet(home.interfaceName(), home.localAddress(), false))
                        : home.gateway()
                                .filter(MissingHome::isPublic)
                                .map(gateway -> new OnTheInternet(home.interfaceName(), gateway, true));
            }
        }
        if (all.isEmpty()) {
            return Optional.of(new Unconnected());
        }
        LocalRoute first = all.getFirst();
        LinkKind kind = kinds.apply(first.interfaceName());
        if (kind.isTunnel() && isPublic(first.localAddress())) {
            return Optional.of(new OnTheInternet(first.interfaceName(), first.localAddress(), false));
        }
        if (kind == LinkKind.POINT_TO_POINT) {
            return Optional.of(new BehindLine(first.interfaceName()));
        }
        if (kind.isTunnel()) {
            return Optional.of(new BehindTunnel(first.interfaceName()));
        }
        if (kind == LinkKind.DUMMY) {
            return Optional.of(new NothingLeaves(first.localAddress()));
        }
        return Optional.of(
                first.localAddress().isLinkLocalAddress()
                        ? new SelfGivenAddress(first.localAddress())
                        : new NoDefaultRoute());
    }

    /** Laboratories use the networks that are reserved for documentation (RFC 5737). */
    private static boolean isPublic(InetAddress address) {
        return Reachability.of(Optional.of(address)) == Reachability.PUBLIC
                && Stream.of("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
                        .flatMap(text -> Subnet.parse(text).stream())
                        .noneMatch(network -> network.contains(address));
    }
}
