package dev.ajar.syntax;

import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.model.Endpoint;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.RelayRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One port to be relayed.
 *
 * @param external the port on the router
 * @param listen the port on this machine
 */
public record RelayPortRequest(TransportProtocol protocol, Port external, Port listen, Endpoint device) {
    /**
     * The mapping to ask the router for, which leads to this machine.
     *
     * @param name its name in the router's list; empty for the standard one
     */
    public Mapping mapping(LeaseDuration lease, Optional<String> name) {
        return new PortRequest(protocol, external, listen)
                .toMapping(MappingTerms.of(lease).called(name));
    }

    /**
     * The rule with the usual limits.
     *
     * @param allow the addresses that may connect; empty for all
     */
    public RelayRule rule(List<Subnet> allow) {
        return new RelayRule(
                protocol,
                external,
                listen,
                device,
                allow,
                RelayLimits.standard(RelayLimits.idle(protocol)),
                Optional.empty());
    }

    /**
     * Judges whether the devices' ports may be open to the internet.
     *
     * @param allow the addresses that may connect; empty for all
     */
    public static Exposure exposure(List<RelayPortRequest> requests, Set<String> agreed, List<Subnet> allow) {
        return Exposure.ofDevices(
                new ServiceCatalog(),
                requests.stream()
                        .map(request -> new Exposure.DevicePort(request.protocol, request.device.port()))
                        .toList(),
                agreed,
                allow);
    }
}
