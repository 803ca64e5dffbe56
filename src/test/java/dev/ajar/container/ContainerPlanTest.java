package dev.ajar.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.container.Container.Network;
import dev.ajar.container.Container.PublishedPort;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerPlanTest extends PlanFixture {
    /** What is published decides, whichever of the two numbers the label names. */
    @ParameterizedTest
    @CsvSource({
        "25565,           inner, 25565:25565/tcp,             tcp 25565→25565",
        "25565,           inner, 30000:25565/tcp,             tcp 25565→30000",
        "30000,           inner, 30000:25565/tcp,             tcp 30000→30000",
        "8080:80,         inner, 8081:80/tcp,                 tcp 8080→8081",
        "8080:8081,       inner, 8081:80/tcp,                 tcp 8080→8081",
        "80:80,           inner, 8081:80/tcp 80:80/tcp,       tcp 80→80",
        "25565/udp,       inner, 25565:25565/tcp 7:25565/udp, udp 25565→7",
        "8080,            host,  '',                          tcp 8080→8080",
        "8080:80,         host,  '',                          tcp 8080→80",
        "true,            inner, 8081:80/tcp,                 tcp 8081→8081",
        "true,            inner, 127.0.0.1:1:1/tcp 5:6/udp,   udp 5→5",
        "25565,           inner, 192.168.77.10:25565:25565/tcp, tcp 25565→25565",
        "80,              inner, 127.0.0.1:8000:80/tcp 8001:80/tcp, tcp 80→8001",
        "minecraft,       inner, 25566:25565/tcp,             tcp 25565→25566"
    })
    void a_port_leads_to_where_it_is_published(String open, String network, String ports, String expected) {
        ContainerPlan plan = plan(container("game", network, ports, "ajar.open", open));

        assertThat(mappings(plan)).as(remarks(plan)).containsExactly("game " + expected);
        assertThat(plan.remarks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "25565; inner; ''; does not publish it on this host. Publish it: ports: [\"25565:25565\"]",
                "8080:80/udp; inner; ''; ports: [\"8080:80/udp\"]",
                "25565; inner; 127.0.0.1:25565:25565/tcp; on 127.0.0.1 alone, which only this host reaches",
                "25565; inner; 172.17.0.1:25565:25565/tcp; on 172.17.0.1 alone, to which the router does not lead",
                "25565; inner; 100.101.102.103:25565:25565/tcp; on 100.101.102.103 alone",
                "true; inner; 127.0.0.1:1:1/tcp; on 127.0.0.1 alone",
                "true; inner; 172.17.0.1:1:1/tcp; on 172.17.0.1 alone",
                "25565/udp; inner; 25565:25565/tcp; publishes it over TCP only",
                "25565; none; ''; no network",
                "25565; lan; ''; an address of its own on the LAN (network home)",
                "25565; ingress; ''; below deploy.labels",
                "true; host; ''; Name its ports in ajar.open",
                "true; inner; ''; it publishes nothing",
                "''; inner; 1:1/tcp; ajar.open names no port",
                "25565,25565; host; ''; ajar.open:",
                "no-such-game; host; ''; ajar.open:",
                "1-33; host; ''; asks for 33 ports",
                "99999; host; ''; ajar.open:",
                "3389; host; ''; ajar.yes-expose=rdp",
                "13389:3389; inner; 13389:3389/tcp; ajar.yes-expose=rdp",
                "13389:13389; inner; 13389:3389/tcp; ajar.yes-expose=rdp"
            })
    void a_port_that_cannot_be_opened_is_refused_with_its_reason(
            String open, String network, String ports, String why) {
        ContainerPlan plan = plan(container("game", network, ports, "ajar.open", open));

        assertThat(plan.wanted()).isEmpty();
        assertThat(remarks(plan)).contains("container game: ").contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ajar.lease; forever; ajar.lease",
                "ajar.lease; 99d; ajar.lease",
                "ajar.name; 'a\u0007b'; ajar.name",
                "ajar.from; 0.0.0.0/0; ajar.from",
                "ajar.from; everyone; ajar.from",
                "ajar.from; 2001:db8::/32; over IPv4",
                "ajar.relay; perhaps; ajar.relay is true or false"
            })
    void a_label_with_a_mistake_opens_nothing(String label, String value, String why) {
        ContainerPlan plan = plan(container("game", "host", "", "ajar.open", "25565", label, value));

        assertThat(plan.wanted()).isEmpty();
        assertThat(remarks(plan)).contains(why).doesNotContain("--").doesNotContain("\u0007");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "2001:db8::7", "fe80::1", "169.254.1.2"})
    void an_address_over_which_no_mapping_leads_is_told(String address) {
        PublishedPort there = new PublishedPort(
                TransportProtocol.TCP,
                new Port(80),
                new Port(80),
                Addresses.ipv4(address).or(() -> Addresses.ipv6(address)));
        Container web = new Container("id1", "web", Map.of("ajar.open", "80"), new Network.Inner(), List.of(there), 1);

        assertThat(there.address()).isPresent();
        for (Set<InetAddress> here : List.of(HERE, Set.<InetAddress>of())) {
            assertThat(plan(here, Snapshot.EMPTY, web).wanted()).isEmpty();
            assertThat(remarks(plan(here, Snapshot.EMPTY, web)))
                    .contains(" alone, ")
                    .contains("ports: [\"80:80\"]");
        }
    }

    @Test
    void an_address_that_this_host_gets_later_opens_the_port_then() {
        Container web = container("web", "inner", "192.168.78.10:80:80/tcp", "ajar.open", "80");

        ContainerPlan before = plan(HERE, Snapshot.EMPTY, web);
        assertThat(before.wanted()).isEmpty();
        assertThat(before.contested()).isTrue();
        assertThat(mappings(plan(Set.of(Samples.ip("192.168.78.10")), Snapshot.EMPTY, web)))
                .containsExactly("web tcp 80→80");
        assertThat(mappings(plan(Set.of(), Snapshot.EMPTY, web)))
                .as("the network is not known yet")
                .containsExactly("web tcp 80→80");
    }

    @Test
    void labels_have_the_effect_of_options() {
        ContainerPlan plan = plan(container(
                "game",
                "host",
                "",
                "ajar.open",
                "3389,8080",
                "ajar.name",
                "my game",
                "ajar.lease",
                "30m",
                "ajar.from",
                "203.0.113.0/24",
                "ajar.yes-expose",
                "smb, rdp"));

        assertThat(mappings(plan)).containsExactly("game tcp 3389→3389", "game tcp 8080→8080");
        assertThat(plan.wanted()).allSatisfy(port -> {
            assertThat(port.mapping().description()).isEqualTo("my game");
            assertThat(port.mapping().lease().seconds()).isEqualTo(1800);
            assertThat(port.mapping().remote().orElseThrow().text()).isEqualTo("203.0.113.0/24");
        });
    }

    @Test
    void without_a_name_the_entry_has_the_containers() {
        assertThat(plan(container("game", "host", "", "ajar.open", "25565"))
                        .wanted()
                        .getFirst()
                        .mapping()
                        .description())
                .isEqualTo("game 25565 tcp");
        assertThat(plan(container("ИГРА", "host", "", "ajar.open", "25565"))
                        .wanted()
                        .getFirst()
                        .mapping()
                        .description())
                .isEqualTo("ajar 25565 tcp");
    }

    @Test
    void a_misspelt_label_is_told() {
        assertThat(remarks(plan(container("game", "host", "", "ajar.open", "1", "ajar.leas", "1h"))))
                .contains("there is no label ajar.leas");
        assertThat(remarks(plan(container("game", "host", "", "ajar.open", "1", "ajar.name", "x".repeat(2000)))))
                .contains("longer than 1024");
    }

    @Test
    void a_container_that_does_not_ask_gets_nothing() {
        assertThat(plan(container("a", "host", ""), container("b", "host", "", "ajar.open", "false")))
                .isEqualTo(ContainerPlan.EMPTY);
    }

    @Test
    void the_first_of_two_containers_keeps_the_port() {
        Container first = container("zebra", "inner", "1:80/tcp", "ajar.open", "80");
        Container second = container("aardvark", "inner", "2:80/tcp", "ajar.open", "80");
        Snapshot held = applied(Snapshot.EMPTY, plan(first), ContainerPlan.EMPTY);

        ContainerPlan both = plan(held, first, second);

        assertThat(mappings(both)).containsExactly("zebra tcp 80→1");
        assertThat(remarks(both)).contains("container aardvark: tcp 80 is not opened: container zebra has asked");
        assertThat(both.contested()).isTrue();
        assertThat(mappings(plan(held, second))).containsExactly("aardvark tcp 80→2");
    }

    @Test
    void a_port_of_another_owner_is_left_alone() {
        Snapshot users = Snapshot.EMPTY.with(
                new DesiredMapping(Samples.tcp(80), GatewaySelector.AUTO, new Owner.User(), NOW, Optional.empty()));

        ContainerPlan elsewhere = plan(users, container("web", "inner", "8080:80/tcp", "ajar.open", "80"));
        ContainerPlan same = plan(users, container("web", "inner", "80:80/tcp", "ajar.open", "80"));

        assertThat(remarks(elsewhere)).contains("ajar open has opened it");
        assertThat(applied(users, elsewhere, ContainerPlan.EMPTY)).isEqualTo(users);
        Snapshot shared = applied(users, same, ContainerPlan.EMPTY);
        assertThat(shared.desiredMappings()).hasSize(2);
        assertThat(applied(shared, ContainerPlan.EMPTY, same)).isEqualTo(users);
    }

    @Test
    void mappings_end_with_their_container_and_not_with_a_silent_engine() {
        ContainerPlan some = plan(container("web", "inner", "80:80/tcp", "ajar.open", "80"));
        Snapshot open = applied(Snapshot.EMPTY, some, ContainerPlan.EMPTY);

        assertThat(open.desiredMappings()).hasSize(1);
        assertThat(applied(open, ContainerPlan.EMPTY, some).desiredMappings()).isEmpty();
        assertThat(ContainerPlan.EMPTY.appliedTo(open, ContainerPlan.EMPTY, Set.of(), Set.of(ENGINE), NOW))
                .as("the engine has not told yet")
                .isEqualTo(open);
        assertThat(ContainerPlan.EMPTY
                        .appliedTo(open, ContainerPlan.EMPTY, Set.of(), Set.of("unix:///other"), NOW)
                        .desiredMappings())
                .as("the engine is no longer watched")
                .isEmpty();
    }

    @Test
    void a_renamed_container_keeps_its_port() {
        ContainerPlan before = plan(container("old", "inner", "80:80/tcp", "ajar.open", "80"));
        Snapshot open = applied(Snapshot.EMPTY, before, ContainerPlan.EMPTY);

        ContainerPlan renamed = plan(open, container("new", "inner", "80:80/tcp", "ajar.open", "80"));
        Snapshot after = applied(open, renamed, before);

        assertThat(after.desiredMappings())
                .singleElement()
                .satisfies(desired -> assertThat(desired.owner()).isEqualTo(new Owner.Container(ENGINE, "new")));
        assertThat(after.hasPendingRemovals()).isFalse();
    }

    @Test
    void a_port_that_the_user_closed_stays_closed_until_its_container_ends() {
        Container web = container("web", "inner", "80:80/tcp", "ajar.open", "80");
        ContainerPlan plan = plan(web);
        Snapshot open = applied(Snapshot.EMPTY, plan, ContainerPlan.EMPTY);
        Snapshot closed = open.ended(open.desiredMappings().getFirst());

        assertThat(applied(closed, plan(closed, web), plan).desiredMappings()).isEmpty();
        assertThat(applied(closed, plan(closed, web), ContainerPlan.EMPTY).desiredMappings())
                .hasSize(1);
    }

    @Test
    void two_engines_share_the_router() {
        Map<String, List<Container>> heard = new LinkedHashMap<>();
        heard.put("one", List.of(container("web", "inner", "1:80/tcp", "ajar.open", "80,81:80")));
        heard.put("two", List.of(container("web", "inner", "2:80/tcp", "ajar.open", "80,82:80")));

        ContainerPlan plan = ContainerPlan.of(
                heard, ContainerSettings.USUAL, Snapshot.EMPTY, SERVICES, host(HERE, List.of(), Set.of()));

        assertThat(mappings(plan)).containsExactly("web tcp 80→1", "web tcp 81→1", "web tcp 82→2");
        assertThat(plan.contested()).isTrue();
    }
}
