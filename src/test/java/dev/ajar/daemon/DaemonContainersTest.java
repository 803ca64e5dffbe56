package dev.ajar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ajar.config.DaemonConfig;
import dev.ajar.config.KeptConfiguration;
import dev.ajar.container.Container;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayRule;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DaemonContainersTest {
    @TempDir
    Path home = Path.of(".");

    private static final DaemonConfig WATCHING =
            new DaemonConfig(new KeptConfiguration("ajar.toml", List.of(), List.of()), List.of()).watching(List.of());

    private final EmbeddedRouter router;

    DaemonContainersTest() throws IOException {
        router = EmbeddedRouter.start(RouterScript.standard().speaking(Speaks.UPNP), new SystemTimeline());
    }

    @AfterEach
    void close() {
        router.close();
    }

    private DaemonRig daemon(DaemonConfig configuration) {
        DaemonRig rig = new DaemonRig(router, home, configuration);
        rig.start();
        return rig;
    }

    private static Container container(String name, int here, int port) {
        return new Container(
                "id-" + name,
                name,
                Map.of("ajar.open", Integer.toString(port)),
                new Container.Network.Inner(),
                List.of(new Container.PublishedPort(
                        TransportProtocol.TCP, new Port(port), new Port(here), Optional.empty())),
                1);
    }

    /** The rules of the router: {@code 80→8080}. */
    private List<String> rules() {
        return router.table().stream()
                .map(rule -> rule.replaceAll("\\w+ (\\d+) -> [^ ]*:(\\d+) .*", "$1→$2"))
                .sorted()
                .toList();
    }

    private void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    private void untilRules(String... rules) {
        until(() -> rules().equals(List.of(rules)));
    }

    @Test
    void rules_follow_containers() {
        try (DaemonRig rig = daemon(WATCHING)) {
            rig.containers.tell(container("web", 8080, 80), container("game", 25565, 25565));
            untilRules("25565→25565", "80→8080");
            assertThat(rig.log).anyMatch(line -> line.contains("container web asks for tcp 80"));

            rig.containers.tell(container("site", 8080, 80));
            untilRules("80→8080");
            assertThat(rig.log).noneMatch(line -> line.matches("closed +tcp 80\\b.*"));

            rig.containers.tell(container("site", 8081, 80));
            untilRules("80→8081");
            rig.containers.tell();
            untilRules();
        }
    }

    @Test
    void a_restart_of_the_daemon_leaves_the_rules_of_running_containers() {
        DaemonRig first = daemon(WATCHING);
        first.containers.tell(container("web", 8080, 80), container("game", 25565, 25565));
        untilRules("25565→25565", "80→8080");
        first.stop(true);
        assertThat(rules()).containsExactly("25565→25565", "80→8080");

        try (DaemonRig rig = daemon(WATCHING)) {
            until(() -> rig.log.stream().anyMatch(line -> line.startsWith("keeping")));
            assertThat(rules()).as("before the engine has told").containsExactly("25565→25565", "80→8080");
            rig.containers.tell(container("game", 25565, 25565));
            untilRules("25565→25565");
        }
    }

    /** What stayed in the state file would be opened by the next daemon before it knows of a container. */
    @Test
    void the_end_of_the_daemon_ends_what_containers_wish() {
        DaemonRig rig = daemon(WATCHING);
        rig.containers.tell(container("web", 8080, 80));
        untilRules("80→8080");
        rig.stop(false);

        assertThat(rules()).isEmpty();
        Result<Snapshot> left = new FileStateStore(home, Samples.PROTOCOLS, warning -> {}).load();
        assertThat(left.toOptional()).map(Snapshot::desiredMappings).contains(List.of());
    }

    @Test
    void a_configuration_without_containers_ends_their_rules() {
        try (DaemonRig rig = daemon(WATCHING)) {
            rig.containers.tell(container("web", 8080, 80));
            untilRules("80→8080");
            rig.configuration.set(Result.ok(DaemonRig.configuration(List.of(), 25565)));
            rig.daemon.reload();
            untilRules("25565→25565");
        }
    }

    /** It publishes nothing, and asks for a relay. */
    private static Container shy() {
        return new Container(
                "id-shy",
                "shy",
                Map.of("ajar.open", "8080:80", "ajar.relay", "true"),
                new Container.Network.Inner(List.of(Samples.NEIGHBOUR)),
                List.of(),
                1);
    }

    @Test
    void a_port_that_a_container_does_not_publish_is_relayed_to_it() {
        Container shy = shy();
        try (DaemonRig rig = daemon(WATCHING)) {
            rig.containers.tell(shy, container("game", 25565, 25565));
            untilRules("25565→25565");
            until(() -> rig.relays.wanted.size() == 1);
            RelayRule rule = rig.relays.wanted.getFirst();
            assertThat(rule).hasToString("tcp 8080 → 192.168.77.11:80");

            rig.relays.report(Set.of(rule.key()));
            untilRules("25565→25565", "8080→8080");
            assertThat(rig.log).anyMatch(line -> line.contains("container shy asks for tcp 8080, which is relayed to"));
            rig.relays.report(Set.of());
            untilRules("25565→25565");
            rig.relays.report(Set.of(rule.key()));
            untilRules("25565→25565", "8080→8080");

            rig.containers.tell(container("game", 25565, 25565));
            untilRules("25565→25565");
            until(() -> rig.relays.wanted.isEmpty());
        }
    }

    /** The router keeps its rule while the new relay starts, and loses it where none comes. */
    @Test
    void a_restart_leaves_a_relayed_port_while_its_relay_begins_to_listen() {
        DaemonRig first = daemon(WATCHING);
        first.containers.tell(shy());
        until(() -> first.relays.wanted.size() == 1);
        RelayRule rule = first.relays.wanted.getFirst();
        first.relays.report(Set.of(rule.key()));
        untilRules("8080→8080");
        first.stop(true);

        try (DaemonRig rig = daemon(WATCHING)) {
            rig.containers.tell(shy(), container("game", 25565, 25565));
            untilRules("25565→25565", "8080→8080");
            assertThat(rig.relays.wanted).containsExactly(rule);
            rig.relays.report(Set.of());
            rig.containers.tell(shy(), container("game", 25566, 25566));
            untilRules("25566→25566", "8080→8080");
            assertThat(rig.log).noneMatch(line -> line.matches("closed +tcp 8080\\b.*"));
            rig.relays.report(Set.of(rule.key()));
            rig.relays.report(Set.of());
            untilRules("25566→25566");
        }
    }

    /** No relay comes: another program may have that port of this host. */
    @Test
    void a_relayed_port_whose_relay_does_not_listen_again_is_closed() {
        DaemonRig first = daemon(WATCHING);
        first.containers.tell(shy());
        until(() -> first.relays.wanted.size() == 1);
        first.relays.report(Set.of(first.relays.wanted.getFirst().key()));
        untilRules("8080→8080");
        first.stop(true);

        try (DaemonRig rig = daemon(WATCHING)) {
            rig.containers.tell(shy());
            until(() -> rig.relays.wanted.size() == 1);
            assertThat(rules()).containsExactly("8080→8080");
            rig.later.set(Duration.ofSeconds(21));
            rig.containers.tell(shy(), container("game", 25565, 25565));
            untilRules("25565→25565");
        }
    }

    /** Its relay may not listen for a while, as when this machine's network changes. */
    @Test
    void a_relayed_port_that_the_user_has_closed_stays_closed_when_its_relay_listens_again() {
        Container shy = shy();
        try (DaemonRig rig = daemon(WATCHING)) {
            rig.containers.tell(shy);
            until(() -> rig.relays.wanted.size() == 1);
            RelayRule rule = rig.relays.wanted.getFirst();
            rig.relays.report(Set.of(rule.key()));
            untilRules("8080→8080");
            FileStateStore others = new FileStateStore(home, Samples.PROTOCOLS, warning -> {});
            until(() -> others.update(snapshot ->
                            snapshot.ended(snapshot.desiredMappings().getFirst()))
                    instanceof Result.Ok);
            untilRules();

            rig.relays.report(Set.of());
            rig.containers.tell(shy, container("game", 25565, 25565));
            untilRules("25565→25565");
            rig.relays.report(Set.of(rule.key()));
            rig.containers.tell(shy, container("game", 25566, 25566));
            untilRules("25566→25566");

            rig.containers.tell(container("game", 25566, 25566));
            until(() -> rig.relays.wanted.isEmpty());
            rig.containers.tell(shy);
            untilRules("8080→8080");
        }
    }

    @Test
    void a_port_of_the_configuration_is_not_taken_and_comes_when_it_is_free() {
        DaemonConfig both = DaemonRig.configuration(List.of(), 80).watching(List.of());
        try (DaemonRig rig = daemon(both)) {
            untilRules("80→80");
            rig.containers.tell(container("web", 8080, 80));
            until(() -> rig.log.stream().anyMatch(line -> line.contains("the configuration file ajar.toml has it")));
            assertThat(rules()).containsExactly("80→80");

            rig.configuration.set(Result.ok(WATCHING));
            rig.daemon.reload();
            untilRules("80→8080");
        }
    }

    /** Nothing but the state file tells that the user has closed it. */
    @Test
    void a_port_of_the_user_comes_when_the_user_closes_it() {
        FileStateStore others = new FileStateStore(home, Samples.PROTOCOLS, warning -> {});
        DesiredMapping users = new DesiredMapping(
                Samples.tcp(80), GatewaySelector.AUTO, new Owner.User(), Instant.EPOCH, Optional.empty());
        others.update(snapshot -> snapshot.with(users));
        try (DaemonRig rig = daemon(WATCHING)) {
            untilRules("80→80");
            rig.containers.tell(container("web", 8080, 80));
            until(() -> rig.log.stream().anyMatch(line -> line.contains("ajar open has opened it")));

            until(() -> others.update(snapshot -> snapshot.ended(users)) instanceof Result.Ok);
            untilRules("80→8080");
        }
    }
}
