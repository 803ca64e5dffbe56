package dev.ajar.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.MissingHome;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SystemNetworkView;
import dev.ajar.system.machine.AnswerRoute;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.testing.ManualTimeline;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from machines that were recorded, and what is decided from it. */
class MachinesTest {
    private static final Path EXPECTED = Path.of("test-fixtures/machines/expected.txt");

    private static NetworkView view(RecordedKernel kernel) {
        return new SystemNetworkView(new LinuxSource(kernel, new ManualTimeline()));
    }

    private static String text(LocalRoute route) {
        return route.interfaceName() + " " + Addresses.text(route.localAddress())
                + route.gateway()
                        .map(gateway -> " by " + Addresses.text(gateway))
                        .orElse("")
                + (route.isOnLink() ? " by the link" : "");
    }

    private static String text(AnswerRoute detour) {
        return switch (detour) {
            case AnswerRoute.ByTunnel(String name) -> name;
            case AnswerRoute.ByOtherLink(String name) -> "the other link " + name;
            case AnswerRoute.ByOtherRouter(InetAddress router) -> "the other router " + Addresses.text(router);
            case AnswerRoute.Nowhere ignored -> "nowhere";
            case AnswerRoute.ToSome(AnswerRoute.OfAll way) -> text(way) + " to some";
            case AnswerRoute.NotTold(Optional<String> rule) ->
                "not told" + rule.map(packets -> " for " + packets).orElse("");
            case AnswerRoute.OfSome(AnswerRoute.OfAll way, String rule) -> text(way) + " for " + rule;
            case AnswerRoute.ExceptSome(AnswerRoute.OfAll way, String rule) -> text(way) + " but for " + rule;
        };
    }

    private static String summary(String name, boolean hasProgram) throws IOException {
        NetworkView view = view(new RecordedKernel(name, hasProgram));
        Machine machine = view.machine();
        String kinds = machine.links().stream()
                .filter(link -> link.kind() != LinkKind.LOOPBACK)
                .map(link -> link.name() + "=" + link.kind())
                .collect(Collectors.joining(" "));
        String ways = Stream.concat(view.routes().stream(), view.ipv6Routes().stream())
                .map(MachinesTest::text)
                .collect(Collectors.joining(", "));
        String answers = machine.answers().keySet().stream()
                .flatMap(
                        own -> view.machine(IpVersion.of(own)).detour(own, Optional.empty(), Optional.empty()).stream())
                .map(MachinesTest::text)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
        return "%s | %s | %s | %s | %s"
                .formatted(name, machine.depth(), kinds, ways, answers)
                .strip();
    }

