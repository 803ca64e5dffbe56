package dev.ajar.catalog;

import dev.ajar.json.JsonObject;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The services that usually use certain ports. */
public final class ServiceCatalog {
    private final List<WellKnownService> services;
    private final List<WellKnownService> relayed;

    public ServiceCatalog() {
        JsonObject json = ProfileFile.read("services");
        services =
                json.objects("services").stream().map(ServiceCatalog::service).toList();
        relayed = json.objects("relayed").stream().map(ServiceCatalog::service).toList();
    }

    private static WellKnownService service(JsonObject json) {
        return new WellKnownService(
                json.text("id"),
                json.text("name"),
                json.numbers("ports").stream()
                        .map(n -> new Port(Math.toIntExact(n)))
                        .toList(),
                ApplicationCatalog.protocols(json.text("protocol")),
                WellKnownService.Danger.valueOf(json.text("danger").toUpperCase(Locale.ROOT)),
                json.optionalText("why"),
                json.optionalText("safer"),
                json.optionalText("greets"));
    }

    public List<WellKnownService> all() {
        return services;
    }

    /** Of all services, those of devices among them, each once. */
    public List<String> ids() {
        return Stream.concat(services.stream(), relayed.stream())
                .map(WellKnownService::id)
                .distinct()
                .toList();
    }

    /** The service that usually uses the port. */
    public Optional<WellKnownService> at(TransportProtocol protocol, Port port) {
        return at(services, protocol, port);
    }

    private static Optional<WellKnownService> at(List<WellKnownService> among, TransportProtocol protocol, Port port) {
        return among.stream()
                .filter(service -> service.protocols().contains(protocol))
                .filter(service -> service.ports().contains(port))
                .findFirst();
    }

    /** The service on a device such as a camera, where it may be more dangerous than on a computer. */
    public Optional<WellKnownService> onDevice(TransportProtocol protocol, Port port) {
        return at(relayed, protocol, port).or(() -> at(protocol, port));
    }

    /** The best known service whose server greets in this protocol. */
    public Optional<WellKnownService> greeting(String greeting) {
        return services.stream()
                .filter(service -> service.greets().filter(greeting::equals).isPresent())
                .findFirst();
    }
}
