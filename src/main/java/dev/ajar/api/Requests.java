package dev.ajar.api;

import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.catalog.WellKnownService;
import dev.ajar.message.Message;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests in the words of the domain. */
final class Requests {
    private Requests() {}

    static boolean isSource(String text) {
        return Subnet.parse(text).isPresent();
    }

    /** A mapping for each protocol. */
    static List<Mapping> mappings(PortRequest request) {
        List<Mapping> all = new ArrayList<>();
        if (request.isTcp()) {
            all.add(mapping(request, TransportProtocol.TCP));
        }
        if (request.isUdp()) {
            all.add(mapping(request, TransportProtocol.UDP));
        }
        return all;
    }

    private static Mapping mapping(PortRequest request, TransportProtocol protocol) {
        Port external = new Port(request.external());
        Port port = new Port(request.port());
        return new Mapping(
                protocol,
                external,
                request.isAnyExternalPort() ? PortPolicy.ANY_FREE : PortPolicy.EXACT,
                request.device()
                        .<Target>map(device -> new Target.OtherHost(device, port))
                        .orElseGet(() -> new Target.ThisHost(port)),
                new LeaseDuration.Finite(request.lease()),
                request.name().orElseGet(() -> EntryName.standard(protocol, external)),
                request.source().flatMap(Subnet::parse));
    }

    /** Why these ports may not be opened without the user's consent. */
    static Optional<Failure> objection(PortRequest request, List<Mapping> mappings) {
        Exposure exposure = new Exposure(new ServiceCatalog(), mappings, request.accepted());
        return exposure.unconfirmed().map(service -> objection(exposure, service));
    }

    private static Failure objection(Exposure exposure, WellKnownService service) {
        return new Failure.Unsafe(
                exposure.danger(service),
                Message.of("library.unsafe-next", "safer", service.safer().orElse(""), "service", service.id()));
    }
}
