package dev.ajar.gateway.upnp.search;

import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.GatewayFinder;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.SearchWatch;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.DatagramPorts;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds Internet Gateway Devices: by a given root description, or by SSDP. */
public final class UpnpFinder implements GatewayFinder {
    private final DatagramPorts ports;
    private final SsdpTargets targets;
    private final UpnpGatewayFactory gateways;
    private final SsdpMessages messages = new SsdpMessages();

    public UpnpFinder(DatagramPorts ports, SsdpTargets targets, UpnpGatewayFactory gateways) {
        this.ports = ports;
        this.targets = targets;
        this.gateways = gateways;
    }

    @Override
    public Set<MappingProtocol> methods() {
        return Set.of(UpnpProtocol.UPNP);
    }

    @Override
    public DiscoveryResult find(SearchScope scope, Deadline deadline) {
        return find(scope, deadline, SearchWatch.NONE);
    }

    @Override
    public DiscoveryResult find(SearchScope scope, Deadline deadline, SearchWatch watch) {
        if (!scope.allows(UpnpProtocol.UPNP)) {
            return DiscoveryResult.NOTHING;
        }
        if (scope.location().isPresent()) {
            return new KnownLocation(gateways).find(scope, scope.location().get(), deadline);
        }
        return switch (ports.searching(scope.route())) {
            case Result.Err<DatagramPort>(Failure failure) ->
                new DiscoveryResult(
                        List.of(),
                        List.of(search(
                                scope,
                                Message.of(
                                        "upnp.search-on",
                                        "address",
                                        Addresses.text(scope.route().localAddress())),
                                ProbeAttempt.ProbeOutcome.UNREACHABLE,
                                failure.detail())));
            case Result.Ok<DatagramPort>(DatagramPort port) -> {
                try (port) {
                    yield new SsdpSearch(messages, targets, gateways, scope, port, deadline, watch).run();
                }
            }
        };
    }

    /** An attempt to find devices by SSDP. */
    static ProbeAttempt search(SearchScope scope, Message asked, ProbeAttempt.ProbeOutcome outcome, Message detail) {
        return new ProbeAttempt(
                scope.route().interfaceName(), ProbeAttempt.Stage.DISCOVERY, UpnpProtocol.UPNP, asked, outcome, detail);
    }

    /** Where a search by SSDP sends its questions. */
    static Message asked(SearchScope scope, List<InetSocketAddress> groups) {
        String address = Addresses.text(scope.route().localAddress());
        String places = Stream.concat(scope.gateway().stream(), groups.stream().map(InetSocketAddress::getAddress))
                .map(Addresses::text)
                .collect(Collectors.joining(", "));
        return places.isEmpty()
                ? Message.of("upnp.search-on", "address", address)
                : Message.of("upnp.search", "address", address, "places", places);
    }
}
