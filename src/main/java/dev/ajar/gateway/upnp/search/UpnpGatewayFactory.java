package dev.ajar.gateway.upnp.search;

import dev.ajar.catalog.ProfileCatalog;
import dev.ajar.catalog.Quirks;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.gateway.upnp.control.SoapWanConnection;
import dev.ajar.gateway.upnp.control.UpnpGateway;
import dev.ajar.gateway.upnp.control.WanConnection;
import dev.ajar.gateway.upnp.description.DescriptionReader;
import dev.ajar.gateway.upnp.description.FirewallReader;
import dev.ajar.gateway.upnp.description.IgdDescription;
import dev.ajar.gateway.upnp.description.RouterUrl;
import dev.ajar.gateway.upnp.description.WanService;
import dev.ajar.gateway.upnp.pinhole.PinholeGateway;
import dev.ajar.gateway.upnp.soap.RetryingService;
import dev.ajar.gateway.upnp.soap.SoapClient;
import dev.ajar.gateway.upnp.soap.SoapReader;
import dev.ajar.http.HttpAnswer;
import dev.ajar.http.RouterHttp;
import dev.ajar.model.Durations;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NeighbourTable;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes gateways out of root descriptions. */
public final class UpnpGatewayFactory {
    private static final String VIRTUAL_ROUTER = "00:00:5e:00:01";
    private static final Duration DESCRIPTION_TIME = Duration.ofSeconds(5);

    private final RouterHttp http;
    private final ProfileCatalog profiles;
    private final NeighbourTable neighbours;
    private final Timeline timeline;
    private final RandomGenerator random;

    /** @param random for the marks of our entries */
    public UpnpGatewayFactory(
            RouterHttp http,
            ProfileCatalog profiles,
            Timeline timeline,
            RandomGenerator random,
            NeighbourTable neighbours) {
        this.neighbours = neighbours;
        this.http = http;
        this.profiles = profiles;
        this.timeline = timeline;
        this.random = random;
    }

    /** @param legacy whether only services of the old names are there */
    record Described(Gateway gateway, boolean legacy) {}

    /** Fetches and reads a description. */
    Result<Described> describe(RouterUrl location, LocalRoute route, Deadline deadline) {
        Duration half = Durations.divided(deadline.remaining(), 2);
        Duration patience = half.compareTo(DESCRIPTION_TIME) > 0 ? half : DESCRIPTION_TIME;
        return http.get(location.toUri(), route.localAddress(), deadline.within(patience))
                .flatMap(answer -> understand(answer, location, route))
                .map(igd -> new Described(gateway(igd, location, route), igd.isLegacy()));
    }

    /** Whether both addresses are known to be of one network card, so that one router has both. */
    boolean isOneCard(InetAddress one, InetAddress other) {
        return neighbours.card(one).isPresent() && neighbours.card(one).equals(neighbours.card(other));
    }

    boolean isCardKnown(InetAddress address) {
        return neighbours.card(address).isPresent();
    }

    /** Whether the address is one that a group of routers shares: its card is a virtual router's (RFC 9568, CARP). */
    boolean isFloating(InetAddress gateway) {
        return neighbours
                .card(gateway)
                .filter(card -> card.toLowerCase(Locale.ROOT).startsWith(VIRTUAL_ROUTER))
                .isPresent();
    }

    private static Result<IgdDescription> understand(HttpAnswer answer, RouterUrl location, LocalRoute route) {
        return switch (route.ipVersion()) {
            case IPV4 -> read(answer, location);
            case IPV6 -> FirewallReader.read(answer.body(), location);
        };
    }

    /** Its HTTP status does not matter: some routers send a good description with a bad status. */
    public static Result<IgdDescription> read(HttpAnswer answer, RouterUrl location) {
        if (answer.isRedirect()) {
            return Result.err(new Failure.Malformed(SoapReader.redirect(answer), Optional.empty()));
        }
        return DescriptionReader.read(answer.body(), location);
    }

    private static Set<Capability> capabilities(IpVersion ipVersion) {
        return switch (ipVersion) {
            case IPV4 ->
                EnumSet.of(
                        Capability.LISTS_MAPPINGS,
                        Capability.OTHER_HOSTS,
                        Capability.REMOTE_HOST,
                        Capability.PERMANENT_LEASE);
            case IPV6 -> EnumSet.of(Capability.OTHER_HOSTS, Capability.REMOTE_HOST, Capability.REMOVES_OTHERS_PINHOLES);
        };
    }

    private Optional<WanService> reread(WanService service, RouterUrl location, LocalRoute route) {
        return http
                .get(location.toUri(), route.localAddress(), Deadline.after(timeline, DESCRIPTION_TIME))
                .flatMap(answer -> read(answer, location))
                .toOptional()
                .stream()
                .flatMap(igd -> igd.services().stream())
                .filter(other -> other.type().equals(service.type()))
                .findFirst();
    }

    private Gateway gateway(IgdDescription igd, RouterUrl location, LocalRoute route) {
        GatewayInfo info = new GatewayInfo(
                new GatewayId(
                        UpnpProtocol.UPNP,
                        location.host(),
                        neighbours.card(location.host()).orElse("")),
                route,
                igd.version(),
                igd.manufacturer(),
                igd.model(),
                Optional.of(location.toUri()),
                capabilities(route.ipVersion()));
        SoapClient soap = new SoapClient(http, route.localAddress());
        if (route.ipVersion() == IpVersion.IPV6) {
            return new PinholeGateway(
                    info,
                    location.toUri(),
                    new RetryingService(soap, igd.services().getFirst()),
                    timeline);
        }
        List<WanConnection> services = igd.services().stream()
                .<WanConnection>map(
                        service -> new SoapWanConnection(soap, service, () -> reread(service, location, route)))
                .toList();
        Supplier<Quirks> quirks =
                () -> profiles.quirks(igd.manufacturer().display(), igd.model().display());
        return new UpnpGateway(info, services, quirks, timeline, random);
    }
}
