package dev.ajar.mapping.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.mapping.OneGateway;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a crash left, and what is open on purpose. */
class StalePortsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static MappingRecord granted(OneGateway gateway, LeaseDuration lease) {
        Lease opened = gateway.opened().lease().orElseThrow();
        return MappingRecord.held(new Lease(
                opened.claim(),
                opened.externalPort(),
                lease,
                NOW,
                opened.externalAddress(),
                opened.epoch(),
                opened.verified()));
    }

    private static Snapshot marked(Snapshot snapshot) {
        return StalePorts.marked(snapshot, NOW, launch -> true);
    }

    private static boolean isClosed(Snapshot snapshot) {
        return marked(snapshot).mappingRecords().stream().allMatch(MappingRecord::leaving);
    }

    /** The end of {@code ajar run --keep} takes its desire away, and leaves what ends by itself. */
    @Test
    void a_lease_that_run_keep_left_stays_until_it_ends() {
        Snapshot kept = Snapshot.EMPTY.with(granted(new OneGateway(), LeaseDuration.ofSeconds(3600)));
        assertThat(marked(kept)).isEqualTo(kept);
    }

    @Test
    void what_does_not_end_by_itself_is_closed() {
        assertThat(isClosed(
                        Snapshot.EMPTY.with(granted(new OneGateway(AdminProtocol.ROUTER), LeaseDuration.PERMANENT))))
                .isTrue();
        MappingRecord claimed = MappingRecord.claimed(
                granted(new OneGateway(), LeaseDuration.PERMANENT).claim());
        assertThat(isClosed(Snapshot.EMPTY.with(claimed))).isTrue();
    }

    @Test
    void a_lease_of_a_run_that_was_killed_is_closed() {
        Snapshot killed = Snapshot.EMPTY
                .with(granted(new OneGateway(), LeaseDuration.ofSeconds(3600)))
                .with(new DesiredMapping(
                        Samples.tcp(25565), GatewaySelector.AUTO, new Owner.Launch(4711, NOW), NOW, Optional.empty()));
        assertThat(isClosed(killed)).isTrue();
        assertThat(marked(killed).desiredMappings()).isEmpty();
    }
}
