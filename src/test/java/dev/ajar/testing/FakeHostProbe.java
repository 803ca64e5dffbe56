package dev.ajar.testing;

import dev.ajar.catalog.RouterTraces;
import dev.ajar.doctor.HostProbe;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import dev.ajar.system.host.HostInspector;
import dev.ajar.system.host.ListeningSocket;
import dev.ajar.system.host.Neighbour;
import dev.ajar.system.host.Redirection;
import dev.ajar.system.machine.AnswerRoute;
import dev.ajar.system.machine.LocalServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine whose state a test sets. */
public final class FakeHostProbe implements HostProbe, HostInspector {
    public List<LocalRoute> routes = new ArrayList<>();
    public Optional<List<ListeningSocket>> listeners = Optional.of(new ArrayList<>());
    public FirewallState firewall = new FirewallState.Open();

    /** What it does with connections over one version of IP, where that is something else. */
    public final Map<IpVersion, FirewallState> firewalls = new EnumMap<>(IpVersion.class);

    /** The command that lets a port, written as PORT, in, where the firewall keeps all closed. */
    public Optional<String> remedies = Optional.empty();

    /** Ports that the firewall lets in, whatever it does with others: {@code tcp 25565}. */
    public final List<String> letIn = new ArrayList<>();

    /** Where it sends what comes to a port on to, over one version of IP: {@code tcp 25565 IPv4}. */
    public final Map<String, Redirection> redirections = new HashMap<>();

    /** Ports that no program has over IPv4, although one listens at the wildcard of IPv6. */
    public final List<Port> freeOverIpv4 = new ArrayList<>();

    /** The devices that its kernel has talked to lately. */
    public List<Neighbour> neighbours = List.of();

    public boolean container;
    public Optional<AnswerRoute> detour = Optional.empty();

    /** The only router whose connections are answered past it; empty for every one. */
    public Optional<InetAddress> detouredRouter = Optional.empty();

    public RouterTraces traces = RouterTraces.NONE;
    public final Map<Port, String> greetings = new HashMap<>();

    /** How the interfaces begin that a scenario means as tunnels and bridges of containers. */
    public List<String> virtual = List.of("wg", "tun", "tap", "utun", "docker", "br-", "veth", "virbr", "ppp");

    public FakeHostProbe(List<LocalRoute> routes) {
        this.routes.addAll(routes);
    }

    @Override
    public List<LocalRoute> routes() {
        return routes;
    }

    @Override
    public boolean isVirtual(String interfaceName) {
        return virtual.stream().anyMatch(interfaceName::startsWith);
    }

    @Override
    public Optional<AnswerRoute> detour(InetAddress own, Optional<InetAddress> gateway, Optional<LocalServer> server) {
        return detouredRouter.isEmpty() || detouredRouter.equals(gateway) ? detour : Optional.empty();
    }

    @Override
    public HostInspector host() {
        return this;
    }

    @Override
    public RouterTraces traces(LocalRoute route, InetAddress router, Duration patience) {
        return traces;
    }

    @Override
    public Optional<String> greeting(InetAddress address, Port port, Duration patience) {
        return Optional.ofNullable(greetings.get(port));
    }

    @Override
    public Optional<List<ListeningSocket>> listeners() {
        return listeners;
    }

    @Override
    public FirewallState firewall(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        if (remedies.isPresent()) {
            return new FirewallState.Closed("fake", remedies.get().replace("PORT", port.toString()));
        }
        return letIn.contains(protocol.label() + " " + port)
                ? new FirewallState.Open()
                : firewalls.getOrDefault(ipVersion, firewall);
    }

    @Override
    public Optional<Redirection> redirection(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        return Optional.ofNullable(redirections.get(protocol.label() + " " + port + " " + ipVersion.label()));
    }

    @Override
    public boolean isFree(TransportProtocol protocol, InetAddress at, Port port) {
        return IpVersion.of(at) == IpVersion.IPV4 && freeOverIpv4.contains(port);
    }

    @Override
    public boolean isContainer() {
        return container;
    }

    @Override
    public Optional<List<Neighbour>> neighbours() {
        return Optional.of(neighbours);
    }

    @Override
    public Optional<String> neighbour(InetAddress address) {
        return traces.mac().isEmpty() ? Optional.empty() : Optional.of(traces.mac());
    }
}
