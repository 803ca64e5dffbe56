package dev.ajar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.mapping.status.RouterSurvey;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A router answers a search, and the page that the answer names does not arrive. */
class RouterPagesTest {
    private static final InetAddress ROUTER = Samples.ip("192.168.1.1");
    private static final FirewallState CLOSED = new FirewallState.Closed("ufw", "x");
    private static final FirewallState OPEN = new FirewallState.Open();

    private static ProbeAttempt attempt(ProbeAttempt.ProbeOutcome outcome) {
        return new ProbeAttempt(
                "eth0",
                ProbeAttempt.Stage.DESCRIPTION,
                UpnpProtocol.UPNP,
                Message.verbatim("http://192.168.1.1:5000/rootDesc.xml"),
                outcome,
                Message.of("upnp.unfinished"));
    }

    private static Facts facts(ProbeAttempt.ProbeOutcome page, FirewallState answers, FirewallState questions) {
        LocalRoute route = new LocalRoute("eth0", Samples.ip("192.168.1.20"), 24, Optional.of(ROUTER));
        ProbeAttempt closed = new ProbeAttempt(
                "eth0",
                ProbeAttempt.Stage.PROBE,
                PxpProtocols.PCP,
                Message.verbatim("PCP 192.168.1.1"),
                ProbeAttempt.ProbeOutcome.UNREACHABLE,
                Message.verbatim("x"));
        return new Facts(
                List.of(route),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(route),
                false,
                Optional.empty(),
                true,
                new RouterTraffic(OPEN, answers, questions),
                new RouterSurvey(
                        List.of(),
                        List.of(closed, attempt(page)),
                        Set.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty()),
                new GuideCatalog().generic(),
                List.of(),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "SILENT, true, false, own_firewall_keeps_in, CERTAIN",
        "REJECTED, true, false, own_firewall_keeps_in, CERTAIN",
        "SILENT, false, true, own_firewall_keeps_out, LIKELY",
        "REJECTED, false, false, answers_nonsense, LIKELY",
        "INCAPABLE, true, true, answers_but_no_forwarding, LIKELY"
    })
    void an_own_firewall_that_is_about_tcp_alone_is_the_cause(
            ProbeAttempt.ProbeOutcome page, boolean keptIn, boolean keptOut, String verdict, Certainty certainty) {
        Verdict first = Diagnosis.of(facts(page, keptOut ? CLOSED : OPEN, keptIn ? CLOSED : OPEN))
                .first();

        assertThat(first.id()).isEqualTo(verdict);
        assertThat(first.certainty()).isEqualTo(certainty);
    }

    @ParameterizedTest
    @CsvSource({"SILENT, true", "REJECTED, true", "INCAPABLE, false", "ANSWERED, false"})
    void a_page_that_arrived_is_not_unread(ProbeAttempt.ProbeOutcome outcome, boolean unread) {
        assertThat(RouterPages.unread(List.of(attempt(outcome)), ROUTER))
                .isEqualTo(unread ? Set.of(new Port(5000)) : Set.of());
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.168.1.1:5000/a, 5000",
        "http://192.168.1.1/a, 80",
        "http://192.168.1.2:5000/a,",
        "http://192.168.1.1:99999/a,",
        "no page,"
    })
    void a_failure_names_the_routers_page(String asked, Integer port) {
        Failure failure = new Failure.NoGateway(Message.of(
                "mapping.not-usable", "asked", Message.verbatim(asked), "detail", Message.of("upnp.unfinished")));

        assertThat(RouterPages.unread(failure, ROUTER)).isEqualTo(port == null ? Set.of() : Set.of(new Port(port)));
    }
}
