package dev.ajar.gateway.pxp;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ROUTE;
import static dev.ajar.testing.Samples.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.system.Deadline;
import dev.ajar.system.NeighbourTable;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.ScriptedPorts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PxpFinderTest {
    private static final byte[] ADDRESS = hex("0080000000000e10cb007107");
    private static final byte[] NO_PCP = hex("0080000100000fa0");
    private static final byte[] PCP = hex("028000000000000000001388000000000000000000000000");
    private final ManualTimeline timeline = new ManualTimeline();
    private final ScriptedPorts ports = new ScriptedPorts(timeline, HERE);
    private final InetSocketAddress server = new InetSocketAddress(GATEWAY, 5351);

    private DiscoveryResult find(ProtocolChoice protocols, boolean thorough) {
        return find(protocols, thorough, Duration.ofMillis(2750));
    }

    private DiscoveryResult find(ProtocolChoice protocols, boolean thorough, Duration time) {
        return new PxpFinder(new PxpGatewayFactory(ports, 5351, timeline, new Random(1), NeighbourTable.UNKNOWN))
                .find(
                        new SearchScope(ROUTE, Optional.of(GATEWAY), Optional.empty(), protocols, thorough),
                        Deadline.after(timeline, time));
    }

    @Test
    void pcp_waits_a_short_moment_for_nat_pmp() {
        ports.arrives(Duration.ofMillis(2), server, PCP);

        DiscoveryResult discoveryResult = find(ProtocolChoice.AUTOMATIC, false);

        assertThat(discoveryResult.gateways())
                .extracting(g -> g.info().method())
                .containsExactly(PxpProtocols.PCP);
        assertThat(timeline.uptime()).isEqualTo(Duration.ofMillis(27));
    }

    /** One protocol may grant what the other refuses. */
    @Test
    void both_protocols_are_found_and_end_the_search_at_once() {
        ports.arrives(Duration.ofMillis(2), server, PCP).arrives(Duration.ofMillis(3), server, ADDRESS);

        DiscoveryResult discoveryResult = find(ProtocolChoice.AUTOMATIC, false);

        assertThat(discoveryResult.gateways())
                .extracting(g -> g.info().method())
                .containsExactly(PxpProtocols.PCP, PxpProtocols.NAT_PMP);
        assertThat(timeline.uptime()).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void nat_pmp_waits_a_moment_for_pcp() {
        ports.arrives(Duration.ofMillis(2), server, ADDRESS).arrives(Duration.ofMillis(30), server, PCP);

        assertThat(find(ProtocolChoice.AUTOMATIC, false).gateways())
                .extracting(g -> g.info().method())
                .containsExactly(PxpProtocols.PCP, PxpProtocols.NAT_PMP);
    }

    @Test
    void nat_pmp_that_denies_pcp_does_not_wait() {
        ports.arrives(Duration.ofMillis(2), server, NO_PCP).arrives(Duration.ofMillis(3), server, ADDRESS);

        DiscoveryResult discoveryResult = find(ProtocolChoice.AUTOMATIC, false);

        assertThat(discoveryResult.gateways())
                .extracting(g -> g.info().method())
                .containsExactly(PxpProtocols.NAT_PMP);
        assertThat(timeline.uptime()).isEqualTo(Duration.ofMillis(3));
        assertThat(discoveryResult.attempts())
                .extracting(ProbeAttempt::outcome)
                .containsExactly(ProbeAttempt.ProbeOutcome.REJECTED, ProbeAttempt.ProbeOutcome.ANSWERED);
    }

    @Test
    void only_wanted_protocols_are_asked() {
        ports.arrives(Duration.ofMillis(2), server, ADDRESS);

        find(ProtocolChoice.only(PxpProtocols.NAT_PMP), false);

        assertThat(ports.sent()).containsExactly(NatPmpCodec.externalAddressRequest());
        assertThat(timeline.uptime()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void a_silent_server_is_asked_repeatedly_and_reported() {
        DiscoveryResult discoveryResult = find(ProtocolChoice.AUTOMATIC, false);

        assertThat(discoveryResult.gateways()).isEmpty();
        // An ANNOUNCE and a question for the address each time, and a MAP from the second time on.
        assertThat(ports.sent()).hasSize(17);
        assertThat(discoveryResult.attempts()).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(ProbeAttempt.ProbeOutcome.SILENT);
            assertThat(attempt.asked().toString()).contains("192.168.77.1").contains("5351");
        });
    }

    @Test
    void an_icmp_error_ends_the_search_at_once() {
        ports.unreachable(Duration.ofMillis(1));

        DiscoveryResult discoveryResult = find(ProtocolChoice.AUTOMATIC, false);

        assertThat(discoveryResult.attempts())
                .extracting(ProbeAttempt::outcome)
                .containsOnly(ProbeAttempt.ProbeOutcome.UNREACHABLE);
        assertThat(timeline.uptime()).isLessThan(Duration.ofMillis(5));
    }

    /** The kernel says so at once; waiting would call it silence. */
    @Test
    void what_this_machines_own_firewall_keeps_in_is_told_at_once() {
        ports.keepsIn(destination -> true);

        DiscoveryResult discoveryResult = find(ProtocolChoice.AUTOMATIC, false);

        assertThat(discoveryResult.attempts())
                .extracting(ProbeAttempt::outcome)
                .containsOnly(ProbeAttempt.ProbeOutcome.KEPT_IN);
        assertThat(timeline.uptime()).isEqualTo(Duration.ZERO);
    }

    /** On a busy machine the time is over before the search begins; its firewall answers even then. */
    @Test
    void what_was_asked_too_late_is_kept_in_or_unfinished_and_never_silence() {
        assertThat(find(ProtocolChoice.AUTOMATIC, false, Duration.ZERO).attempts())
                .extracting(ProbeAttempt::outcome)
                .containsOnly(ProbeAttempt.ProbeOutcome.UNFINISHED);

        ports.keepsIn(destination -> true);
        assertThat(find(ProtocolChoice.AUTOMATIC, false, Duration.ZERO).attempts())
                .extracting(ProbeAttempt::outcome)
                .containsOnly(ProbeAttempt.ProbeOutcome.KEPT_IN);
    }
}
