package dev.ajar.container;

import dev.ajar.message.Message;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.Owner;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the mappings of containers stand with their routers.
 *
 * @param heard the engines and containers that the mappings follow by now
 * @param rows the mappings that are to be open
 * @param refusals what containers asked for and do not have
 * @param leaving the external ports of mappings that are still to be removed from a router, whose ever they were
 */
public record ContainerReport(
        Set<Owner.Container> heard, List<Row> rows, List<ContainerPlan.Refusal> refusals, Set<Place> leaving) {
    public ContainerReport {
        heard = Set.copyOf(heard);
        rows = List.copyOf(rows);
        refusals = List.copyOf(refusals);
        leaving = Set.copyOf(leaving);
    }

    /** What no two mappings of a router share. */
    public record Place(TransportProtocol protocol, Port external) {
        public static Place of(Mapping mapping) {
            return new Place(mapping.protocol(), mapping.externalPort());
        }

        /** As {@code tcp/25565}. */
        @Override
        public String toString() {
            return protocol.label() + "/" + external;
        }
    }

    /** One mapping of a container. */
    public record Row(Owner.Container owner, Mapping mapping, PortStatus standing) {
        public Place place() {
            return Place.of(mapping);
        }
    }

    /** How a mapping stands. */
    public sealed interface PortStatus {
        /** No router has answered yet. */
        record Waiting() implements PortStatus {}

        /** @param address the router's on the internet side, as it told it last */
        record Open(Optional<InetAddress> address) implements PortStatus {}

        /** It is not open; the router is being asked again. */
        record Failed(Message why) implements PortStatus {}
    }
}
