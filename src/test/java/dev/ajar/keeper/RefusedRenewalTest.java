package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.decision.Transitions;
import dev.ajar.keeper.model.GatewayHealth;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.Owner;
import dev.ajar.testing.FakeGateway;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where only renewals tell that a mapping is there, one that fails must not be the last for hours. */
class RefusedRenewalTest {
    private static final Failure REFUSED = new Failure.Refused(Message.verbatim("line is coming up"), Optional.empty());

    private final KeeperState state = new KeeperState();
    private Duration now = Duration.ofHours(1);

    private MappingState.Active open(MappingProtocol protocol) {
        Claim claim = new FakeGateway(protocol).claim(Samples.tcp(25565), Optional.empty());
        Optional<Long> epoch = protocol.traits().hasEpoch() ? Optional.of(1000L) : Optional.empty();
        Lease lease = new Lease(
                claim,
                claim.mapping().externalPort(),
                LeaseDuration.ofSeconds(7200),
                Instant.EPOCH,
                Optional.empty(),
                epoch,
                true);
        MappingState.Active open = new MappingState.Active(
                lease, now, Optional.of(now.plusSeconds(3600)), now.plusSeconds(50), now, 0, false, false);
        state.put(TrackedMapping.initial(
                new DesiredMapping(
                        Samples.tcp(25565), GatewaySelector.AUTO, new Owner.User(), Instant.EPOCH, Optional.empty()),
                open));
        return open;
    }

    private void observe(Observation observation) {
        state.apply(Transitions.of(state, observation, now, 1));
    }

    private TrackedMapping tracked() {
        return state.tracked().iterator().next();
    }

    private MappingState.Active active() {
        return (MappingState.Active) tracked().state();
    }

    private Duration nextIn() {
        return active().renewAt().orElseThrow().minus(now);
    }

    private void refuse() {
        observe(new Observation.Renewed(tracked(), active(), Result.err(REFUSED)));
    }

    private void unsteady(MappingState.Active open) {
        GatewayId gateway = open.lease().claim().gateway();
        state.putHealth(gateway, new GatewayHealth(now.plusSeconds(20), Optional.empty(), Optional.empty(), 0, 1_000));
    }

    @Test
    void an_epoch_that_tells_nothing_is_made_up_for_soon_again() {
        unsteady(open(PxpProtocols.NAT_PMP));

        refuse();
        assertThat(nextIn()).isEqualTo(Duration.ofSeconds(40));

        for (int i = 0; i < 8; i++) {
            now = now.plus(nextIn());
            refuse();
            assertThat(nextIn()).isLessThanOrEqualTo(Duration.ofSeconds(320));
        }
    }

    @Test
    void a_renewal_without_an_answer_slows_it_down_as_well() {
        unsteady(open(PxpProtocols.NAT_PMP));

        observe(new Observation.RenewalUnanswered(tracked(), active()));

        assertThat(nextIn()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void a_table_that_is_not_shown_is_made_up_for_soon_again() {
        open(UpnpProtocol.UPNP);
        state.put(tracked().state(active().unshown()));

        refuse();

        assertThat(nextIn()).isEqualTo(Duration.ofSeconds(80));
    }

    @Test
    void elsewhere_it_waits_for_its_turn() {
        open(PxpProtocols.NAT_PMP);

        refuse();

        assertThat(nextIn()).isEqualTo(Duration.ofMinutes(90));
    }
}
