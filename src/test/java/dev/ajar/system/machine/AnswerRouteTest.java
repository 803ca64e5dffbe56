package dev.ajar.system.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which way the kernel sends answers, seen from the router that the questions came through. */
class AnswerRouteTest {
    private static final InetAddress OWN = Samples.ip("192.168.1.20");
    private static final InetAddress ROUTER = Samples.ip("192.168.1.1");
    private static final InetAddress OTHER_ROUTER = Samples.ip("192.168.8.1");

    private static final InetAddress NEIGHBOUR = Samples.ip("192.168.1.2");

    /** Its address on another network. */
    private static final InetAddress SAME_ROUTER = Samples.ip("192.168.9.1");

    private static Link link(int number, String name, LinkKind kind) {
        return new Link(number, name, kind, true, true, Optional.empty(), List.of(), List.of());
    }

    private static Optional<AnswerRoute> detour(KernelRoute answer, Optional<InetAddress> gateway) {
        return detour(answer, gateway, List.of());
    }

    private static Optional<AnswerRoute> detour(
            KernelRoute answer, Optional<InetAddress> gateway, List<RuleRoute> ruled) {
        return machine(answer, ruled).detour(OWN, gateway, Optional.empty());
    }

    private static Machine machine(KernelRoute answer, List<RuleRoute> ruled) {
        OwnAddress own = new OwnAddress(
                "eth0",
                OWN,
                24,
                OwnAddress.Scope.GLOBAL,
                OwnAddress.Lifetime.LASTING,
                OwnAddress.Origin.CANNOT_BE_TOLD);
        return new Machine(
                List.of(
                        link(2, "eth0", LinkKind.ETHERNET),
                        link(3, "wlan0", LinkKind.WIFI),
                        link(4, "wg0", LinkKind.TUNNEL),
                        link(5, "eth5", LinkKind.DUMMY)),
                List.of(own),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(OWN, answer),
                Map.of(OWN, ruled),
                Map.of(ROUTER, "08:55:31:aa:bb:cc", SAME_ROUTER, "08:55:31:aa:bb:cc"),
                Machine.Depth.ASKED);
    }

    private static KernelRoute by(String name, InetAddress nextHop) {
        return new KernelRoute.Known(OWN, name, Optional.of(nextHop));
    }

    /** Some VPNs leave such a link with the better default route while they are off. */
    @Test
    void what_leaves_by_a_dummy_goes_nowhere() {
        KernelRoute byDummy = new KernelRoute.Known(OWN, "eth5", Optional.of(OTHER_ROUTER));

        assertThat(detour(byDummy, Optional.of(ROUTER))).contains(new AnswerRoute.Nowhere());
    }

    @Test
    void an_answer_by_the_router_is_no_detour() {
        assertThat(detour(by("eth0", ROUTER), Optional.of(ROUTER))).isEmpty();
        // A virtual router's address: the box that answered has another one.
        assertThat(detour(by("eth0", Samples.ip("192.168.1.254")), Optional.of(ROUTER)))
                .isEmpty();
        // Cable and Wi-Fi of the same network.
        assertThat(detour(by("wlan0", ROUTER), Optional.of(ROUTER))).isEmpty();
        assertThat(detour(by("wlan0", SAME_ROUTER), Optional.of(ROUTER))).isEmpty();
    }

    @Test
    void an_answer_into_a_tunnel_by_another_router_or_nowhere_is_one() {
        assertThat(detour(new KernelRoute.Known(OWN, "wg0", Optional.empty()), Optional.empty()))
                .contains(new AnswerRoute.ByTunnel("wg0"));
        assertThat(detour(by("wlan0", OTHER_ROUTER), Optional.of(ROUTER)))
                .contains(new AnswerRoute.ByOtherLink("wlan0"));
        assertThat(detour(new KernelRoute.Unreachable(), Optional.of(ROUTER))).contains(new AnswerRoute.Nowhere());
    }

    @Test
    void without_a_router_of_that_version_of_ip_another_link_is_none() {
        assertThat(detour(by("wlan0", OTHER_ROUTER), Optional.empty())).isEmpty();
        assertThat(detour(by("wlan0", OTHER_ROUTER), Addresses.parse("fe80::1")))
                .isEmpty();
    }

