package dev.ajar.testing;

import dev.ajar.doctor.Premises;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import dev.ajar.profile.RouterTraces;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.VirtualInterfaces;
import dev.ajar.system.host.FirewallVerdict;
import dev.ajar.system.host.Host;
import dev.ajar.system.host.Listener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine that is as a test wants it. */
public final class FakePremises implements Premises, Host {
    public List<LocalRoute> routes = new ArrayList<>();
    public Optional<List<Listener>> listeners = Optional.of(new ArrayList<>());
    public FirewallVerdict firewall = new FirewallVerdict.Open();
    public boolean container;
    public RouterTraces traces = RouterTraces.NONE;
    public final Map<Port, String> greetings = new HashMap<>();

    public FakePremises(List<LocalRoute> routes) {
        this.routes.addAll(routes);
    }

    @Override
    public List<LocalRoute> routes() {
        return routes;
    }

    @Override
    public boolean isVirtual(String interfaceName) {
        return VirtualInterfaces.isVirtual(interfaceName);
    }

    @Override
    public Host host() {
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
    public Optional<List<Listener>> listeners() {
        return listeners;
    }

    @Override
    public FirewallVerdict firewall(Protocol protocol, Port port) {
        return firewall;
    }

    @Override
    public boolean isContainer() {
        return container;
    }

    @Override
    public boolean knowsNeighbours() {
        return true;
    }

    @Override
    public Optional<String> neighbour(InetAddress address) {
        return traces.mac().isEmpty() ? Optional.empty() : Optional.of(traces.mac());
    }
}
