package dev.ajar.catalog;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether ports may be opened to strangers. The internal port counts: that is where the service is; another number
 * outside hides it from nobody.
 */
public final class Exposure {
    private final List<WellKnownService> found = new ArrayList<>();
    private final Set<String> agreed;

    /** @param agreed the services somebody is sure about */
    public Exposure(ServiceCatalog services, List<Mapping> mappings, Set<String> agreed) {
        this(
                mappings.stream()
                        .flatMap(mapping ->
                                services.at(mapping.protocol(), mapping.target().port()).stream()),
                agreed);
    }

    private Exposure(Stream<WellKnownService> behind, Set<String> agreed) {
        this.agreed = Set.copyOf(agreed);
        behind.filter(service -> service.danger() != WellKnownService.Danger.FINE)
                .distinct()
                .forEach(found::add);
    }

    /** Of ports of devices, which are seldom as well looked after as a computer. */
    public static Exposure ofDevices(ServiceCatalog services, List<DevicePort> ports, Set<String> agreed) {
        return new Exposure(
                ports.stream().flatMap(port -> services.onDevice(port.protocol(), port.port()).stream()), agreed);
    }

    /** Where a relay leads. */
    public record DevicePort(TransportProtocol protocol, Port port) {}

    /** Why they may not; empty where they may. */
    public Optional<Failure> objection() {
        return found.stream()
                .filter(service -> service.danger().needsYes())
                .filter(service -> !agreed.contains(service.id()))
                .findFirst()
                .map(service -> new Failure.Unsafe(
                        Message.verbatim("that would open "
                                + service.name()
                                + " to the whole internet: "
                                + service.why().orElse("")),
                        Message.verbatim(service.safer().orElse("") + ". If you are sure: --yes-expose " + service.id())));
    }

    /** What can go wrong with those that may, a line each. */
    public List<String> warnings() {
        return found.stream()
                .map(service -> "This opens "
                        + service.name()
                        + " to the whole internet: "
                        + service.why().orElse("")
                        + ". "
                        + service.safer().orElse("")
                        + ".")
                .toList();
    }
}
