package dev.ajar.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.RouteEntry;
import dev.ajar.system.machine.RoutingRule;
import dev.ajar.system.machine.RuleRoute;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which ways the kernel is asked for where rules tell packets apart, and what is told of the others. */
class RuleRoutesTest {
    private static final InetAddress OWN = Samples.ip("192.168.1.20");
    private static final InetAddress ROUTER = Samples.ip("192.168.1.1");
    private static final KernelRoute BY_ROUTER = new KernelRoute.Known(OWN, "eth0", Optional.of(ROUTER));
    private static final KernelRoute BY_TUNNEL = new KernelRoute.Known(OWN, "wg0", Optional.empty());

    private final List<List<String>> asked = new ArrayList<>();

    private static Machine machine(List<RouteEntry> routes, List<RoutingRule> rules, KernelRoute upper) {
        return new Machine(
                List.of(new Link(2, "eth0", LinkKind.ETHERNET, true, true, Optional.empty(), List.of(), List.of())),
                List.of(PlainPicture.own("eth0", OWN, 24)),
                routes,
                rules,
                Map.of(Machine.PUBLIC.get(0), BY_ROUTER, Machine.PUBLIC.get(1), upper),
                Map.of(),
                Map.of(),
                Map.of(),
                Machine.Depth.ASKED);
    }

    private List<RuleRoute> ways(Machine machine, KernelRoute answer) {
        RuleRoutes.Question kernel = (own, friend, packet) -> {
            asked.add(packet);
            return friend.equals(Machine.PUBLIC.get(1)) || packet.contains("1000") ? BY_TUNNEL : BY_ROUTER;
        };
        return new RuleRoutes(kernel).of(machine, Map.of(OWN, answer)).getOrDefault(OWN, List.of());
    }

    private static RoutingRule rule(String table, String... packet) {
        return new RoutingRule(
                IpVersion.IPV4,
                1,
                table,
                String.join(" ", packet),
                List.of(new RoutingRule.Packets(String.join(" ", packet), List.of(packet), false)));
    }

    private static RouteEntry hop(String name, String gateway, boolean isOneOfSeveral) {
        return new RouteEntry(
                Samples.ip("0.0.0.0"),
                0,
                name,
                Optional.of(Samples.ip(gateway)),
                Optional.empty(),
                0,
                RouteEntry.MAIN,
                isOneOfSeveral);
    }

    @Test
    void of_many_rules_each_table_is_asked_for_and_what_was_not_asked_cannot_be_told() {
        List<RoutingRule> rules = new ArrayList<>();
        for (int mark = 1; mark <= 30; mark++) {
            rules.add(rule("main", "mark", "" + mark));
        }
        rules.add(rule("100", "uid", "1000"));

        List<RuleRoute> ways = ways(machine(List.of(), rules, BY_ROUTER), BY_ROUTER);

        assertThat(asked).hasSize(24).contains(List.of("uid", "1000"));
        assertThat(ways).hasSize(31);
        assertThat(ways.getLast().way()).isEqualTo(BY_TUNNEL);
        assertThat(ways.subList(0, 23)).extracting(RuleRoute::way).containsOnly(BY_ROUTER);
        assertThat(ways.subList(23, 30)).extracting(RuleRoute::way).containsOnly(new KernelRoute.CannotBeTold());
    }

    @Test
    void a_server_bound_to_another_link_is_not_asked_for() {
        ways(machine(List.of(), List.of(rule("100", "oif", "wg0"), rule("100", "oif", "eth0")), BY_ROUTER), BY_ROUTER);

        assertThat(asked).containsExactly(List.of("oif", "eth0"));
    }

    @Test
    void half_of_the_internet_by_another_way_is_asked_for() {
        assertThat(ways(machine(List.of(), List.of(), BY_TUNNEL), BY_ROUTER))
                .containsExactly(new RuleRoute(RoutingRule.Packets.toSome(), BY_TUNNEL));
        assertThat(ways(machine(List.of(), List.of(), BY_ROUTER), BY_ROUTER)).isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void the_other_next_hop_of_a_route_is_the_way_to_some() {
        List<RouteEntry> equal = List.of(hop("eth0", "192.168.1.1", true), hop("eth5", "10.9.9.1", true));
        // Of those the kernel takes the one whose router it can reach.
        List<RouteEntry> apart = List.of(hop("eth0", "192.168.1.1", false), hop("eth5", "10.9.9.1", false));

        assertThat(ways(machine(equal, List.of(), BY_ROUTER), BY_ROUTER))
                .extracting(RuleRoute::way)
                .containsExactly(new KernelRoute.Known(OWN, "eth5", Optional.of(Samples.ip("10.9.9.1"))));
        assertThat(ways(machine(apart, List.of(), BY_ROUTER), BY_ROUTER)).isEmpty();
        // Where the other half was asked for, and has the same way.
        assertThat(new RuleRoutes((own, friend, packet) -> BY_ROUTER)
                        .of(machine(equal, List.of(), BY_TUNNEL), Map.of(OWN, BY_ROUTER))
                        .getOrDefault(OWN, List.of()))
                .extracting(RuleRoute::way)
                .containsExactly(new KernelRoute.Known(OWN, "eth5", Optional.of(Samples.ip("10.9.9.1"))));
    }
}
