package dev.ajar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.status.RouterSurvey;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import dev.ajar.system.machine.AnswerRoute;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor says what was seen or tried, and no more. */
class SeenAloneTest {
    private static final Port PORT = new Port(25565);
    private static final InetAddress HERE = Addresses.parse("2001:db8::20").orElseThrow();
    private static final LocalRoute HOME = new LocalRoute("eth0", HERE, 64, Addresses.parse("fe80::1"));

    /** Its answers took until the end of the time: that is no silence. */
    @Test
    void a_router_that_says_late_that_it_is_too_busy_has_answered() {
        Failure late =
                new Failure.TimedOut(Message.of("upnp.table-unseen", "reason", Message.of("upnp.busy", "status", 503)));

        Verdict verdict = trial(late);

        assertThat(verdict.id()).isEqualTo("too_busy");
        assertThat(verdict.title()).asString().contains("HTTP 503");
    }

    @Test
    void a_router_that_does_not_answer_in_time_stopped_answering() {
        Failure silent = new Failure.TimedOut(Message.of("upnp.table-unseen", "reason", Message.of("upnp.no-time")));

        assertThat(trial(silent).id()).isEqualTo("stops_answering");
    }

    @Test
    void without_a_port_none_was_tried_over_ipv6_alone() {
        Diagnosis diagnosis = Diagnosis.of(facts(List.of(), Optional.empty()));

        assertThat(diagnosis.first().id()).isEqualTo("all_well");
        assertThat(diagnosis.first().title())
                .asString()
                .contains("takes requests", "none was tried")
                .doesNotContain("public");
    }

    @Test
    void an_opened_port_is_not_tried_again_over_ipv6_alone() {
        ReportedMapping pinhole = OpenPort.to(new Endpoint(HERE, PORT), IpVersion.IPV6);

        Diagnosis diagnosis = Diagnosis.of(facts(List.of(pinhole), Optional.of(asked())));

        assertThat(diagnosis.first().id()).isEqualTo("all_well");
        assertThat(diagnosis.first().because()).singleElement().asString().contains("not tried again");
    }

    /** A rule of this machine that lets nothing out looks like a router that is silent. */
    @ParameterizedTest
    @CsvSource({"true, no_way_for_answers", "false, silent"})
    void where_nothing_leaves_over_ipv6_this_machine_is_named(boolean shut, String id) {
        Facts silent = facts(List.of(), List.of(), Optional.empty());
        Facts.AnswersLeave nowhere = new Facts.AnswersLeave(HERE, new AnswerRoute.Nowhere(), Optional.empty());

        Diagnosis diagnosis = Diagnosis.of(
                shut ? silent.with(asked(), Optional.of(nowhere)) : silent.with(asked(), Optional.empty()));

        assertThat(diagnosis.first().id()).isEqualTo(id);
        assertThat(diagnosis.others()).extracting(Verdict::id).doesNotContain("silent");
        if (shut) {
            assertThat(diagnosis.first().because()).singleElement().asString().contains("let nothing out");
        }
    }

    private static Verdict trial(Failure failure) {
        OpenReport report =
                new OpenReport(Optional.empty(), Optional.empty(), List.of(), Optional.of(failure), List.of());
        return TrialCauses.of(facts(List.of(), Optional.empty()), asked(), report)
                .orElseThrow();
    }

    private static Facts.OfPort asked() {
        return new Facts.OfPort(
                new Mapping(
                        TransportProtocol.TCP,
                        PORT,
                        PortPolicy.EXACT,
                        new Target.ThisHost(PORT),
                        LeaseDuration.ofSeconds(3600),
                        "ajar"),
                HERE,
                Set.of(HERE),
                new ListenerState.Unknown(TransportProtocol.TCP, PORT),
                new FirewallState.Open(),
                Optional.empty(),
                Facts.Trial.NONE);
    }

    private static Facts facts(List<ReportedMapping> opened, Optional<Facts.OfPort> port) {
        return facts(List.of(firewall()), opened, port);
    }

    private static RouterSurvey.Seen firewall() {
        return new RouterSurvey.Seen(
                new GatewayInfo(
                        new GatewayId(
                                PxpProtocols.PCP, Addresses.parse("fe80::1").orElseThrow()),
                        HOME,
                        "PCP",
                        RouterText.EMPTY,
                        RouterText.EMPTY,
                        Optional.empty(),
                        Set.of()),
                Result.ok(Optional.of(HERE)),
                Optional.empty(),
                Optional.empty());
    }

    private static Facts facts(
            List<RouterSurvey.Seen> seen, List<ReportedMapping> opened, Optional<Facts.OfPort> port) {
        return new Facts(
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(HOME),
                false,
                Optional.empty(),
                true,
                RouterTraffic.OPEN,
                new RouterSurvey(seen, List.of(), Set.of(), List.of(), opened, List.of(), Optional.empty()),
                new GuideCatalog().find("generic").orElseThrow(),
                List.of(),
                port);
    }
}
