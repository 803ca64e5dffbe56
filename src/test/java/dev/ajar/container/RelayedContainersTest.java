package dev.ajar.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.container.Container.Network;
import dev.ajar.model.Port;
import dev.ajar.relay.RelayRule;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayedContainersTest extends PlanFixture {
    @Test
    void a_port_that_is_not_published_is_relayed_and_opened_once_its_relay_listens() {
        Container shy = container(
                "shy", "bridge", "", "ajar.open", "8080:80", "ajar.relay", "true", "ajar.from", "203.0.113.0/24");

        ContainerPlan before = plan(Snapshot.EMPTY, shy);
        assertThat(before.relays()).singleElement().satisfies(rule -> {
            assertThat(rule).hasToString("tcp 8080 → 172.17.0.2:80");
            assertThat(rule.listen()).isEqualTo(new Port(8080));
            assertThat(rule.allow()).hasToString("[203.0.113.0/24]");
        });
        assertThat(before.wanted()).isEmpty();
        assertThat(before.remarks()).isEmpty();

        ContainerPlan after =
                plan(host(HERE, List.of(), Set.of(before.relays().getFirst().key())), Snapshot.EMPTY, shy);
        assertThat(mappings(after)).containsExactly("shy tcp 8080→8080");
        assertThat(after.relays()).isEqualTo(before.relays());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // The engine tells no address; a published port needs no relay; loopback alone is meant so.
                "inner; ''; 8080:80; needs an address",
                "bridge; 8081:80/tcp; 8080:80; ''",
                "bridge; 127.0.0.1:80:80/tcp; 8080:80; publishes it on 127.0.0.1",
                "host; ''; 8080:80; ''",
                "none; ''; 8080:80; no network",
                "bridge; ''; 8080:3389; rdp",
            })
    void a_relay_is_only_for_what_nothing_else_reaches(String network, String ports, String open, String why) {
        ContainerPlan plan =
                plan(Snapshot.EMPTY, container("web", network, ports, "ajar.open", open, "ajar.relay", "true"));

        assertThat(plan.relays()).isEmpty();
        assertThat(remarks(plan)).contains(why);
        assertThat(plan.wanted().isEmpty()).isEqualTo(!why.isEmpty());
    }

    @Test
    void a_relay_takes_no_port_of_another() {
        String[] labels = {"ajar.open", "8080:80", "ajar.relay", "true"};
        Container shy = container("shy", "bridge", "", labels);
        RelayRule rule = plan(Snapshot.EMPTY, shy).relays().getFirst();

        assertThat(plan(host(HERE, List.of(rule), Set.of(rule.key())), Snapshot.EMPTY, shy))
                .satisfies(plan -> assertThat(plan.relays()).isEmpty())
                .satisfies(plan -> assertThat(plan.wanted()).isEmpty())
                .satisfies(plan -> assertThat(remarks(plan)).contains("a relay of the configuration file"));

        // The user's own program listens on 8080, and so it leads to the same port of this host: not to the container.
        DesiredMapping own = plan(Snapshot.EMPTY, container("own", "host", "", "ajar.open", "8080"))
                .wanted()
                .getFirst()
                .desired(NOW);
        DesiredMapping users =
                new DesiredMapping(own.mapping(), own.selection(), new Owner.User(), own.madeAt(), own.until());
        ContainerPlan beside = plan(host(HERE, List.of(), Set.of(rule.key())), Snapshot.EMPTY.with(users), shy);
        assertThat(beside.relays()).isEmpty();
        assertThat(remarks(beside)).contains("8080");

        Container other = new Container(
                "id-other", "other", shy.labels(), new Network.Inner(List.of(Samples.ip("172.17.0.3"))), List.of(), 2);
        ContainerPlan two = plan(host(HERE, List.of(), Set.of(rule.key())), Snapshot.EMPTY, shy, other);
        assertThat(two.relays()).containsExactly(rule);
        assertThat(remarks(two)).contains("shy");
    }

    /** It was open before ajar was started again, and the new relay is a process that has to start. */
    @Test
    void what_was_open_stays_while_its_relay_begins_to_listen() {
        Container shy = container("shy", "bridge", "", "ajar.open", "8080:80", "ajar.relay", "true");
        RelayRule rule = plan(Snapshot.EMPTY, shy).relays().getFirst();
        HostView later = host(HERE, List.of(), Set.of());
        DesiredMapping open = plan(host(HERE, List.of(), Set.of(rule.key())), Snapshot.EMPTY, shy)
                .wanted()
                .getFirst()
                .desired(NOW);
        Snapshot before = Snapshot.EMPTY.with(open);

        assertThat(mappings(plan(later.starting(Set.of()), before, shy))).containsExactly("shy tcp 8080→8080");
        // Not what was never open, what listened and does so no longer, and what is not waited for any more.
        assertThat(plan(later.starting(Set.of()), Snapshot.EMPTY, shy).wanted()).isEmpty();
        assertThat(plan(later.starting(Set.of(rule.key())), before, shy).wanted())
                .isEmpty();
        assertThat(plan(later, before, shy).wanted()).isEmpty();
        DesiredMapping users =
                new DesiredMapping(open.mapping(), open.selection(), new Owner.User(), open.madeAt(), open.until());
        assertThat(plan(later.starting(Set.of()), Snapshot.EMPTY.with(users), shy)
                        .wanted())
                .isEmpty();
    }

    /** Its network may appear on this host after the engine has told of it, which tells nothing more then. */
    @Test
    void a_container_whose_network_is_not_there_yet_is_looked_at_again() {
        Container early = new Container(
                "id-early",
                "early",
                Map.of("ajar.open", "8080:80", "ajar.relay", "true"),
                new Network.Inner(List.of(Samples.ip("172.18.0.2"))),
                List.of(),
                1);

        assertThat(plan(Snapshot.EMPTY, early))
                .satisfies(plan -> assertThat(remarks(plan)).contains("needs an address"))
                .satisfies(plan -> assertThat(plan.contested()).isTrue());
        assertThat(plan(Snapshot.EMPTY, container("web", "inner", "", "ajar.open", "8080:80", "ajar.relay", "true"))
                        .contested())
                .isFalse();
    }
}
