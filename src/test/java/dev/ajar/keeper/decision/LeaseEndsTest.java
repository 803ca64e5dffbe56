package dev.ajar.keeper.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.FakeGateway;
import dev.ajar.testing.Samples;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every end in a snapshot is noticed, although most passes do not look at its entries. */
class LeaseEndsTest {
    private static Instant at(int seconds) {
        return Instant.EPOCH.plusSeconds(seconds);
    }

    private static MappingRecord mappingRecord(Random random) {
        return MappingRecord.claimed(new Claim(
                Samples.lasting(LeaseDuration.ofSeconds(1 + random.nextInt(100)), Samples.tcp(1 + random.nextInt(30))),
                new FakeGateway(PxpProtocols.NAT_PMP).info().id(),
                new Endpoint(Samples.HERE, new Port(1 + random.nextInt(30))),
                Samples.natPmpHandle(),
                at(random.nextInt(1000))));
    }

    private static DesiredMapping desired(Random random) {
        return new DesiredMapping(
                Samples.tcp(1 + random.nextInt(30)),
                GatewaySelector.AUTO,
                new Owner.User(),
                Instant.EPOCH,
                Optional.of(at(random.nextInt(2000))).filter(end -> random.nextBoolean()));
    }

    @Test
    void every_end_is_noticed_after_any_change_and_jump_of_the_clock() {
        Random random = new Random(4);
        LeaseEnds leaseEnds = new LeaseEnds();
        Snapshot snapshot = Snapshot.EMPTY;
        int calm = 0;
        for (int i = 0; i < 5_000; i++) {
            snapshot = switch (random.nextInt(12)) {
                case 0 -> snapshot.with(desired(random));
                case 1 -> snapshot.current(at(random.nextInt(1000)));
                case 2 -> random.nextInt(50) == 0 ? Snapshot.EMPTY : snapshot;
                case 3, 4 -> snapshot;
                default -> snapshot.with(mappingRecord(random));
            };
            Instant now = at(random.nextInt(random.nextBoolean() ? 60 : 2000));
            boolean reached = leaseEnds.isReached(snapshot, now);
            boolean over = snapshot.desiredMappings().stream().anyMatch(desired -> desired.hasEnded(now));

            assertThat(leaseEnds.current(snapshot, now)).isEqualTo(snapshot.current(now));
            assertThat(over && !reached).isFalse();
            calm += reached ? 0 : 1;
        }
        assertThat(calm).as("passes that looked at no entry").isGreaterThan(100);
    }
}
