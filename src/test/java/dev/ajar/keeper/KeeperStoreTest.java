package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeeperStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final SimDisk disk = new SimDisk();
    private final KeeperStore daemon = new KeeperStore(disk, event -> {});

    private static DesiredMapping desired(int port) {
        return new DesiredMapping(Samples.tcp(port), GatewaySelector.AUTO, new Owner.User(), NOW, Optional.empty());
    }

    private static MappingRecord record(int port) {
        return MappingRecord.claimed(new Claim(
                Samples.tcp(port),
                new GatewayId(PxpProtocols.PCP, Samples.GATEWAY),
                new Endpoint(Samples.HERE, new Port(port)),
                Samples.pcpHandle("00112233445566778899aabb"),
                NOW));
    }

    private Snapshot load() {
        return daemon.load().toOptional().orElseThrow();
    }

    /** A full disk, room again, and another process that writes before the daemon does. */
    @Test
    void what_others_wrote_while_the_disk_was_full_is_kept() {
        disk.save(Snapshot.EMPTY.with(desired(1)).with(record(1)).with(desired(2)));
        Snapshot known = load();
        disk.fill(true);
        daemon.save(known.with(record(2)));
        disk.fill(false);
        disk.save(disk.written().with(desired(27010)).with(record(27010)).without(desired(1)));

        daemon.save(load());

        assertThat(disk.written().desiredMappings()).containsExactly(desired(2), desired(27010));
        assertThat(disk.written().mappingRecords()).containsExactlyInAnyOrder(record(1), record(2), record(27010));
    }

    @Test
    void a_removal_that_was_not_written_is_not_undone() {
        disk.save(Snapshot.EMPTY.with(record(1)).with(record(2)));
        Snapshot known = load();
        disk.fill(true);
        daemon.save(known.without(record(1)));
        disk.fill(false);
        disk.save(disk.written().with(record(3)));

        assertThat(load().mappingRecords()).containsExactlyInAnyOrder(record(2), record(3));
    }

    @Test
    void a_deleted_file_is_written_again() {
        disk.save(Snapshot.EMPTY.with(desired(1)).with(record(1)));
        Snapshot known = load();
        disk.delete();

        assertThat(load()).isEqualTo(known);
        assertThat(daemon.hasUnwritten()).isTrue();
        daemon.save(load());
        assertThat(disk.written()).isEqualTo(known);
    }

    @Test
    void a_file_that_another_process_has_emptied_stays_empty() {
        disk.save(Snapshot.EMPTY.with(desired(1)).with(record(1)));
        load();
        disk.save(Snapshot.EMPTY);

        assertThat(load()).isEqualTo(Snapshot.EMPTY);
    }
}
