package dev.ajar.mapping.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.ManualRule;
import dev.ajar.state.MappingRecord;
import dev.ajar.testing.Samples;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What reports show of records, of rules made by hand and of outcomes. */
class ReportedMappingTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Endpoint INTERNAL = new Endpoint(Samples.HERE, new Port(443));
    private static final GatewayId GATEWAY = new GatewayId(PxpProtocols.NAT_PMP, Samples.GATEWAY);
    private static final Mapping MAPPING = new Mapping(
            TransportProtocol.TCP,
            new Port(8443),
            PortPolicy.ANY_FREE,
            new Target.ThisHost(new Port(443)),
            LeaseDuration.ofSeconds(3600),
            "web");
    private static final Claim CLAIM = new Claim(MAPPING, GATEWAY, INTERNAL, Samples.natPmpHandle(), NOW);

    private static OpenReport.PortOutcome outcome(Result<Grant> result) {
        GatewayInfo info = new GatewayInfo(
                GATEWAY, Samples.ROUTE, "V", RouterText.EMPTY, RouterText.EMPTY, Optional.empty(), Set.of());
        return new OpenReport.PortOutcome(MAPPING, info, result);
    }

    @Test
    void a_lease_is_open_with_what_the_gateway_granted() {
        Lease lease = new Lease(
                CLAIM,
                new Port(8444),
                LeaseDuration.ofSeconds(600),
                NOW,
                Optional.of(Samples.ip("203.0.113.7")),
                Optional.empty(),
                true);

        ReportedMapping reported = ReportedMapping.of(MappingRecord.held(lease));

        assertThat(reported.label()).isEqualTo("tcp 8444");
        assertThat(reported.isFor(TransportProtocol.TCP, new Port(8444))).isTrue();
        assertThat(reported.isFor(TransportProtocol.TCP, new Port(8443))).isFalse();
        assertThat(reported.internal()).isEqualTo(INTERNAL);
        assertThat(reported.gateway()).contains(GATEWAY);
        assertThat(reported.externalAddress()).contains(Samples.ip("203.0.113.7"));
        assertThat(reported.duration()).contains(LeaseDuration.ofSeconds(600));
        assertThat(reported.expiresAt()).contains(NOW.plusSeconds(600));
        assertThat(reported.verified()).isTrue();
        assertThat(reported.description()).isEqualTo("web");
        assertThat(reported.status()).isEqualTo(ReportedMapping.Status.OPEN);
        assertThat(outcome(Result.ok(new Grant.Granted(lease))).reported()).isEqualTo(reported);
    }

    @Test
    void a_claim_without_an_answer_is_unknown_with_what_was_asked() {
        ReportedMapping reported = ReportedMapping.of(MappingRecord.claimed(CLAIM));

        assertThat(reported.status()).isEqualTo(ReportedMapping.Status.UNKNOWN);
        assertThat(reported.label()).isEqualTo("tcp 8443");
        assertThat(reported.duration()).contains(LeaseDuration.ofSeconds(3600));
        assertThat(reported.expiresAt()).isEmpty();
        assertThat(reported.verified()).isFalse();
        assertThat(reported.isPinhole()).isFalse();
    }

    @Test
    void a_rule_made_by_hand_stays_and_may_lead_to_a_former_address() {
        ReportedMapping here = ReportedMapping.of(rule(true));
        ReportedMapping device = ReportedMapping.of(rule(false));

        assertThat(here.status()).isEqualTo(ReportedMapping.Status.NOTED);
        assertThat(here.gateway()).isEmpty();
        assertThat(here.duration()).contains(LeaseDuration.PERMANENT);
        assertThat(here.isMisdirected(Set.of(Samples.HERE))).isFalse();
        assertThat(here.isMisdirected(Set.of(Samples.GATEWAY))).isTrue();
        assertThat(device.isMisdirected(Set.of(Samples.GATEWAY))).isFalse();
    }

    @Test
    void outcomes_that_granted_nothing_show_what_was_asked() {
        ObservedMapping entry = new ObservedMapping(
                TransportProtocol.TCP,
                new Port(8443),
                new RouterText("192.168.77.10"),
                new Port(443),
                RouterText.EMPTY,
                new RouterText("another"),
                true,
                Optional.empty());
        Failure failure = new Failure.Busy(Message.verbatim("x"));

        ReportedMapping already =
                outcome(Result.ok(new Grant.AlreadyThere(entry))).reported();
        assertThat(already.status()).isEqualTo(ReportedMapping.Status.ALREADY_OPEN);
        assertThat(already.verified()).isTrue();
        assertThat(already.duration()).contains(MAPPING.lease());
        ReportedMapping refused = outcome(Result.err(failure)).reported();
        assertThat(refused.status()).isEqualTo(ReportedMapping.Status.FAILED);
        assertThat(refused.error()).contains(failure);
        assertThat(refused.duration()).isEmpty();
        assertThat(refused.internal()).isEqualTo(INTERNAL);
    }

    private static ManualRule rule(boolean here) {
        return new ManualRule(TransportProtocol.UDP, new Port(9987), INTERNAL, here, NOW);
    }
}
