package dev.ajar.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.discovery.Discovery;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.GatewayFinder;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.system.Deadline;
import dev.ajar.system.MissingHome;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SystemNetworkView;
import dev.ajar.system.machine.AnswerRoute;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.Translation;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What recorded machines say of a router that cannot be reached, or that answers do not leave by. */
class HomesTest {
    private static final InetAddress ROUTER = Samples.ip("192.168.77.1");
    private static final InetAddress OWN = Samples.ip("192.168.77.10");

    private static NetworkView view(String name) throws IOException {
        return new SystemNetworkView(new LinuxSource(new RecordedKernel(name, true), new ManualTimeline()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"own-network", "own-network-part"})
    void a_vpn_that_has_the_homes_own_network_has_the_router(String name) throws IOException {
        assertThat(view(name).missingHome())
                .contains(new MissingHome.RouterBehindTunnel(ROUTER, "eth0", "tun0", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"own-network-rule", "own-address-rule"})
    void where_a_rule_chooses_that_route_a_route_of_its_own_would_not_be_reached(String name) throws IOException {
        assertThat(view(name).missingHome()).contains(new MissingHome.RouterBehindTunnel(ROUTER, "eth0", "tun0", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tunnel-better", "policy", "mesh-exit", "halves", "plain", "pasta"})
    void a_vpn_beside_the_homes_network_leaves_it_the_router(String name) throws IOException {
        assertThat(view(name).missingHome()).isEmpty();
    }

    @Test
    void a_card_that_was_entered_by_hand_may_be_another() throws IOException {
        assertThat(view("wrong-card").missingHome())
                .contains(new MissingHome.FixedCard(ROUTER, "02:00:00:00:00:99", "eth0"));
    }

    @ParameterizedTest
    @CsvSource({
        "slirp, tap0, 10.0.2.2, CONTAINER",
        "pasta, enp3s0, 192.168.77.1, CONTAINER",
        "pod, eth9, 10.244.1.1, POD",
        "plain, eth0, 192.168.77.1,"
    })
    void what_is_around_a_machine_is_known(String name, String link, String router, Translation expected)
            throws IOException {
        Machine machine = view(name).machine();

        assertThat(Translation.of(machine, link, Samples.ip(router))).isEqualTo(Optional.ofNullable(expected));
        assertThat(view(name).missingHome()).isEmpty();
    }

    /** Cable and Wi-Fi lead to the same router; either is a way to the internet. */
    @ParameterizedTest
    @CsvSource({"192.168.77.10, eth0", "192.168.77.15, eth1"})
    void a_router_that_is_asked_by_a_link_with_a_default_route_is_a_way_to_the_internet(String from, String link)
            throws IOException {
        List<SearchScope> scopes = new ArrayList<>();
        GatewayFinder finder = new GatewayFinder() {
            @Override
            public Set<MappingProtocol> methods() {
                return Set.of(UpnpProtocol.UPNP);
            }

            @Override
            public DiscoveryResult find(SearchScope scope, Deadline deadline) {
                scopes.add(scope);
                return new DiscoveryResult(List.of(), List.of());
            }
        };
        GatewaySelector named = new GatewaySelector(ProtocolChoice.AUTOMATIC, Optional.of(ROUTER), Optional.empty())
                .askingFrom(Samples.ip(from));
        new Discovery(view("two-links"), List.of(finder))
                .explore(named, Deadline.after(new ManualTimeline(), Duration.ofSeconds(1)));

        assertThat(scopes).singleElement().satisfies(scope -> {
            assertThat(scope.route().interfaceName()).isEqualTo(link);
            assertThat(scope.route().gateway()).contains(ROUTER);
        });
    }

    /** No file of the kernel shows the second hop. */
    @Test
    void the_second_of_two_next_hops_on_a_link_is_found_where_faults_are_looked_for() throws IOException {
        Machine quick = view("two-hops").machine(IpVersion.IPV4);
        Machine examined = view("two-hops").examined(IpVersion.IPV4);

        assertThat(quick.detour(OWN, Optional.of(ROUTER), Optional.empty())).isEmpty();
        assertThat(examined.detour(OWN, Optional.of(ROUTER), Optional.empty()))
                .contains(new AnswerRoute.ToSome(new AnswerRoute.ByOtherRouter(Samples.ip("192.168.77.254"))));
    }

    @Test
    void looking_for_faults_asks_one_question_of_a_plain_home() throws IOException {
        RecordedKernel kernel = new RecordedKernel("plain", true);
        LinuxSource source = new LinuxSource(kernel, new ManualTimeline());

        assertThat(source.examine(IpVersion.IPV4)).isEqualTo(source.look());
        assertThat(kernel.questions()).isEqualTo(1);
    }
}
