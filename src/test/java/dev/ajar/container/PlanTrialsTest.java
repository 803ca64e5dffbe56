package dev.ajar.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.container.Container.Network;
import dev.ajar.container.Container.PublishedPort;
import dev.ajar.model.Addresses;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RuleKey;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import dev.ajar.testing.WorkLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories of containers of two engines, with labels that contend for few ports, that lie, and that make no sense. */
@Tag("hostile")
class PlanTrialsTest extends PlanFixture {
    private static final int SEEDS = Integer.getInteger("ajar.seeds", 100) / 10;
    private static final String OTHER_ENGINE = "unix:///run/podman.sock";
    private static final List<String> OPEN = List.of(
            "80",
            "81",
            "80,81/udp",
            "80-83",
            "8080:80",
            "80:8080",
            "true",
            "false",
            "",
            "minecraft",
            "rdp",
            "all",
            "*",
            "-1",
            "0",
            "70000",
            "80/both",
            "80,,81",
            "80,80",
            "1-40",
            "1-200",
            "\u001b[2J",
            "80\u202e",
            "\u0662\u0665",
            "a".repeat(2000),
            "80;81",
            "8080:192.168.1.20:80",
            "--to 10.0.0.1",
            "80 81",
            "home assistant");
    private static final List<String> VALUES = List.of(
            "",
            "true",
            "false",
            "2h",
            "permanent",
            "0",
            "-1",
            "rdp",
            "any",
            "0.0.0.0/0",
            "203.0.113.7",
            "::/0",
            "\u0000",
            "x\ny",
            "9".repeat(300),
            "My server");
    private static final List<String> NAMES = List.of("web", "game", "a", "b", "../x", "Web", "web ", "\u5bb6");

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Container any(Random random, String name, int id) {
        Map<String, String> labels = new HashMap<>(Map.of("ajar.open", one(random, OPEN)));
        for (String label : List.of("name", "lease", "from", "yes-expose", "relay", "opne")) {
            if (random.nextInt(4) == 0) {
                labels.put("ajar." + label, one(random, VALUES));
            }
        }
        List<PublishedPort> ports = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            ports.add(new PublishedPort(
                    random.nextBoolean() ? TransportProtocol.TCP : TransportProtocol.UDP,
                    new Port(80 + random.nextInt(4)),
                    new Port(random.nextBoolean() ? 80 + random.nextInt(4) : 1 + random.nextInt(65_535)),
                    random.nextInt(3) > 0
                            ? Optional.empty()
                            : Optional.of(Addresses.parse(
                                            one(random, List.of("127.0.0.1", "192.168.77.10", "::", "::1", "fd00::1")))
                                    .orElseThrow())));
        }
        Network network = switch (random.nextInt(7)) {
            case 0 -> new Network.Host();
            case 1 -> new Network.None();
            case 2 -> new Network.Lan("home");
            case 3 -> new Network.Shared("id-" + random.nextInt(5));
            case 4 -> new Network.Ingress();
            case 5 -> new Network.Inner(List.of(Samples.ip("172.17.0." + (2 + random.nextInt(3)))));
            default -> new Network.Inner();
        };
        return new Container("id-" + id, name, labels, network, ports, random.nextInt(3));
    }

    private static List<Container> containers(Random random) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        List<Container> all = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            all.add(any(random, names.get(i), i));
        }
        return all;
    }

    private static boolean leadAlike(Mapping one, Mapping other) {
        return one.target().equals(other.target()) && one.remote().equals(other.remote());
    }

    /** Whose ports these are stays theirs, and two of a place lead to the same. */
    private static void isSound(ContainerPlan plan, Snapshot before, Snapshot after) {
        for (WantedPort port : plan.wanted()) {
            assertThat(port.mapping().description()).matches("[\\x20-\\x7e]{0,60}");
            assertThat(plan.wanted())
                    .filteredOn(other -> other.place().equals(port.place()))
                    .allMatch(other -> leadAlike(other.mapping(), port.mapping()));
            assertThat(before.desiredMappings())
                    .filteredOn(other -> !(other.owner() instanceof Owner.Container)
                            && WantedPort.Place.of(other).equals(port.place()))
                    .allMatch(other -> leadAlike(other.mapping(), port.mapping()));
        }
        assertThat(after.desiredMappings())
                .containsAll(before.desiredMappings().stream()
                        .filter(other -> !(other.owner() instanceof Owner.Container))
                        .toList());
        assertThat(plan.remarks())
                .allSatisfy(remark -> assertThat(remark.toString().chars()).noneMatch(Character::isISOControl));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void what_is_others_stays_theirs_and_a_plan_that_is_applied_is_stable(int round) {
        for (int seed = round * 1000; seed < round * 1000 + SEEDS; seed++) {
            Random random = new Random(seed);
            Snapshot snapshot = Snapshot.EMPTY.with(new DesiredMapping(
                    Samples.tcp(80 + random.nextInt(4)),
                    ContainerSettings.USUAL.selection(),
                    new Owner.User(),
                    NOW,
                    Optional.empty()));
            ContainerPlan last = ContainerPlan.EMPTY;
            for (int step = 0; step < 8; step++) {
                Map<String, List<Container>> heard =
                        new HashMap<>(Map.of(ENGINE, containers(random), OTHER_ENGINE, containers(random)));
                Set<RuleKey> listening = new HashSet<>();
                last.relays().stream().filter(rule -> random.nextBoolean()).forEach(rule -> listening.add(rule.key()));
                HostView host = host(HERE, List.of(), listening);
                ContainerPlan plan = ContainerPlan.of(heard, ContainerSettings.USUAL, snapshot, SERVICES, host);
                Snapshot after = plan.appliedTo(snapshot, last, heard.keySet(), heard.keySet(), NOW);
                isSound(plan, snapshot, after);

                // The order in which an engine tells its containers decides nothing, and what was given is kept.
                heard.replaceAll((engine, all) -> {
                    List<Container> other = new ArrayList<>(all);
                    Collections.shuffle(other, random);
                    return other;
                });
                ContainerPlan again = ContainerPlan.of(heard, ContainerSettings.USUAL, after, SERVICES, host);
                assertThat(Set.copyOf(again.wanted())).as("seed %d", seed).isEqualTo(Set.copyOf(plan.wanted()));
                assertThat(again.appliedTo(after, plan, heard.keySet(), heard.keySet(), NOW)
                                .desiredMappings())
                        .as("seed %d", seed)
                        .isEqualTo(after.desiredMappings());
                snapshot = after;
                last = plan;
            }
            Snapshot end = ContainerPlan.of(
                            Map.of(ENGINE, List.of(), OTHER_ENGINE, List.of()),
                            ContainerSettings.USUAL,
                            snapshot,
                            SERVICES,
                            host(HERE, List.of(), Set.of()))
                    .appliedTo(snapshot, last, Set.of(ENGINE, OTHER_ENGINE), Set.of(ENGINE, OTHER_ENGINE), NOW);
            assertThat(end.desiredMappings()).noneMatch(desired -> desired.owner() instanceof Owner.Container);
        }
    }

    /** The same name on both engines is two containers. */
    @Test
    void a_namesake_on_another_engine_neither_has_the_port_nor_ends_it() {
        Container web = container("web", "host", "", "ajar.open", "80");
        Snapshot first = applied(Snapshot.EMPTY, plan(web), ContainerPlan.EMPTY);
        Map<String, List<Container>> both = Map.of(ENGINE, List.of(web), OTHER_ENGINE, List.of(web));
        ContainerPlan shared =
                ContainerPlan.of(both, ContainerSettings.USUAL, first, SERVICES, host(HERE, List.of(), Set.of()));
        assertThat(shared.wanted()).hasSize(2);
        Snapshot after = shared.appliedTo(first, plan(web), both.keySet(), both.keySet(), NOW);
        Map<String, List<Container>> ended = Map.of(ENGINE, List.of(web), OTHER_ENGINE, List.of());
        Snapshot left = ContainerPlan.of(
                        ended, ContainerSettings.USUAL, after, SERVICES, host(HERE, List.of(), Set.of()))
                .appliedTo(after, shared, both.keySet(), both.keySet(), NOW);
        assertThat(left.desiredMappings()).isEqualTo(first.desiredMappings());
    }

    /** Five hundred that ask in vain, as a plan may be made in every pass. */
    @Test
    void hundreds_of_containers_cost_little() {
        Container[] many = Stream.iterate(0, i -> i + 1)
                .limit(500)
                .map(i -> container(
                        "c" + i, "host", "", "ajar.open", i % 2 == 0 ? "no-such-game-" + i : "80", "ajar.x" + i, "y"))
                .toArray(Container[]::new);
        AtomicReference<ContainerPlan> plan = new AtomicReference<>(ContainerPlan.EMPTY);
        WorkLimit.run(() -> plan.set(plan(Snapshot.EMPTY, many)));
        assertThat(plan.get().wanted()).hasSize(250);
    }
}
