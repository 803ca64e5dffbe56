package dev.ajar.service;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.catalog.RouterTraces;
import dev.ajar.doctor.HostProbe;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.NearWord;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The make of the router.
 *
 * @param guide the generic one if the make is not known
 * @param how the make was recognised
 * @param router its address, if there is a route to it
 */
public record RouterRecognition(RouterGuide guide, Message how, Optional<InetAddress> router) {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** By the name that the user gave. */
    public static RouterRecognition named(String name, HostProbe hostProbe) throws InvalidInputException {
        GuideCatalog catalog = new GuideCatalog();
        RouterGuide guide = catalog.find(name).orElseThrow(() -> unknown(name, catalog));
        return new RouterRecognition(guide, Message.of("command.router-named"), gateway(hostProbe));
    }

    private static InvalidInputException unknown(String name, GuideCatalog catalog) {
        String shown = new RouterText(name).display();
        return new InvalidInputException(NearWord.of(
                        name,
                        catalog.all().stream()
                                .flatMap(guide -> Stream.concat(Stream.of(guide.id()), guide.aliases().stream()))
                                .toList())
                .map(near -> Message.of("command.guide-no-router-but", "name", shown, "near", near))
                .orElse(Message.of("command.guide-no-router", "name", shown)));
    }

    /** By its UPnP description among {@code found}, its page, or the maker of its network card. */
    public static RouterRecognition of(List<GatewayInfo> found, HostProbe hostProbe) {
        return of(found, hostProbe, GuideCatalog::new);
    }

    /** The same with guides that may be read already. */
    public static RouterRecognition of(List<GatewayInfo> found, HostProbe hostProbe, Supplier<GuideCatalog> guides) {
        GuideCatalog catalog = guides.get();
        Optional<InetAddress> router = gateway(hostProbe)
                .or(() -> found.stream().map(info -> info.id().address()).findFirst());
        Optional<RouterTraces> described = found.stream()
                .filter(info -> info.location().isPresent())
                .filter(info -> router.filter(info.id().address()::equals).isPresent())
                .map(info -> RouterTraces.described(
                        info.manufacturer().display(), info.model().display()))
                .findFirst();
        Optional<RouterGuide> guide = described.flatMap(catalog::recognise);
        if (guide.isPresent()) {
            return new RouterRecognition(guide.get(), Message.of("command.router-described"), router);
        }
        Optional<LocalRoute> home = hostProbe.home();
        Optional<RouterGuide> seen = home.flatMap(route -> route.gateway()
                .map(gate -> hostProbe.traces(route, gate, PATIENCE))
                .flatMap(catalog::recognise));
        return seen.map(known -> new RouterRecognition(known, Message.of("command.router-seen"), router))
                .orElseGet(
                        () -> new RouterRecognition(catalog.generic(), Message.of("command.router-unknown"), router));
    }

    private static Optional<InetAddress> gateway(HostProbe hostProbe) {
        return hostProbe.home().flatMap(LocalRoute::gateway);
    }
}
