package dev.ajar.catalog;

import dev.ajar.json.JsonObject;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The services that usually use certain ports. */
public final class ServiceCatalog {
    private final List<Long> oftenBlocked;
    private final List<JsonObject> services;
    private final List<JsonObject> relayed;

    /**
     * The services themselves are made when they are asked for: a command that opens one port needs one of them, or
     * none.
     */
    private final Map<Long, List<JsonObject>> servicesByPort;

    private final Map<Long, List<JsonObject>> relayedByPort;

    public ServiceCatalog() {
        JsonObject json = ProfileFile.read("services");
        oftenBlocked = json.numbers("often_blocked");
        services = json.objects("services");
        relayed = json.objects("relayed");
        servicesByPort = byPort(services);
        relayedByPort = byPort(relayed);
    }

    private static Map<Long, List<JsonObject>> byPort(List<JsonObject> services) {
        Map<Long, List<JsonObject>> byPort = new HashMap<>();
        for (JsonObject service : services) {
            for (Long port : service.numbers("ports")) {
                byPort.computeIfAbsent(port, first -> new ArrayList<>()).add(service);
            }
        }
        return byPort;
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
        return services.stream().map(ServiceCatalog::service).toList();
    }

    /** Of all services, those of devices among them, each once. */
    public List<String> ids() {
        return Stream.concat(services.stream(), relayed.stream())
                .map(service -> service.text("id"))
                .distinct()
                .toList();
    }

    /** Whether many providers let nothing in to homes on that port. */
    public boolean isOftenBlocked(Port port) {
        return oftenBlocked.contains((long) port.number());
    }

    /** The service that usually uses the port. */
    public Optional<WellKnownService> at(TransportProtocol protocol, Port port) {
        return at(servicesByPort, protocol, port);
    }

    private static Optional<WellKnownService> at(
            Map<Long, List<JsonObject>> among, TransportProtocol protocol, Port port) {
        return among.getOrDefault((long) port.number(), List.of()).stream()
                .map(ServiceCatalog::service)
                .filter(service -> service.protocols().contains(protocol))
                .findFirst();
    }

    /** The service on a device such as a camera, where it may be more dangerous than on a computer. */
    public Optional<WellKnownService> onDevice(TransportProtocol protocol, Port port) {
        return at(relayedByPort, protocol, port).or(() -> at(protocol, port));
    }

    /** The best known service whose server greets in this protocol. */
    public Optional<WellKnownService> greeting(String greeting) {
        return all().stream()
                .filter(service -> service.greets().filter(greeting::equals).isPresent())
                .findFirst();
    }
}
