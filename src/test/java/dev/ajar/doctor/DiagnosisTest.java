package dev.ajar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.status.RouterSurvey;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.MissingHome;
import dev.ajar.system.host.FirewallState;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Silences that no embedded router can play; all others are in {@code test-fixtures/doctor}. */
class DiagnosisTest {
    private static final FirewallState CLOSED = new FirewallState.Closed("ufw", "x");
    private static final FirewallState OPEN = new FirewallState.Open();

    private static Facts facts(String make, boolean heard, boolean firewall, List<String> outcomes) {
        List<ProbeAttempt> attempts = new ArrayList<>();
        for (String outcome : outcomes) {
            attempts.add(new ProbeAttempt(
                    "eth0",
                    ProbeAttempt.Stage.PROBE,
                    PxpProtocols.PCP,
                    Message.verbatim("PCP 192.168.1.1"),
                    ProbeAttempt.ProbeOutcome.valueOf(outcome),
                    Message.verbatim("x")));
        }
        LocalRoute route = new LocalRoute(
                "eth0",
                Addresses.ipv4("192.168.1.20").orElseThrow(),
                24,
                Addresses.ipv4("192.168.1.1").map(address -> address));
        return new Facts(
                List.of(route),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(route),
                false,
                Optional.empty(),
                heard,
                firewall ? new RouterTraffic(CLOSED, OPEN, OPEN) : RouterTraffic.OPEN,
                new RouterSurvey(List.of(), attempts, Set.of(), List.of(), List.of(), List.of(), Optional.empty()),
                new GuideCatalog().find(make).orElseThrow(),
                List.of(),
                Optional.empty());
    }

    private static Facts with(Facts facts, RouterTraffic traffic, Optional<MissingHome> missing) {
        return new Facts(
                facts.routes(),
                false,
                missing,
                facts.detour(),
                facts.home(),
                facts.container(),
                facts.inside(),
                facts.neighbourHeard(),
                traffic,
                facts.survey(),
                facts.guide(),
                facts.barred(),
                facts.port());
    }

    /** The exact command is the next step. */
    @Test
    void an_own_firewall_that_drops_the_routers_answers_is_the_cause_and_not_its_silence() {
        Verdict answers = Diagnosis.of(with(
                        facts("generic", true, false, List.of("SILENT", "SILENT")),
                        new RouterTraffic(CLOSED, CLOSED, OPEN),
                        Optional.empty()))
                .first();
        Verdict questions = Diagnosis.of(with(
                        facts("generic", true, false, List.of("KEPT_IN")),
                        new RouterTraffic(OPEN, OPEN, CLOSED),
                        Optional.empty()))
                .first();

        assertThat(answers.id()).isEqualTo("own_firewall_keeps_out");
        assertThat(answers.certainty()).isEqualTo(Certainty.LIKELY);
        assertThat(answers.next().toString()).isEqualTo("Let its answers in: x");
        assertThat(questions.id()).isEqualTo("own_firewall_keeps_in");
        assertThat(questions.next().toString()).isEqualTo("Let them out (ufw): x");
    }

    @ParameterizedTest
    @CsvSource({
        "SILENT SILENT, router_unreachable, CANNOT_TELL",
        "SILENT UNREACHABLE, switched_off, CANNOT_TELL",
    })
    void a_card_entered_by_hand_is_named_where_nothing_of_the_router_was_heard(
            String outcomes, String verdict, Certainty certainty) {
        Verdict first = Diagnosis.of(with(
                        facts("generic", true, false, List.of(outcomes.split(" "))),
                        RouterTraffic.OPEN,
                        Optional.of(new MissingHome.FixedCard(
                                Addresses.ipv4("192.168.1.1").orElseThrow(), "02:00:00:00:00:99", "eth0"))))
                .first();

        assertThat(first.id()).isEqualTo(verdict);
        assertThat(first.certainty()).isEqualTo(certainty);
    }

