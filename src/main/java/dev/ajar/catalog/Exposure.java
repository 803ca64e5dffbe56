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
 * Whether ports may be opened to the whole internet. The internal port decides, because the service listens there, and another
 * external port does not protect it.
 */
public final class Exposure {
    private final List<WellKnownService> found = new ArrayList<>();
    private final Set<String> agreed;

    /** @param agreed the services the user has confirmed */
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

    /** Judges ports of devices, which get updates less often than computers. */
    public static Exposure ofDevices(ServiceCatalog services, List<DevicePort> ports, Set<String> agreed) {
        return new Exposure(
                ports.stream().flatMap(port -> services.onDevice(port.protocol(), port.port()).stream()), agreed);
    }

    /** A port of a device that a relay leads to. */
    public record DevicePort(TransportProtocol protocol, Port port) {}

    /** The first service that has to be confirmed and is not; empty where the ports may be opened. */
    public Optional<WellKnownService> unconfirmed() {
        return found.stream()
                .filter(service -> service.danger().needsYes())
                .filter(service -> !agreed.contains(service.id()))
                .findFirst();
    }

    /** Why the ports may not be opened; empty where they may. The remedy is an option of the command line. */
    public Optional<Failure> objection() {
        return unconfirmed()
                .map(service -> new Failure.Unsafe(
                        danger(service),
                        Message.of(
                                "exposure.refused-next",
                                "safer",
                                service.safer().orElse(""),
                                "id",
                                service.id())));
    }

    /** What opening {@code service} means, as a sentence without a full stop. */
    public static Message danger(WellKnownService service) {
        return Message.of(
                "exposure.refused",
                "service",
                service.name(),
                "why",
                service.why().orElse(""));
    }

    /** The risks of each service, one line each. */
    public List<Message> warnings() {
        return found.stream()
                .map(service -> Message.of(
                        "exposure.warning",
                        "service",
                        service.name(),
                        "why",
                        service.why().orElse(""),
                        "safer",
                        service.safer().orElse("")))
                .toList();
    }
}
