package dev.ajar.keeper;

import dev.ajar.discovery.GatewayCandidates;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.MissingHome;
import dev.ajar.system.NetworkView;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A simulated LAN with one router, for a machine that may be unplugged or get another address. */
final class SimNetwork implements NetworkView, GatewaySource {
    private final SimRouter router;
    private final InetAddress gateway;
    private InetAddress local = Samples.HERE;
    private boolean attached = true;

    SimNetwork(SimRouter router) {
        this(router, Samples.GATEWAY);
    }

    SimNetwork(SimRouter router, InetAddress gateway) {
        this.router = router;
        this.gateway = gateway;
    }

    /** Both interfaces have one of their own. */
    @Override
    public Optional<MissingHome> missingHome() {
        return NetworkView.super.missingHome();
    }

    InetAddress gateway() {
        return gateway;
    }

    void move(InetAddress address) {
        local = address;
    }

    void attach(boolean now) {
        attached = now;
    }

    InetAddress local() {
        return local;
    }

    boolean isThere(InetAddress from) {
        return attached && local.equals(from);
    }

    Optional<LocalRoute> route() {
        return attached
                ? Optional.of(new LocalRoute("eth0", local, 24, Optional.of(Samples.GATEWAY)))
                : Optional.empty();
    }

    @Override
    public List<LocalRoute> routes() {
        return route().map(List::of).orElse(List.of());
    }

    @Override
    public Optional<LocalRoute> towards(InetAddress destination) {
        return route();
    }

    private boolean finds(Deadline deadline) {
        boolean found = attached && router.receives();
        router.clock.advance(found ? java.time.Duration.ofMillis(20) : deadline.remaining());
        return found;
    }

    @Override
    public boolean mayBeSlow(GatewaySelector selection) {
        return router.speaks.stream()
                .anyMatch(method ->
                        method.traits().isSlow() && selection.protocols().allows(method));
    }

    @Override
    public GatewayCandidates search(GatewaySelector selection, Deadline deadline) {
        List<Gateway> found = new ArrayList<>();
        if (finds(deadline)) {
            for (MappingProtocol method : new TreeSet<>(router.speaks)) {
                if (selection.protocols().allows(method)) {
                    found.add(new SimGateway(router, this, method));
                }
            }
        }
        return new GatewayCandidates() {
            @Override
            public Optional<Gateway> next(Set<Capability> needed) {
                Optional<Gateway> best = found.stream()
                        .filter(g -> g.info().capabilities().containsAll(needed))
                        .findFirst();
                best.ifPresent(found::remove);
                return best;
            }

            @Override
            public List<ProbeAttempt> attempts() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public DiscoveryResult explore(GatewaySelector selection, Deadline deadline) {
        return DiscoveryResult.NOTHING;
    }

    @Override
    public boolean mayBeInFront(InetAddress address) {
        return false;
    }

    @Override
    public boolean mayBeDevice(InetAddress address, GatewaySelector selection) {
        return true;
    }

    @Override
    public Result<Gateway> reopen(Claim claim, Deadline deadline) {
        MappingProtocol method = claim.gateway().method();
        return finds(deadline) && router.speaks.contains(method)
                ? Result.ok(new SimGateway(router, this, method))
                : Result.err(new Failure.NoGateway(Message.verbatim("not there")));
    }
}
