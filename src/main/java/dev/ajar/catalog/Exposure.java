package dev.ajar.catalog;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether ports may be opened to the whole internet, or to some of it. The internal port decides, because the service
 * listens there, and another external port does not protect it.
 */
public final class Exposure {
    private final List<WellKnownService> found = new ArrayList<>();
    private final Set<String> agreed;

    /** Who may connect, where that is not the whole internet. */
    private final Optional<String> allowed;

    /** @param agreed the services the user has confirmed */
    public Exposure(ServiceCatalog services, List<Mapping> mappings, Set<String> agreed) {
        this(
                mappings.stream()
                        .flatMap(mapping ->
                                services.at(mapping.protocol(), mapping.target().port()).stream()),
                agreed,
                List.of());
    }

    private Exposure(Stream<WellKnownService> behind, Set<String> agreed, List<Subnet> allow) {
        this.agreed = Set.copyOf(agreed);
        boolean all = allow.isEmpty() || allow.stream().anyMatch(subnet -> subnet.prefixLength() == 0);
        this.allowed = all
                ? Optional.empty()
                : Optional.of(allow.stream().map(Subnet::toString).collect(Collectors.joining(", ")));
        behind.filter(service -> service.danger() != WellKnownService.Danger.FINE)
                .distinct()
                .forEach(found::add);
    }

    /**
     * Judges ports of devices, which get updates less often than computers.
     *
     * @param allow the addresses that may connect; empty for all
     */
    public static Exposure ofDevices(
            ServiceCatalog services, List<DevicePort> ports, Set<String> agreed, List<Subnet> allow) {
        return new Exposure(
                ports.stream().flatMap(port -> services.onDevice(port.protocol(), port.port()).stream()),
                agreed,
                allow);
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
        return unconfirmed().map(service -> new Failure.Unsafe(danger(service), remedy(service)));
    }

    private Message remedy(WellKnownService service) {
        return allowed.isPresent()
                ? Message.of("exposure.refused-to-some-next", "id", service.id())
                : Message.of("exposure.refused-next", "safer", service.safer().orElse(""), "id", service.id());
    }

    /** What opening {@code service} means, as a sentence without a full stop. */
    public Message danger(WellKnownService service) {
        String why = service.why().orElse("");
        return allowed.map(who ->
                        Message.of("exposure.refused-to-some", "service", service.name(), "who", who, "why", why))
                .orElseGet(() -> Message.of("exposure.refused", "service", service.name(), "why", why));
    }

    /** The risks of each service, one line each. */
    public List<Message> warnings() {
        return found.stream().map(this::warning).toList();
    }

    private Message warning(WellKnownService service) {
        String why = service.why().orElse("");
        return allowed.map(who ->
                        Message.of("exposure.warning-to-some", "service", service.name(), "who", who, "why", why))
                .orElseGet(() -> Message.of(
                        "exposure.warning",
                        "service",
                        service.name(),
                        "why",
                        why,
                        "safer",
                        service.safer().orElse("")));
    }
}
