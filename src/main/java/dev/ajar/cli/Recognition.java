package dev.ajar.cli;

import dev.ajar.cli.input.BadInput;
import dev.ajar.doctor.Premises;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.model.Method;
import dev.ajar.model.RouterText;
import dev.ajar.profile.GuideCatalog;
import dev.ajar.profile.RouterGuide;
import dev.ajar.profile.RouterTraces;
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
record Recognition(RouterGuide guide, String how, Optional<InetAddress> router) {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** As somebody named it. */
    static Recognition named(String name, Premises premises) throws BadInput {
        GuideCatalog catalog = new GuideCatalog();
        RouterGuide guide = catalog.find(name)
                .orElseThrow(() -> new BadInput("ajar knows no router called \""
                        + new RouterText(name).display()
                        + "\"; ajar routers lists them, and \"generic\" is for any other"));
        return new Recognition(guide, "as you named it", gateway(premises));
    }

    /** By what it says of itself: its UPnP description among {@code found}, its page, its network card. */
    static Recognition of(List<GatewayInfo> found, Premises premises) {
        GuideCatalog catalog = new GuideCatalog();
        Optional<InetAddress> router = gateway(premises)
                .or(() -> found.stream().map(info -> info.id().address()).findFirst());
        Optional<RouterTraces> described = found.stream()
                .filter(info -> info.method() == Method.UPNP)
                .filter(info -> router.filter(info.id().address()::equals).isPresent())
                .map(info -> RouterTraces.described(
                        info.manufacturer().display(), info.model().display()))
                .findFirst();
        Optional<RouterGuide> guide = described.flatMap(catalog::recognise);
        if (guide.isPresent()) {
            return new Recognition(guide.get(), "by what it calls itself", router);
        }
        Optional<LocalRoute> home = premises.home();
        Optional<RouterGuide> seen = home.flatMap(route -> route.gateway()
                .map(gate -> premises.traces(route, gate, PATIENCE))
                .flatMap(catalog::recognise));
        return seen.map(known -> new Recognition(known, "by its page or its network card", router))
                .orElseGet(() -> new Recognition(
                        catalog.generic(), "not recognised; if you know its make: --router NAME", router));
    }

    private static Optional<InetAddress> gateway(Premises premises) {
        return premises.home().flatMap(LocalRoute::gateway);
    }
}
