package dev.ajar.profile;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The well-known ports. */
public final class ServiceCatalog {
    private static final String FILE = "/profiles/services.json";

    private final List<Service> services;

    public ServiceCatalog() {
        try (InputStream in = ServiceCatalog.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("missing from the program: " + FILE);
            }
            services =
                    JsonReader.read(in.readAllBytes()).objects("services").stream()
                            .map(ServiceCatalog::service)
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Service service(JsonObject json) {
        String protocol = json.text("protocol");
        return new Service(
                json.text("id"),
                json.text("name"),
                json.numbers("ports").stream().map(n -> new Port(Math.toIntExact(n))).toList(),
                protocol.equals("both")
                        ? List.of(Protocol.TCP, Protocol.UDP)
                        : List.of(Protocol.valueOf(protocol.toUpperCase(Locale.ROOT))),
                Service.Danger.valueOf(json.text("danger").toUpperCase(Locale.ROOT)),
                json.optionalText("why"),
                json.optionalText("safer"),
                json.optionalText("greets"));
    }

    public List<Service> all() {
        return services;
    }

    /** What usually listens there. */
    public Optional<Service> at(Protocol protocol, Port port) {
        return services.stream()
                .filter(service -> service.protocols().contains(protocol))
                .filter(service -> service.ports().contains(port))
                .findFirst();
    }

    /** What greets so, the best known first. */
    public Optional<Service> greeting(String greeting) {
        return services.stream()
                .filter(service -> service.greets().filter(greeting::equals).isPresent())
                .findFirst();
    }
}
