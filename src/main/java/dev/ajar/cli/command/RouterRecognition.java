package dev.ajar.cli.command;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.catalog.RouterTraces;
import dev.ajar.doctor.HostProbe;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which make of router this is.
 *
 * @param guide the one for any other router where it is not known
 * @param how for people
 * @param router its address, where there is one
 */
record RouterRecognition(RouterGuide guide, String how, Optional<InetAddress> router) {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** As somebody named it. */
    static RouterRecognition named(String name, HostProbe hostProbe) throws InvalidInputException {
        GuideCatalog catalog = new GuideCatalog();
        RouterGuide guide = catalog.find(name)
                .orElseThrow(() -> new InvalidInputException("ajar knows no router called \""
                        + new RouterText(name).display()
                        + "\"; ajar routers lists them, and \"generic\" is for any other"));
        return new RouterRecognition(guide, "as you named it", gateway(hostProbe));
    }

    /** By what it says of itself: its UPnP description among {@code found}, its page, its network card. */
    static RouterRecognition of(List<GatewayInfo> found, HostProbe hostProbe) {
        GuideCatalog catalog = new GuideCatalog();
        Optional<InetAddress> router = gateway(hostProbe)
                .or(() -> found.stream().map(info -> info.id().address()).findFirst());
        Optional<RouterTraces> described = found.stream()
                .filter(info -> info.method() == MappingProtocol.UPNP)
                .filter(info -> router.filter(info.id().address()::equals).isPresent())
                .map(info -> RouterTraces.described(
                        info.manufacturer().display(), info.model().display()))
                .findFirst();
        Optional<RouterGuide> guide = described.flatMap(catalog::recognise);
        if (guide.isPresent()) {
            return new RouterRecognition(guide.get(), "by what it calls itself", router);
        }
        Optional<LocalRoute> home = hostProbe.home();
        Optional<RouterGuide> seen = home.flatMap(route -> route.gateway()
                .map(gate -> hostProbe.traces(route, gate, PATIENCE))
                .flatMap(catalog::recognise));
        return seen.map(known -> new RouterRecognition(known, "by its page or its network card", router))
                .orElseGet(() -> new RouterRecognition(
                        catalog.generic(), "not recognised; if you know its make: --router NAME", router));
    }

    private static Optional<InetAddress> gateway(HostProbe hostProbe) {
        return hostProbe.home().flatMap(LocalRoute::gateway);
    }
}