    private static RuleRoute ruled(boolean excludedFromVpn, KernelRoute way) {
        return new RuleRoute(new RoutingRule.Packets("fwmark 0x1", List.of("mark", "0x1"), excludedFromVpn), way);
    }

    @Test
    void where_a_rule_sends_some_answers_another_way_it_is_not_certain_whether_the_servers_are_among_them() {
        KernelRoute tunnel = new KernelRoute.Known(OWN, "wg0", Optional.empty());
        KernelRoute router = by("eth0", ROUTER);

        assertThat(detour(router, Optional.of(ROUTER), List.of(ruled(false, tunnel))))
                .contains(new AnswerRoute.OfSome(new AnswerRoute.ByTunnel("wg0"), "fwmark 0x1"))
                .hasValueSatisfying(way -> assertThat(way.isCertain()).isFalse());
        assertThat(detour(tunnel, Optional.of(ROUTER), List.of(ruled(false, router))))
                .contains(new AnswerRoute.ExceptSome(new AnswerRoute.ByTunnel("wg0"), "fwmark 0x1"));
        assertThat(detour(tunnel, Optional.of(ROUTER), List.of(ruled(false, by("wlan0", OTHER_ROUTER)))))
                .contains(new AnswerRoute.ByTunnel("wg0"));
        assertThat(detour(router, Optional.of(ROUTER), List.of(ruled(false, by("wlan0", ROUTER)))))
                .isEmpty();
    }

    /** A VPN has its own packets excluded, and what the user excludes: that is said with the VPN itself. */
    @Test
    void what_a_vpn_lets_past_it_by_its_usual_rules_does_not_make_the_tunnel_less_certain() {
        KernelRoute tunnel = new KernelRoute.Known(OWN, "wg0", Optional.empty());

        assertThat(detour(tunnel, Optional.of(ROUTER), List.of(ruled(true, by("eth0", ROUTER)))))
                .contains(new AnswerRoute.ByTunnel("wg0"))
                .hasValueSatisfying(way -> assertThat(way.isCertain()).isTrue());
    }

    private static Optional<AnswerRoute> ofServer(KernelRoute usual, LocalServer server, RuleRoute... ruled) {
        return machine(usual, List.of(ruled)).detour(OWN, Optional.of(ROUTER), Optional.of(server));
    }

    private static RuleRoute byPort(Optional<TransportProtocol> protocol, int port, KernelRoute way) {
        return new RuleRoute(
                new RoutingRule.Packets(
                        "sport " + port, List.of("sport", "" + port), false, protocol, port, port, false),
                way);
    }

    @Test
    void a_rule_by_protocol_and_port_is_certain_for_the_server_it_is_about_and_nothing_to_others() {
        KernelRoute tunnel = new KernelRoute.Known(OWN, "wg0", Optional.empty());
        KernelRoute router = by("eth0", ROUTER);
        LocalServer game = new LocalServer(TransportProtocol.TCP, new Port(25565));
        RuleRoute intoTunnel = byPort(Optional.of(TransportProtocol.TCP), 25565, tunnel);

        assertThat(ofServer(router, game, intoTunnel)).contains(new AnswerRoute.ByTunnel("wg0"));
        assertThat(ofServer(router, new LocalServer(TransportProtocol.UDP, new Port(25565)), intoTunnel))
                .isEmpty();
        assertThat(ofServer(router, new LocalServer(TransportProtocol.TCP, new Port(25566)), intoTunnel))
                .isEmpty();
        assertThat(detour(router, Optional.of(ROUTER), List.of(intoTunnel)))
                .contains(new AnswerRoute.OfSome(new AnswerRoute.ByTunnel("wg0"), "sport 25565"));
        assertThat(ofServer(tunnel, game, byPort(Optional.empty(), 25565, router)))
                .isEmpty();
    }

