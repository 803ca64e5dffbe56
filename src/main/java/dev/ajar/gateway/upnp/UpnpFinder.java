package dev.ajar.gateway.upnp;

import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.Finding;
import dev.ajar.gateway.GatewayFinder;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.upnp.ssdp.SsdpMessages;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Method;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.DatagramPorts;
import java.util.List;
import java.util.Set;

/** Finds Internet Gateway Devices: by a given root description, or by SSDP. */
public final class UpnpFinder implements GatewayFinder {
    private final DatagramPorts ports;
    private final SsdpTargets targets;
    private final UpnpGateways gateways;
    private final SsdpMessages messages = new SsdpMessages();

    public UpnpFinder(DatagramPorts ports, SsdpTargets targets, UpnpGateways gateways) {
        this.ports = ports;
        this.targets = targets;
        this.gateways = gateways;
    }

    @Override
    public Set<Method> methods() {
        return Set.of(Method.UPNP);
    }

    @Override
    public Finding find(SearchScope scope, Deadline deadline) {
        if (!scope.methods().contains(Method.UPNP)) {
            return Finding.NOTHING;
        }
        if (scope.location().isPresent()) {
            return new KnownLocation(gateways).find(scope, scope.location().get(), deadline);
        }
        return switch (ports.searching(scope.route())) {
            case Result.Err<DatagramPort>(Failure failure) ->
                new Finding(
                        List.of(),
                        List.of(new Attempt(
                                scope.route().interfaceName(),
                                "SSDP",
                                "search on " + Addresses.text(scope.route().localAddress()),
                                Attempt.Outcome.UNREACHABLE,
                                failure.detail())));
            case Result.Ok<DatagramPort>(DatagramPort port) -> {
                try (port) {
                    yield new SsdpSearch(messages, targets, gateways, scope, port, deadline).run();
                }
            }
        };
    }
}
