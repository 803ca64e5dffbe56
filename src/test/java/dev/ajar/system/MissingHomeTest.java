package dev.ajar.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.RouteEntry;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why this machine has no home router. */
class MissingHomeTest {
    private static final LocalRoute HOME = route("eth0", "192.168.1.20", Optional.of("192.168.1.1"));
    private static final LocalRoute NO_WAY_OUT = route("eth0", "192.168.1.20", Optional.empty());

    private static LocalRoute route(String name, String address, Optional<String> gateway) {
        return new LocalRoute(name, Samples.ip(address), 24, gateway.map(Samples::ip));
    }

    private static Optional<MissingHome> of(List<LocalRoute> homes, LinkKind first, LocalRoute... all) {
        return MissingHome.of(homes, List.of(all), name -> name.equals("eth0") ? LinkKind.ETHERNET : first);
    }

    @Test
    void a_home_router_is_missed_by_none() {
        assertThat(of(List.of(HOME), LinkKind.ETHERNET, HOME)).isEmpty();
        assertThat(of(List.of(HOME), LinkKind.TUNNEL, route("tun0", "10.8.0.2", Optional.of("10.8.0.1")), HOME))
                .isEmpty();
    }

    @Test
    void without_an_address_the_machine_is_unconnected() {
        assertThat(of(List.of(), LinkKind.UNKNOWN)).contains(new MissingHome.Unconnected());
    }

    @Test
    void an_address_without_a_way_out_was_given_or_not() {
        assertThat(of(List.of(NO_WAY_OUT), LinkKind.ETHERNET, NO_WAY_OUT)).contains(new MissingHome.NoDefaultRoute());
        LocalRoute own = route("eth0", "169.254.33.7", Optional.empty());
        assertThat(of(List.of(), LinkKind.ETHERNET, own))
                .contains(new MissingHome.SelfGivenAddress(own.localAddress()));
    }

    @Test
    void a_tunnel_with_the_only_way_out_is_a_vpn_unless_its_address_is_public() {
        LocalRoute vpn = route("tun0", "10.8.0.2", Optional.of("10.8.0.1"));
        assertThat(of(List.of(NO_WAY_OUT), LinkKind.TUNNEL, vpn, NO_WAY_OUT))
                .contains(new MissingHome.BehindTunnel("tun0"));
        InetAddress shared = Samples.ip("100.64.3.4");
        assertThat(of(List.of(), LinkKind.POINT_TO_POINT, new LocalRoute("ppp0", shared, 32, Optional.empty())))
                .contains(new MissingHome.BehindLine("ppp0"));
        InetAddress own = Samples.ip("11.22.33.44");
        for (LinkKind kind : List.of(LinkKind.TUNNEL, LinkKind.POINT_TO_POINT)) {
            assertThat(of(List.of(), kind, new LocalRoute("ppp0", own, 32, Optional.empty())))
                    .contains(new MissingHome.OnTheInternet("ppp0", own, false));
        }
    }

    @Test
    void a_public_address_is_on_the_internet_except_in_a_laboratory() {
        LocalRoute hosted = route("eth0", "11.22.33.44", Optional.of("11.22.33.1"));
        assertThat(of(List.of(hosted), LinkKind.ETHERNET, hosted))
                .contains(new MissingHome.OnTheInternet("eth0", hosted.localAddress(), false));
        LocalRoute cloud = route("eth0", "11.22.33.44", Optional.of("172.31.1.1"));
        assertThat(of(List.of(cloud), LinkKind.ETHERNET, cloud))
                .contains(new MissingHome.OnTheInternet("eth0", cloud.localAddress(), false));
        LocalRoute behind = route("eth0", "10.0.0.5", Optional.of("11.22.33.1"));
        assertThat(of(List.of(behind), LinkKind.ETHERNET, behind))
                .contains(new MissingHome.OnTheInternet("eth0", Samples.ip("11.22.33.1"), true));
        LocalRoute laboratory = route("eth0", "203.0.113.5", Optional.of("203.0.113.1"));
        assertThat(of(List.of(laboratory), LinkKind.ETHERNET, laboratory)).isEmpty();
    }

    private static Machine machine(boolean carrier, List<RouteEntry> routes) {
        return new Machine(
                List.of(new Link(2, "eth0", LinkKind.ETHERNET, true, carrier, Optional.empty(), List.of(), List.of())),
                List.of(),
                routes,
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Machine.Depth.PLAIN);
    }

    /** A cable that was unplugged keeps an address set by hand, and its default route. */
    @Test
    void a_way_out_by_a_link_without_a_signal_leads_nowhere() {
        LocalRoute wifi = route("wlan0", "192.168.1.21", Optional.of("192.168.1.1"));

        assertThat(MissingHome.of(List.of(HOME), List.of(HOME), machine(false, List.of())))
                .contains(new MissingHome.NoSignal("eth0"));
        assertThat(MissingHome.of(List.of(HOME), List.of(HOME), machine(true, List.of())))
                .isEmpty();
        assertThat(MissingHome.of(List.of(wifi, HOME), List.of(wifi, HOME), machine(false, List.of())))
                .isEmpty();
        assertThat(MissingHome.of(List.of(NO_WAY_OUT), List.of(NO_WAY_OUT), machine(false, List.of())))
                .contains(new MissingHome.NoDefaultRoute());
    }

    @Test
    void without_ipv4_a_router_over_ipv6_shows_that_there_is_a_network() {
        RouteEntry byIpv6 = new RouteEntry(
                Addresses.parse("::").orElseThrow(),
                0,
                "eth0",
                Addresses.parse("fe80::1"),
                Optional.empty(),
                1024,
                RouteEntry.MAIN);

        assertThat(MissingHome.of(List.of(), List.of(), machine(true, List.of(byIpv6))))
                .contains(new MissingHome.NoInternetAddress());
        assertThat(MissingHome.of(List.of(), List.of(), machine(true, List.of())))
                .contains(new MissingHome.Unconnected());
    }
}
