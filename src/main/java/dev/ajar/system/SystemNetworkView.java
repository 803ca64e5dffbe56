package dev.ajar.system;

import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.CachedMachineSource;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.MachineSource;
import dev.ajar.system.machine.OwnAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The networks of this machine, read from its picture. A tunnel that has the default route is not followed, so that the
 * mappings of the home are not asked for at the other end of a VPN; only the tunnel's other end itself is reached
 * through it, because VPN providers map ports there.
 */
public final class SystemNetworkView implements NetworkView {
    private static final int NEIGHBOURHOOD = 24;

    private final MachineSource source;
    private final MachineSource now;

    public SystemNetworkView(MachineSource source) {
        this(source, source);
    }

    private SystemNetworkView(MachineSource source, MachineSource now) {
        this.source = source;
        this.now = now;
    }

    @Override
    public NetworkView once() {
        // What is already of one command stays the same picture, so that every part of the command shares it.
        return source instanceof CachedMachineSource ? this : new SystemNetworkView(new CachedMachineSource(now), now);
    }

    @Override
    public Map<InetAddress, String> neighboursNow() {
        return now.neighbours();
    }

    @Override
    public Machine machine() {
        return source.look();
    }

    @Override
    public Machine machine(IpVersion answers) {
        return source.look(answers);
    }

    @Override
    public Machine examined(IpVersion answers) {
        return source.examine(answers);
    }

    @Override
    public List<LocalRoute> routes() {
        return new HomeChoice(source.look()).ipv4();
    }

    @Override
    public List<LocalRoute> ipv6Routes() {
        return new HomeChoice(source.look()).ipv6();
    }

    @Override
    public List<LocalRoute> allRoutes() {
        return new HomeChoice(source.look()).everything();
    }

    @Override
    public boolean isOwn(InetAddress address) {
        return source.look().isOwn(address);
    }

    /** On an interface that is switched on. */
    @Override
    public boolean isLasting(InetAddress address) {
        Machine machine = source.look();
        for (OwnAddress own : machine.addresses()) {
            if (own.address().equals(address)) {
                boolean up = machine.link(own.interfaceName()).map(Link::up).orElse(true);
                return up && (own.ipVersion() == IpVersion.IPV4 || own.isLastingIpv6());
            }
        }
        return false;
    }

    @Override
    public Optional<LocalRoute> towards(InetAddress destination) {
        return IpVersion.of(destination) == IpVersion.IPV6
                ? first(ipv6Routes(), destination)
                : ipv4Towards(destination);
    }

    private static Optional<LocalRoute> first(List<LocalRoute> routes, InetAddress destination) {
        for (LocalRoute route : routes) {
            if (route.gateway().equals(Optional.of(destination)) || route.reaches(destination)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    private Optional<LocalRoute> ipv4Towards(InetAddress destination) {
        Machine machine = source.look();
        // With the home's way, which has an address that a route may name; the kernel's choice for anything else.
        Optional<LocalRoute> home = first(new HomeChoice(machine).ipv4Ways(), destination);
        return home.isPresent()
                ? home.map(SystemNetworkView::withoutGateway)
                : source.sourceTowards(destination)
                        .flatMap(local -> owner(machine, local))
                        .filter(own -> mayFollow(machine.kind(own.interfaceName()), own, destination))
                        .map(SystemNetworkView::attachment);
    }

    private static LocalRoute withoutGateway(LocalRoute route) {
        return new LocalRoute(route.interfaceName(), route.localAddress(), route.prefixLength(), Optional.empty());
    }

    private static LocalRoute attachment(OwnAddress own) {
        return new LocalRoute(own.interfaceName(), own.address(), own.prefixLength(), Optional.empty());
    }

    private static Optional<OwnAddress> owner(Machine machine, InetAddress local) {
        for (OwnAddress own : machine.addresses()) {
            if (own.address().equals(local)) {
                return Optional.of(own);
            }
        }
        return Optional.empty();
    }

    private static boolean mayFollow(LinkKind kind, OwnAddress own, InetAddress destination) {
        return kind.isTunnel()
                // A tunnel often has a network of one address; an address that shares most of it is its other end.
                ? new LocalRoute(
                                own.interfaceName(),
                                own.address(),
                                Math.min(own.prefixLength(), NEIGHBOURHOOD),
                                Optional.empty())
                        .reaches(destination)
                : true;
    }

    /** Links that lead to the same router as another one are among them. */
    @Override
    public Optional<LocalRoute> towards(InetAddress destination, InetAddress from) {
        Machine machine = source.look();
        if (!machine.isOwn(from) || IpVersion.of(from) != IpVersion.of(destination)) {
            return Optional.empty();
        }
        List<LocalRoute> candidates = new ArrayList<>();
        for (OwnAddress own : machine.addresses()) {
            if (own.address().equals(from)) {
                candidates.add(attachment(own));
            }
        }
        for (LocalRoute candidate : candidates) {
            if (destination.isLinkLocalAddress() || candidate.reaches(destination)) {
                return Optional.of(candidate);
            }
        }
        return towards(destination).isPresent() ? candidates.stream().findFirst() : Optional.empty();
    }
}