    static List<String> expected() throws IOException {
        return Files.readAllLines(EXPECTED).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void a_machine_is_read_as_it_is(String line) throws IOException {
        String name = line.substring(0, line.indexOf(' '));

        assertThat(summary(name, true)).isEqualTo(line.strip());
    }

    @Test
    void every_recorded_machine_is_expected() throws IOException {
        try (Stream<Path> files = Files.list(RecordedKernel.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .hasSizeGreaterThanOrEqualTo(30)
                    .containsExactlyInAnyOrderElementsOf(expected().stream()
                            .map(line -> line.substring(0, line.indexOf(' ')))
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bridge-and-containers, docker0 172.17.0.1",
        "containers, br-0123456789ab 172.17.0.1",
        "bridge-docker-name, ''",
        "two-links, ''",
        "plain, ''"
    })
    void networks_of_containers_are_inside(String name, String inner) throws IOException {
        assertThat(view(new RecordedKernel(name, true)).innerRoutes().stream()
                        .map(MachinesTest::text)
                        .collect(Collectors.joining(", ")))
                .isEqualTo(inner);
    }

    /** The home is the same without the program that tells the rest, and it is said that the rest is not known. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tunnel-better",
                "halves",
                "tunnel-replaced-default",
                "policy",
                "policy-named-as-cable",
                "two-links",
                "stacked-policy",
                "ipv6-tunnel"
            })
    void without_the_program_the_home_is_found_and_the_rest_cannot_be_told(String name) throws IOException {
        NetworkView with = view(new RecordedKernel(name, true));
        for (RecordedKernel.Program program : EnumSet.complementOf(EnumSet.of(RecordedKernel.Program.AS_RECORDED))) {
            RecordedKernel kernel = new RecordedKernel(name, program);
            NetworkView without = view(kernel);

            assertThat(without.routes()).as(program.name()).isEqualTo(with.routes());
            assertThat(without.ipv6Routes()).isEqualTo(with.ipv6Routes());
            assertThat(without.machine().depth()).as(program.name()).isEqualTo(Machine.Depth.CANNOT_BE_TOLD);
            Machine whole = with.machine();
            // What is told is so, and what is not known is said not to be.
            assertThat(without.machine().answers().keySet())
                    .isEqualTo(whole.answers().keySet());
            without.machine()
                    .answers()
                    .forEach((own, way) -> way.known()
                            .ifPresent(known -> assertThat(
                                            whole.answer(own).known().map(KernelRoute.Known::interfaceName))
                                    .as(program.name())
                                    .contains(known.interfaceName())));
            assertThat(kernel.questions()).as(program.name()).isLessThanOrEqualTo(2);
        }
    }

    /** The rest of the way is in a table that cannot be read: the kernel's own choice of an address tells the link. */
    @Test
    void without_the_program_another_tables_link_is_found_by_its_address() throws IOException {
        assertThat(view(new RecordedKernel("other-table", false)).routes())
                .extracting(MachinesTest::text)
                .containsExactly("eth0 192.168.77.10 by the link");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "bridge-lan",
                "containers",
                "stacked",
                "alias",
                "renumbered",
                "ipv6",
                "ipv6-stale",
                "bridge-with-tap",
                "shim",
                "far-gateway",
                "local-ipv6",
                "inside"
            })
    void no_program_is_started_where_there_is_one_way(String name) throws IOException {
        RecordedKernel kernel = new RecordedKernel(name, true);

        assertThat(view(kernel).machine().depth()).isEqualTo(Machine.Depth.PLAIN);
        assertThat(kernel.questions()).isZero();
    }

    @Test
    void the_program_is_asked_once_while_nothing_changes() throws IOException {
        RecordedKernel kernel = new RecordedKernel("policy", true);
        NetworkView followed = view(kernel);

        followed.routes();
        int first = kernel.questions();
        followed.ipv6Routes();
        followed.towards(Addresses.ipv4("192.168.77.1").orElseThrow());

        assertThat(first).isBetween(5, 16);
        assertThat(kernel.questions()).isEqualTo(first);
    }

    /** With the cable out, the address that this machine gave itself says nothing of a network. */
    @Test
    void an_address_given_by_itself_is_one_of_a_link_that_is_up() throws IOException {
        assertThat(view(new RecordedKernel("self-given", true)).missingHome())
                .contains(new MissingHome.SelfGivenAddress(
                        Addresses.ipv4("169.254.33.7").orElseThrow()));
        assertThat(view(new RecordedKernel("self-given-unplugged", true)).missingHome())
                .contains(new MissingHome.Unconnected());
        assertThat(view(new RecordedKernel("no-signal", true)).missingHome())
                .contains(new MissingHome.NoSignal("eth0"));
        assertThat(view(new RecordedKernel("local-ipv6", true)).missingHome())
                .contains(new MissingHome.NoInternetAddress());
    }

    /** There is a way, and nothing of this machine's takes it to the router. */
    @Test
    void a_router_that_this_machine_itself_cuts_off_is_no_home() throws IOException {
        assertThat(view(new RecordedKernel("gateway-is-own", true)).missingHome())
                .contains(new MissingHome.GatewayIsOwn(
                        Addresses.ipv4("192.168.77.1").orElseThrow(), "docker0"));
        assertThat(view(new RecordedKernel("nothing-leaves", true)).missingHome())
                .contains(new MissingHome.NothingLeaves(
                        Addresses.ipv4("192.168.77.10").orElseThrow()));
        for (String usable : List.of("plain", "policy", "forbids-by-mark", "alias", "shim", "far-gateway")) {
            assertThat(view(new RecordedKernel(usable, true)).missingHome())
                    .as(usable)
                    .isEmpty();
        }
    }

    @Test
    void every_own_address_is_this_machine() throws IOException {
        NetworkView alias = view(new RecordedKernel("alias-halves", true));

        assertThat(List.of("192.168.77.10", "192.168.77.16", "10.96.0.5", "127.0.0.1"))
                .allMatch(own -> alias.isOwn(Addresses.ipv4(own).orElseThrow()));
        assertThat(alias.isOwn(Addresses.ipv4("192.168.77.11").orElseThrow())).isFalse();
        assertThat(alias.towards(
                                Addresses.ipv4("192.168.77.1").orElseThrow(),
                                Addresses.ipv4("192.168.77.16").orElseThrow())
                        .map(MachinesTest::text))
                .contains("eth0 192.168.77.16");
    }

    @Test
    void of_a_tunnel_only_the_other_end_is_reached() throws IOException {
        NetworkView view = view(new RecordedKernel("tunnel-better", true));

        assertThat(view.towards(Addresses.ipv4("10.96.0.1").orElseThrow())).isPresent();
        assertThat(view.towards(Addresses.ipv4("10.97.0.1").orElseThrow())).isEmpty();
        assertThat(view.towards(Addresses.ipv4("192.168.77.1").orElseThrow()).map(MachinesTest::text))
                .contains("eth0 192.168.77.10");
    }

    /**
     * No rule ever chose a table there, so that the kernel's choice of an address tells the way without the program.
     */
    @Test
    void without_the_program_a_tunnel_that_has_the_usual_table_is_known_and_one_by_rules_is_not() throws IOException {
        InetAddress own = Addresses.ipv4("192.168.77.10").orElseThrow();

        assertThat(view(new RecordedKernel("halves", false)).machine().detour(own, Optional.empty(), Optional.empty()))
                .contains(new AnswerRoute.ByTunnel("tun0"));
        assertThat(view(new RecordedKernel("policy", false)).machine().detour(own, Optional.empty(), Optional.empty()))
                .contains(new AnswerRoute.NotTold(Optional.empty()));
        assertThat(view(new RecordedKernel("split-prohibited", false))
                        .machine()
                        .detour(own, Optional.empty(), Optional.empty()))
                .contains(new AnswerRoute.NotTold(Optional.empty()));
    }

    /** That rules were made at some time shows in a file that is read anyway; that none is left has to be asked. */
    @Test
    void where_rules_were_made_they_alone_are_asked_for() throws IOException {
        RecordedKernel kernel = new RecordedKernel("rules-gone", true);
        RecordedKernel forbidding = new RecordedKernel("forbids-by-mark", true);

        assertThat(view(kernel).machine().depth()).isEqualTo(Machine.Depth.PLAIN);
        assertThat(kernel.questions()).isEqualTo(2);
        assertThat(view(forbidding).machine().depth()).isEqualTo(Machine.Depth.ASKED);
    }

    /** No file shows rules of IPv6: they are asked for where an answer over IPv6 is judged, once for a while. */
    @Test
    void rules_of_ipv6_are_asked_for_where_answers_over_it_are_judged() throws IOException {
        RecordedKernel plain = new RecordedKernel("ipv6", true);
        RecordedKernel forbidding = new RecordedKernel("ipv6-forbids-by-mark", true);
        NetworkView followed = view(plain);

        assertThat(followed.machine(IpVersion.IPV4).depth()).isEqualTo(Machine.Depth.PLAIN);
        assertThat(plain.questions()).isZero();
        assertThat(followed.machine(IpVersion.IPV6)).isEqualTo(followed.machine());
        assertThat(followed.machine(IpVersion.IPV6).depth()).isEqualTo(Machine.Depth.PLAIN);
        assertThat(plain.questions()).isEqualTo(1);
        assertThat(view(forbidding).machine(IpVersion.IPV4).depth()).isEqualTo(Machine.Depth.PLAIN);
        assertThat(view(forbidding).machine(IpVersion.IPV6).depth()).isEqualTo(Machine.Depth.ASKED);
        for (RecordedKernel.Program program : RecordedKernel.Program.values()) {
            RecordedKernel kernel = new RecordedKernel("ipv6", program);
            assertThat(view(kernel).machine(IpVersion.IPV6)).as(program.name()).isEqualTo(followed.machine());
        }
    }

    /** Neither router over IPv6 has an address that shows whose it is, so their cards are asked for. */
    @Test
    void two_routers_over_ipv6_are_told_apart_by_their_cards() throws IOException {
        InetAddress own = Addresses.parse("2a0b:77::10").orElseThrow();
        Machine machine = view(new RecordedKernel("ipv6-two-routers", true)).machine(IpVersion.IPV6);

        assertThat(machine.detour(own, Addresses.parse("fe80::1"), Optional.empty()))
                .contains(new AnswerRoute.ByOtherRouter(
                        Addresses.parse("fe80::99").orElseThrow()));
        assertThat(machine.detour(own, Addresses.parse("fe80::99"), Optional.empty()))
                .isEmpty();
        assertThat(view(new RecordedKernel("ipv6-two-hops", true))
                        .machine(IpVersion.IPV6)
                        .detour(own, Addresses.parse("fe80::1"), Optional.empty()))
                .contains(new AnswerRoute.ToSome(new AnswerRoute.ByOtherRouter(
                        Addresses.parse("fe80::99").orElseThrow())));
    }

    /** Two routes that are equally preferred are not one with two next hops: all answers take the same of them. */
    @ParameterizedTest
    @CsvSource({"uplinks-beside, false", "uplinks-equal, true"})
    void next_hops_of_one_route_take_some_answers_each(String name, boolean toSome) throws IOException {
        assertThat(view(new RecordedKernel(name, true))
                        .machine()
                        .detour(
                                Addresses.ipv4("192.168.77.10").orElseThrow(),
                                Addresses.parse("192.168.77.1"),
                                Optional.empty())
                        .filter(AnswerRoute.ToSome.class::isInstance)
                        .isPresent())
                .isEqualTo(toSome);
    }

    /** The port is on a router of the home, and the one way out of this machine leads by another network. */
    @Test
    void without_a_program_the_only_way_out_is_that_of_every_address() throws IOException {
        RecordedKernel kernel = new RecordedKernel("inside", false);

        assertThat(view(kernel)
                        .machine()
                        .detour(
                                Addresses.ipv4("192.168.77.10").orElseThrow(),
                                Addresses.parse("192.168.77.1"),
                                Optional.empty()))
                .contains(new AnswerRoute.ByOtherLink("eth5"));
        assertThat(kernel.questions()).isZero();
    }
}