    @Test
    void of_two_rules_about_all_of_a_servers_answers_the_first_decides() {
        KernelRoute tunnel = new KernelRoute.Known(OWN, "wg0", Optional.empty());
        LocalServer game = new LocalServer(TransportProtocol.TCP, new Port(25565));

        assertThat(ofServer(
                        tunnel,
                        game,
                        byPort(Optional.empty(), 25565, by("eth0", ROUTER)),
                        byPort(Optional.of(TransportProtocol.TCP), 25565, tunnel)))
                .isEmpty();
    }

    @Test
    void a_rule_whose_way_is_not_known_is_told_after_what_is_known() {
        KernelRoute tunnel = new KernelRoute.Known(OWN, "wg0", Optional.empty());
        KernelRoute router = by("eth0", ROUTER);
        RuleRoute unknown = ruled(false, new KernelRoute.CannotBeTold());

        assertThat(detour(router, Optional.of(ROUTER), List.of(unknown)))
                .contains(new AnswerRoute.NotTold(Optional.of("fwmark 0x1")))
                .hasValueSatisfying(way -> assertThat(way.isCertain()).isFalse());
        assertThat(detour(tunnel, Optional.of(ROUTER), List.of(unknown)))
                .contains(new AnswerRoute.NotTold(Optional.of("fwmark 0x1")));
        assertThat(detour(router, Optional.of(ROUTER), List.of(unknown, ruled(false, tunnel))))
                .contains(new AnswerRoute.OfSome(new AnswerRoute.ByTunnel("wg0"), "fwmark 0x1"));
        assertThat(detour(tunnel, Optional.of(ROUTER), List.of(ruled(true, new KernelRoute.CannotBeTold()))))
                .contains(new AnswerRoute.ByTunnel("wg0"));
    }

    @Test
    void an_address_whose_way_was_wanted_and_is_not_known_is_told_as_such() {
        assertThat(detour(new KernelRoute.CannotBeTold(), Optional.of(ROUTER)))
                .contains(new AnswerRoute.NotTold(Optional.empty()));
        assertThat(Machine.UNKNOWN.detour(OWN, Optional.of(ROUTER), Optional.empty()))
                .isEmpty();
    }

    @Test
    void answers_to_some_addresses_alone_that_leave_otherwise_are_certain() {
        KernelRoute router = by("eth0", ROUTER);
        KernelRoute tunnel = new KernelRoute.Known(OWN, "wg0", Optional.empty());
        RuleRoute upper = new RuleRoute(RoutingRule.Packets.toSome(), tunnel);

        assertThat(detour(router, Optional.of(ROUTER), List.of(upper)))
                .contains(new AnswerRoute.ToSome(new AnswerRoute.ByTunnel("wg0")))
                .hasValueSatisfying(way -> assertThat(way.isCertain()).isTrue());
        assertThat(detour(tunnel, Optional.of(ROUTER), List.of(new RuleRoute(RoutingRule.Packets.toSome(), router))))
                .contains(new AnswerRoute.ToSome(new AnswerRoute.ByTunnel("wg0")));
        assertThat(detour(tunnel, Optional.of(ROUTER), List.of(upper))).contains(new AnswerRoute.ByTunnel("wg0"));
    }

    /** Two routers of one network, and the one that has the port is not the default gateway. */
    @Test
    void another_router_of_the_same_link_is_told_by_its_card() {
        Machine machine = machine(by("eth0", NEIGHBOUR), List.of());

        assertThat(machine.detour(OWN, Optional.of(ROUTER), Optional.empty())).isEmpty();
        assertThat(machine.knowing(Map.of(NEIGHBOUR, "08:55:31:00:00:02"))
                        .detour(OWN, Optional.of(ROUTER), Optional.empty()))
                .contains(new AnswerRoute.ByOtherRouter(NEIGHBOUR));
        // A virtual router's card, and the box behind it.
        assertThat(machine.knowing(Map.of(NEIGHBOUR, "00:00:5E:00:01:07"))
                        .detour(OWN, Optional.of(ROUTER), Optional.empty()))
                .isEmpty();
        assertThat(machine.knowing(Map.of(NEIGHBOUR, "08:55:31:aa:bb:cc"))
                        .detour(OWN, Optional.of(ROUTER), Optional.empty()))
                .isEmpty();
    }
}
