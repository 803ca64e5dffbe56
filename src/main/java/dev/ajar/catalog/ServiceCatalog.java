package dev.ajar.catalog;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The well-known ports. */
public final class ServiceCatalog {
    private static final String FILE = "/profiles/services.json";

    private final List<WellKnownService> services;
    private final List<WellKnownService> relayed;

    public ServiceCatalog() {
        try (InputStream in = ServiceCatalog.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("missing from the program: " + FILE);
            }
            JsonObject json = JsonReader.read(in.readAllBytes());
            services = json.objects("services").stream()
                    .map(ServiceCatalog::service)
                    .toList();
            relayed = json.objects("relayed").stream()
                    .map(ServiceCatalog::service)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WellKnownService service(JsonObject json) {
        String protocol = json.text("protocol");
        return new WellKnownService(
                json.text("id"),
                json.text("name"),
                json.numbers("ports").stream()
                        .map(n -> new Port(Math.toIntExact(n)))
                        .toList(),
                protocol.equals("both")
                        ? List.of(TransportProtocol.TCP, TransportProtocol.UDP)
                        : List.of(TransportProtocol.valueOf(protocol.toUpperCase(Locale.ROOT))),
                WellKnownService.Danger.valueOf(json.text("danger").toUpperCase(Locale.ROOT)),
                json.optionalText("why"),
                json.optionalText("safer"),
                json.optionalText("greets"));
    }

    public List<WellKnownService> all() {
        return services;
    }

    /** What usually listens there. */
    public Optional<WellKnownService> at(TransportProtocol protocol, Port port) {
        return at(services, protocol, port);
    }

    private static Optional<WellKnownService> at(List<WellKnownService> among, TransportProtocol protocol, Port port) {
        return among.stream()
                .filter(service -> service.protocols().contains(protocol))
                .filter(service -> service.ports().contains(port))
                .findFirst();
    }

    /** What is behind it when it is a device's, and may be more dangerous there than on a computer. */
    public Optional<WellKnownService> onDevice(TransportProtocol protocol, Port port) {
        return at(relayed, protocol, port).or(() -> at(protocol, port));
    }

    /** What greets so, the best known first. */
    public Optional<WellKnownService> greeting(String greeting) {
        return services.stream()
                .filter(service -> service.greets().filter(greeting::equals).isPresent())
                .findFirst();
    }
}