    @ParameterizedTest
    @CsvSource({
        "SILENT SILENT SILENT, true, false, silent, CANNOT_TELL",
        "UNREACHABLE UNREACHABLE SILENT, true, false, switched_off, CANNOT_TELL",
        "SILENT SILENT SILENT, false, false, router_unreachable, LIKELY",
        "SILENT SILENT SILENT, true, true, silent_or_own_firewall, CANNOT_TELL",
        "SILENT UNFINISHED, true, false, search_unfinished, CANNOT_TELL",
        "UNFINISHED INCAPABLE, true, true, search_unfinished, CANNOT_TELL",
        "SILENT INCAPABLE, true, false, answers_but_no_forwarding, LIKELY",
        "SILENT REJECTED, true, true, answers_nonsense, LIKELY",
    })
    void silences_are_told_apart_as_far_as_they_can_be(
            String outcomes, boolean heard, boolean firewall, String id, Certainty certainty) {
        Diagnosis diagnosis = Diagnosis.of(facts("generic", heard, firewall, List.of(outcomes.split(" "))));

        assertThat(diagnosis.first().id()).isEqualTo(id);
        assertThat(diagnosis.first().certainty()).isEqualTo(certainty);
        assertThat(diagnosis.first().next().toString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"totolink, Advanced Settings > Management > UPnP", "mikrotik, IP > UPnP"})
    void the_next_step_is_in_the_menus_of_that_very_make(String make, String menu) {
        Diagnosis diagnosis = Diagnosis.of(facts(make, true, false, List.of("UNREACHABLE", "SILENT")));

        assertThat(diagnosis.first().next()).asString().contains(menu);
    }

    @ParameterizedTest
    @CsvSource({"IPV6, false", "IPV4, true"})
    void only_a_record_of_the_same_ip_version_says_that_a_port_was_opened(IpVersion version, boolean recorded) {
        Port port = new Port(25565);
        ReportedMapping opened =
                OpenPort.to(new Endpoint(Addresses.ipv4("192.168.1.20").orElseThrow(), port), version);
        Facts none = facts("generic", true, false, List.of());
        Facts facts = new Facts(
                none.routes(),
                false,
                Optional.empty(),
                Optional.empty(),
                none.home(),
                false,
                Optional.empty(),
                true,
                none.replies(),
                new RouterSurvey(
                        List.of(), List.of(), Set.of(), List.of(), List.of(opened), List.of(), Optional.empty()),
                none.guide(),
                List.of(),
                Optional.empty());
        Mapping wanted = new Mapping(
                TransportProtocol.TCP,
                port,
                PortPolicy.EXACT,
                new Target.ThisHost(port),
                LeaseDuration.ofSeconds(3600),
                "ajar");

        assertThat(facts.isRecorded(wanted)).isEqualTo(recorded);
    }

    private static final LocalRoute IPV6_HOME =
            new LocalRoute("eth0", Addresses.parse("2001:db8::20").orElseThrow(), 64, Addresses.parse("fe80::1"));

    private static Facts ipv6Alone(List<ReportedMapping> opened, List<RouterSurvey.Seen> seen) {
        Facts none = facts("generic", false, false, List.of("SILENT", "SILENT"));
        return new Facts(
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(IPV6_HOME),
                false,
                Optional.empty(),
                false,
                none.replies(),
                new RouterSurvey(
                        seen, none.survey().attempts(), Set.of(), List.of(), opened, List.of(), Optional.empty()),
                none.guide(),
                List.of(),
                Optional.empty());
    }

    @Test
    void a_machine_with_ipv6_alone_is_on_a_network() {
        Diagnosis diagnosis = Diagnosis.of(ipv6Alone(List.of(), List.of()));

        assertThat(diagnosis.first().id()).isEqualTo("silent");
        assertThat(diagnosis.first().title().toString()).contains("IPv6 firewall");
        assertThat(diagnosis.others()).extracting(Verdict::id).contains("ipv6_alone");
    }

