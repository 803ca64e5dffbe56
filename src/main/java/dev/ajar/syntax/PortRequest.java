package dev.ajar.syntax;

import dev.ajar.model.EntryName;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.util.List;

/** One port as the user typed it. */
public record PortRequest(TransportProtocol protocol, Port externalPort, Port internalPort) {
    /** The mapping to ask the router for. */
    public Mapping toMapping(MappingTerms terms) {
        return new Mapping(
                protocol,
                externalPort,
                terms.portPolicy(),
                terms.device()
                        .<Target>map(device -> new Target.OtherHost(device, internalPort))
                        .orElseGet(() -> new Target.ThisHost(internalPort)),
                terms.lease(),
                terms.name().orElseGet(() -> EntryName.standard(protocol, externalPort)),
                terms.remote());
    }

    /** {@link #toMapping} of each. */
    public static List<Mapping> toMappings(List<PortRequest> ports, MappingTerms terms) {
        return ports.stream().map(port -> port.toMapping(terms)).toList();
    }
}
