package dev.ajar.cli.hint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.command.JsonTest;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.host.ListeningSocket;
import dev.ajar.system.machine.AnswerRoute;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that do not leave by the router that lets connections in, which need not be the default gateway. */
class AnswerHintsTest {
    private static final String WORDS = "what this machine sends back from 127.0.0.1 leaves by eth1";

    @Test
    void every_command_judges_by_the_router_that_granted_the_port() throws IOException {
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            LocalRoute lan = router.lan().routes().getFirst();
            FakeHostProbe machine = new FakeHostProbe(List.of(new LocalRoute(
                    lan.interfaceName(),
                    lan.localAddress(),
                    lan.prefixLength(),
                    Optional.of(Samples.ip("127.99.0.1")))));
            machine.detour = Optional.of(new AnswerRoute.ByOtherLink("eth1"));
            machine.detouredRouter = lan.gateway();
            CliHarness ajar = new CliHarness(router, new MemoryStateStore(), machine);

            assertThat(ajar.run("open", "25565").err()).contains(WORDS).doesNotContain("Friends join");
            assertThat(ajar.run("status").err()).contains(WORDS);
            assertThat(flat(ajar.run("check", "25565").out())).contains(WORDS);
            assertThat(flat(ajar.run("doctor", "25565").out())).contains(WORDS);
            assertThat(flat(ajar.run("doctor").out())).contains(WORDS);
            for (String command : List.of("status", "list")) {
                CliHarness.Outcome json = ajar.run(command, "--json");
                assertThat(json.out())
                        .contains("\"hints\":[\"")
                        .contains("\"hints_sentences\":[{")
                        .contains(WORDS);
                assertThat(JsonTest.faults(json.out())).isEmpty();
            }
        }
    }

    /** A VPN that takes IPv4 alone leaves the way over IPv6 open. */
    @Test
    void where_one_version_of_ip_takes_another_way_it_is_named() {
        FakeHostProbe machine = new FakeHostProbe(List.of());
        machine.detour = Optional.of(new AnswerRoute.ByTunnel("wg0"));
        machine.detouredRouter = Optional.of(Samples.GATEWAY);
        ReportedMapping overIpv4 = open(Samples.HERE, Samples.GATEWAY);
        ReportedMapping overIpv6 = open(
                Addresses.parse("2a0b:77::10").orElseThrow(),
                Addresses.parse("fe80::1").orElseThrow());

        assertThat(found(List.of(overIpv4, overIpv6), machine))
                .singleElement()
                .asString()
                .startsWith("Over IPv4: What this machine answers leaves by the VPN (wg0)");
        assertThat(found(List.of(overIpv4), machine))
                .singleElement()
                .asString()
                .startsWith("What this machine answers");
        assertThat(found(List.of(overIpv6), machine)).isEmpty();
    }

    /** Friends are told an address that answers: that of IPv6 where a VPN takes IPv4, and none where it takes both. */
    @Test
    void a_version_of_ip_is_unanswered_where_every_answer_over_it_leaves_another_way() {
        FakeHostProbe machine = new FakeHostProbe(List.of());
        machine.detour = Optional.of(new AnswerRoute.ByTunnel("wg0"));
        machine.detouredRouter = Optional.of(Samples.GATEWAY);
        ReportedMapping overIpv4 = open(Samples.HERE, Samples.GATEWAY);
        ReportedMapping byOther = open(Samples.HERE, Samples.ip("192.168.1.2"));

        assertThat(AnswerHints.unanswered(List.of(overIpv4), machine)).containsExactly(IpVersion.IPV4);
        assertThat(AnswerHints.unanswered(List.of(overIpv4, byOther), machine)).isEmpty();
        machine.detour = Optional.of(new AnswerRoute.ToSome(new AnswerRoute.ByTunnel("wg0")));
        assertThat(AnswerHints.unanswered(List.of(overIpv4), machine)).isEmpty();
        machine.detour = Optional.of(new AnswerRoute.OfSome(new AnswerRoute.ByTunnel("wg0"), "fwmark 0x1"));
        assertThat(AnswerHints.unanswered(List.of(overIpv4), machine)).isEmpty();
    }

    /** As the line for friends: a server that is elsewhere than where the port leads to answers none of them. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, false",
        "192.168.77.10, false",
        "192.168.77.99, true",
        "127.0.0.1, true",
        ", false",
    })
    void a_server_at_another_address_than_the_port_leads_to_answers_no_friend(@Nullable String at, boolean missed) {
        FakeHostProbe machine = new FakeHostProbe(List.of());
        machine.listeners = Optional.of(
                at == null
                        ? List.of()
                        : List.of(new ListeningSocket(TransportProtocol.TCP, Samples.ip(at), new Port(25565))));

        assertThat(AnswerHints.unanswered(List.of(open(Samples.HERE, Samples.GATEWAY)), machine))
                .isEqualTo(missed ? Set.of(IpVersion.IPV4) : Set.of());
    }

    @Test
    void friends_are_told_no_address_at_which_the_server_does_not_listen() throws IOException {
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            FakeHostProbe machine = new FakeHostProbe(router.lan().routes());
            CliHarness ajar = new CliHarness(router, new MemoryStateStore(), machine);

            assertThat(ajar.run("open", "25565").err()).contains("Friends join");
            machine.listeners = Optional.of(List.of(new ListeningSocket(
                    TransportProtocol.TCP, Addresses.parse("2001:db8::10").orElseThrow(), new Port(25566))));
            CliHarness.Outcome elsewhere = ajar.run("open", "25566");
            assertThat(elsewhere.exitCode()).isZero();
            assertThat(elsewhere.err()).contains("2001:db8::10").doesNotContain("Friends join");
            assertThat(ajar.run("open", "25566", "--json").out()).contains("\"friends_join\":[]");
        }
    }

    private static List<String> found(List<ReportedMapping> open, FakeHostProbe machine) {
        return AnswerHints.of(open, machine).stream()
                .map(words -> words.found().toString())
                .toList();
    }

    private static ReportedMapping open(InetAddress own, InetAddress router) {
        Port port = new Port(25565);
        return new ReportedMapping(
                TransportProtocol.TCP,
                IpVersion.of(own),
                port,
                port,
                new Endpoint(own, port),
                true,
                Optional.empty(),
                Optional.of(new GatewayId(PxpProtocols.PCP, router)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                "",
                ReportedMapping.Status.OPEN,
                Optional.empty());
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