    @ParameterizedTest
    @CsvSource({"true, GOOD", "false, BAD"})
    void the_check_of_a_machine_with_ipv6_alone_asks_for_its_pinhole(boolean open, Check.Result result) {
        Port port = new Port(25565);
        ReportedMapping pinhole = OpenPort.to(new Endpoint(IPV6_HOME.localAddress(), port), IpVersion.IPV6);
        RouterSurvey.Seen firewall = new RouterSurvey.Seen(
                new GatewayInfo(
                        new GatewayId(
                                PxpProtocols.PCP, Addresses.parse("fe80::1").orElseThrow()),
                        IPV6_HOME,
                        "PCP",
                        RouterText.EMPTY,
                        RouterText.EMPTY,
                        Optional.empty(),
                        Set.of()),
                Result.ok(Optional.of(IPV6_HOME.localAddress())),
                Optional.empty(),
                Optional.empty());
        Facts facts = ipv6Alone(open ? List.of(pinhole) : List.of(), List.of(firewall));
        Facts.OfPort asked = new Facts.OfPort(
                new Mapping(
                        TransportProtocol.TCP,
                        port,
                        PortPolicy.EXACT,
                        new Target.ThisHost(port),
                        LeaseDuration.ofSeconds(3600),
                        "ajar"),
                IPV6_HOME.localAddress(),
                Set.of(IPV6_HOME.localAddress()),
                new ListenerState.Unknown(TransportProtocol.TCP, port),
                new FirewallState.Open(),
                Optional.empty(),
                Facts.Trial.NONE);

        assertThat(Check.of(facts, asked))
                .filteredOn(check -> check.id().equals("mapping"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.result()).isEqualTo(result);
                    assertThat(check.text().toString()).contains("IPv6 firewall");
                });
    }

    /**
     * Looking on every network finds a router that a command does not ask without being told to: it does not stop
     * answering.
     */
    @ParameterizedTest
    @CsvSource({"false, true", "true, false"})
    void a_router_that_is_not_the_way_out_is_to_be_named(boolean leadsOut, boolean named) {
        Facts none = facts("generic", true, false, List.of());
        InetAddress other = Addresses.ipv4("10.5.0.1").orElseThrow();
        LocalRoute beside = new LocalRoute(
                "eth1",
                Addresses.ipv4("10.5.0.2").orElseThrow(),
                24,
                Optional.of(other).filter(ignored -> leadsOut));
        RouterSurvey.Seen seen = new RouterSurvey.Seen(
                new GatewayInfo(
                        new GatewayId(PxpProtocols.PCP, other),
                        beside,
                        "PCP",
                        RouterText.EMPTY,
                        RouterText.EMPTY,
                        Optional.empty(),
                        Set.of()),
                Result.ok(Optional.empty()),
                Optional.empty(),
                Optional.empty());
        Facts facts = new Facts(
                none.routes(),
                false,
                Optional.empty(),
                Optional.empty(),
                none.home(),
                false,
                Optional.empty(),
                true,
                none.replies(),
                new RouterSurvey(List.of(seen), List.of(), Set.of(), List.of(), List.of(), List.of(), Optional.empty()),
                none.guide(),
                List.of(),
                Optional.empty());

        assertThat(SilenceCauses.elsewhere(facts).map(verdict -> verdict.next().toString()))
                .isEqualTo(
                        named
                                ? Optional.of(
                                        "Name the router that answers, if it is the one that leads to the internet:"
                                                + " ajar open PORT --gateway 10.5.0.1")
                                : Optional.empty());
    }

    /** A rule made by the router's own interface stands in no list of UPnP, which says nothing of it. */
    @ParameterizedTest
    @CsvSource({"25565, true", "25566, false"})
    void a_port_opened_by_the_routers_own_interface_is_looked_for_there(int number, boolean itsOwn) {
        GatewayId router = new GatewayId(
                AdminProtocol.ROUTER, Addresses.ipv4("192.168.1.1").orElseThrow());
        Port open = new Port(25565);
        ReportedMapping rule = new ReportedMapping(
                TransportProtocol.TCP,
                IpVersion.IPV4,
                open,
                open,
                new Endpoint(Addresses.ipv4("192.168.1.20").orElseThrow(), open),
                true,
                Optional.empty(),
                Optional.of(router),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                "ajar",
                ReportedMapping.Status.OPEN,
                Optional.empty());
        RouterSurvey.Seen byUpnp = seen(UpnpProtocol.UPNP);
        RouterSurvey.Seen byItself = seen(AdminProtocol.ROUTER);
        RouterSurvey survey = new RouterSurvey(
                List.of(byUpnp), List.of(), Set.of(), List.of(), List.of(rule), List.of(), Optional.of(byItself));
        Port port = new Port(number);

        RouterSurvey about = survey.about(new Mapping(
                TransportProtocol.TCP,
                port,
                PortPolicy.EXACT,
                new Target.ThisHost(port),
                LeaseDuration.PERMANENT,
                "ajar"));

        assertThat(about.seen().contains(byItself)).isEqualTo(itsOwn);
        assertThat(about.seen().contains(byUpnp)).isEqualTo(!itsOwn);
    }

    private static RouterSurvey.Seen seen(MappingProtocol protocol) {
        return new RouterSurvey.Seen(
                new GatewayInfo(
                        new GatewayId(protocol, Addresses.ipv4("192.168.1.1").orElseThrow()),
                        new LocalRoute(
                                "eth0",
                                Addresses.ipv4("192.168.1.20").orElseThrow(),
                                24,
                                Addresses.parse("192.168.1.1")),
                        "router",
                        RouterText.EMPTY,
                        RouterText.EMPTY,
                        Optional.empty(),
                        Set.of()),
                Result.ok(Optional.empty()),
                Optional.of(new MappingTable(List.of(), true, List.of())),
                Optional.empty());
    }
}
