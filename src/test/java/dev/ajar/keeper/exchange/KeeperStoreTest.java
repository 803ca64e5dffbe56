package dev.ajar.keeper.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.keeper.SimDisk;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
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

    private static Lease lease(Claim claim, Instant at) {
        return new Lease(
                claim,
                claim.mapping().externalPort(),
                LeaseDuration.ofSeconds(3600),
                at,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static MappingRecord held(int port) {
        Claim claim = record(port).claim();
        return MappingRecord.held(lease(claim, NOW));
    }

    /** Two exchanges on threads of their own: each saves a whole snapshot, and knows nothing of the other. */
    @Test
    void exchanges_beside_each_other_lose_nothing() {
        disk.save(Snapshot.EMPTY.with(desired(1)).with(desired(2)));
        StateStore one = daemon.branch();
        StateStore other = daemon.strict();
        Snapshot first = one.load().toOptional().orElseThrow();
        Snapshot second = other.load().toOptional().orElseThrow();

        one.save(first.with(record(1)));
        other.save(second.with(record(2)));
        one.save(first.with(held(1)));
        other.save(second.with(held(2)));

        assertThat(disk.written().mappingRecords()).containsExactlyInAnyOrder(held(1), held(2));
    }

    @Test
    void a_grant_for_what_a_command_has_closed_meanwhile_is_to_be_removed() {
        disk.save(Snapshot.EMPTY.with(desired(1)).with(held(1)).with(desired(2)));
        StateStore renewal = daemon.branch();
        Snapshot seen = renewal.load().toOptional().orElseThrow();
        StateStore close = daemon.strict();
        Snapshot before = close.load().toOptional().orElseThrow();
        close.save(before.without(desired(1)).without(held(1)));

        MappingRecord later = MappingRecord.held(lease(record(1).claim(), NOW.plusSeconds(60)));
        renewal.save(seen.with(later));

        assertThat(disk.written().desiredMappings()).containsExactly(desired(2));
        assertThat(disk.written().mappingRecords()).containsExactly(later.markedForRemoval());
    }

    @Test
    void the_last_of_those_who_share_the_lock_releases_it() {
        StateStore.Lock round = daemon.lock().toOptional().orElseThrow();
        StateStore.Lock command = daemon.strict().lock().toOptional().orElseThrow();
        round.close();
        round.close();
        assertThat(disk.isLocked()).isTrue();

        command.close();

        assertThat(disk.isLocked()).isFalse();
    }
}
