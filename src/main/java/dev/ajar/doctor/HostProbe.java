package dev.ajar.doctor;

import dev.ajar.catalog.RouterTraces;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.MissingHome;
import dev.ajar.system.host.HostInspector;
import dev.ajar.system.machine.AnswerRoute;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.LocalServer;
import dev.ajar.system.machine.Translation;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What this machine and its gateway show without a port mapping protocol. No other device is contacted. */
public interface HostProbe {
    /** All networks this machine is attached to, tunnels and bridges included, the one with the default route first. */
    List<LocalRoute> routes();

    /** Whether that interface is a tunnel, or a bridge of containers or virtual machines. */
    boolean isVirtual(String interfaceName);

    /** Whether that is an address of this machine. */
    default boolean isOwn(InetAddress address) {
        return routes().stream().anyMatch(route -> route.localAddress().equals(address));
    }

    /**
     * How answers from this own address to the internet leave, where not by that router. Empty where they leave by it,
     * or the way is not known.
     *
     * @param server what answers; empty for any
     */
    default Optional<AnswerRoute> detour(InetAddress own, Optional<InetAddress> gateway, Optional<LocalServer> server) {
        return Optional.empty();
    }

    /**
     * The same that asks the system for what its files do not show of its routes, for a command that looks for faults.
     */
    default HostProbe examining() {
        return this;
    }

    /** The NAT of the computer around this machine, where it seems to be inside one. */
    default Optional<Translation> inside() {
        return Optional.empty();
    }

    /** Why no home router can be on any of these networks; empty where one can. */
    default Optional<MissingHome> missingHome() {
        List<LocalRoute> homes = routes().stream()
                .filter(route -> !isVirtual(route.interfaceName()))
                .toList();
        return MissingHome.of(homes, routes(), name -> isVirtual(name) ? LinkKind.TUNNEL : LinkKind.UNKNOWN);
    }

    HostInspector host();

    /** The same, see {@link HostInspector#readAhead}. */
    default HostProbe ahead() {
        return this;
    }

    /** The MAC address of a device of the home, where this machine has talked to it lately. */
    default Optional<String> card(InetAddress device) {
        return host().neighbour(device).map(card -> new RouterText(card).display());
    }

    /** What the router's own page and its MAC address say about its make. */
    RouterTraces traces(LocalRoute route, InetAddress router, Duration patience);

    /**
     * What the service at a TCP port of this machine says first, or answers to a plain HTTP request.
     *
     * @return empty where it says nothing in that time, or no program listens
     */
    Optional<String> greeting(InetAddress address, Port port, Duration patience);

    /**
     * The second router on the way to the internet, where this machine has a program that finds it. The packets for
     * that expire at that router.
     */
    default Optional<InetAddress> secondHop() {
        return Optional.empty();
    }

    /** The network with the router over IPv6, where this machine has none over IPv4. */
    default Optional<LocalRoute> homeOverIpv6() {
        return Optional.empty();
    }

    /** The network a home router can be on, with its default gateway. */
    default Optional<LocalRoute> home() {
        return routes().stream()
                .filter(route -> route.gateway().isPresent())
                .filter(route -> !isVirtual(route.interfaceName()))
                .findFirst();
    }
}
