package dev.ajar.gateway.upnp.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.ProfileCatalog;
import dev.ajar.discovery.Discovery;
import dev.ajar.discovery.RecentLocations;
import dev.ajar.discovery.Search;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.http.RouterHttp;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.udp.NioDatagramPorts;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A router is asked where it was last time, beside the search. */
class RememberedLocationTest {
    /** Of SSDP, on which nothing answers here. */
    private static final int SILENT = 9;

    private final EmbeddedRouter router;

    RememberedLocationTest() throws IOException {
        router = EmbeddedRouter.start(RouterScript.standard().speaking(Speaks.UPNP), new SystemTimeline());
    }

    @AfterEach
    void switchOff() {
        router.close();
    }

    private DiscoveryResult search(int ssdpPort, Optional<InetAddress> gateway, Duration time, URI... remembered) {
        LocalRoute route = router.lan().routes().getFirst();
        SearchScope scope = new SearchScope(
                        route, gateway, Optional.empty(), ProtocolChoice.only(UpnpProtocol.UPNP), false)
                .remembering(List.of(remembered), false);
        return finder(ssdpPort).find(scope, Deadline.after(new SystemTimeline(), time));
    }

    private static UpnpFinder finder(int ssdpPort) {
        UpnpGatewayFactory gateways = new UpnpGatewayFactory(
                new RouterHttp("x"),
                new ProfileCatalog(),
                new SystemTimeline(),
                new Random(1),
                address -> Optional.empty());
        return new UpnpFinder(new NioDatagramPorts(), new SsdpTargets(List.of(), ssdpPort), gateways);
    }

    private DiscoveryResult silent(Optional<InetAddress> gateway, URI... remembered) {
        return search(SILENT, gateway, Duration.ofSeconds(1), remembered);
    }

    @Test
    void a_router_that_answers_no_search_is_found_where_it_was() {
        DiscoveryResult found = search(SILENT, Optional.of(router.address()), Duration.ofMinutes(1), router.location());

        assertThat(found.gateways()).hasSize(1);
        assertThat(found.attempts()).extracting(ProbeAttempt::outcome).containsOnly(ProbeAttempt.ProbeOutcome.ANSWERED);
    }

    private Optional<Gateway> first(int ssdpPort, RecentLocations places) {
        Deadline deadline = Deadline.after(new SystemTimeline(), Duration.ofMinutes(1));
        try (Search search = new Discovery(router.lan(), List.of(finder(ssdpPort)), Optional::empty, places)
                .search(GatewaySelector.AUTO, deadline)) {
            return search.next(Set.of());
        }
    }

    @Test
    void a_process_asks_where_it_has_found_a_router() {
        RecentLocations places = new RecentLocations();

        assertThat(first(router.ssdpPort(), places)).isPresent();
        assertThat(first(SILENT, places)).isPresent();
    }

    /** A description that is there no longer is no answer of a router, and no reason to search a second time. */
    @Test
    void a_place_that_is_left_says_nothing() {
        URI left = URI.create(router.location() + "/left.xml");

        DiscoveryResult found = silent(Optional.of(router.address()), left);

        assertThat(router.arrivals()).isNotEmpty();
        assertThat(found.gateways()).isEmpty();
        assertThat(found.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.stage()).isEqualTo(ProbeAttempt.Stage.DISCOVERY);
            assertThat(attempt.outcome()).isEqualTo(ProbeAttempt.ProbeOutcome.SILENT);
        });
    }

    @Test
    void a_router_that_has_moved_is_found_by_the_search() {
        URI left = URI.create(router.location() + "/left.xml");

        DiscoveryResult found = search(router.ssdpPort(), Optional.of(router.address()), Duration.ofMinutes(1), left);

        assertThat(found.gateways()).hasSize(1);
    }

    /** In another home the same file may name another device. */
    @Test
    void only_the_gateway_is_asked() {
        silent(Optional.of(Samples.ip("127.99.99.99")), router.location());
        silent(Optional.empty(), router.location());

        assertThat(router.arrivals()).isEmpty();
    }
}
