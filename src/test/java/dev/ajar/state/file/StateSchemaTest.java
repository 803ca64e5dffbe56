package dev.ajar.state.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.json.JsonReader;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State files of earlier and later versions. */
class StateSchemaTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Path FIXTURES = Path.of("test-fixtures/state");

    /** A file of a later version: members, values and whole objects that this one does not know. */
    private static final String NEWER =
            "\"schema\":5,\"min_reader\":MIN,\"castles\":[1,null,{\"moat\":12345678901234567890}],"
                    + "\"wishes\":[{\"protocol\":\"tcp\",\"asked_port\":25565,\"any_port\":false,\"this_host\":true,"
                    + "\"internal_port\":25565,\"asked_lease_seconds\":3600,\"description\":\"ajar 25565 tcp\","
                    + "\"methods\":[\"pcp\",\"nat_pmp\",\"upnp\"],\"owner\":\"anybody\",\"made_at\":\"2026-11-23T12:00:00Z\","
                    + "\"colour\":\"red\"},"
                    + "{\"protocol\":\"tcp\",\"asked_port\":25570,\"any_port\":false,\"this_host\":true,"
                    + "\"internal_port\":25570,\"asked_lease_seconds\":3600,\"description\":\"x\","
                    + "\"methods\":[\"pcp\"],\"owner\":\"guild\",\"made_at\":\"2026-11-23T12:00:00Z\"}],"
                    + "\"holdings\":[{\"method\":\"pcp\",\"gateway\":\"192.168.77.1\",\"protocol\":\"tcp\",\"asked_port\":25565,"
                    + "\"any_port\":false,\"this_host\":true,\"internal_port\":25565,\"asked_lease_seconds\":3600,"
                    + "\"description\":\"ajar 25565 tcp\",\"internal_address\":\"192.168.77.10\","
                    + "\"written_at\":\"2026-11-23T12:00:00Z\",\"nonce\":\"00112233445566778899aabb\",\"guard\":{\"size\":2},"
                    + "\"granted\":{\"external_port\":25565,\"lease_seconds\":3600,\"granted_at\":\"2026-11-23T12:00:00Z\","
                    + "\"verified\":true,\"toll\":1.5}}],"
                    + "\"lessons\":[{\"gateway\":\"192.168.77.1\",\"device\":\"RX\",\"adjustments\":[\"DANCE\"],"
                    + "\"learnt_at\":\"2026-11-23T12:00:00Z\"}]}\n";

    @TempDir
    Path folder = Path.of(".");

    private FileStateStore store() {
        return new FileStateStore(folder, Samples.PROTOCOLS, warning -> {});
    }

    private Path file() {
        return folder.resolve("state.json");
    }

    private static Snapshot loaded(StateStore store) {
        return store.load().toOptional().orElseThrow();
    }

    private void writeNewer(int minReader) throws IOException {
        byte[] body = NEWER.replace("MIN", String.valueOf(minReader)).getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(body);
        Files.writeString(
                file(), "{\"crc32\":\"%08x\",".formatted(crc.getValue()) + new String(body, StandardCharsets.UTF_8));
    }

    private Map<String, @Nullable Object> members() throws IOException {
        Map<String, @Nullable Object> members =
                JsonReader.read(Files.readAllBytes(file())).toMap();
        members.remove("crc32");
        return members;
    }

    /** Written by the code of commits with these schemas. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_file_of_an_earlier_version_is_read_and_kept(int schema) throws IOException {
        Path fixture = FIXTURES.resolve("schema-" + schema + ".json");
        Files.copy(fixture, file());
        FileStateStore store = store();

        Snapshot snapshot = loaded(store);

        assertThat(snapshot.mappingRecords()).hasSize(3);
        assertThat(snapshot.mappingRecords().getFirst().claim().handle().members())
                .containsEntry("nonce", "00112233445566778899aabb");
        assertThat(snapshot.learned()).hasSize(1);
        assertThat(snapshot.desiredMappings()).hasSize(schema == 1 ? 0 : 2);
        assertThat(snapshot.manualRules()).hasSize(schema == 1 ? 0 : 1);
        assertThat(snapshot.newer()).isEmpty();

        store.save(snapshot);
        store.save(snapshot);
        assertThat(loaded(store())).isEqualTo(snapshot);
        assertThat(folder.resolve("state.json.v" + schema)).hasSameBinaryContentAs(fixture);
        assertThat(members()).containsEntry("schema", 4L).containsEntry("min_reader", 4L);
    }

    @Test
    void what_a_newer_ajar_wrote_survives_a_rewrite() throws IOException {
        writeNewer(4);
        Map<String, @Nullable Object> before = members();
        FileStateStore store = store();

        Snapshot snapshot = loaded(store);
        assertThat(snapshot.desiredMappings()).hasSize(1);
        assertThat(snapshot.mappingRecords()).hasSize(1);
        assertThat(store.save(snapshot)).isInstanceOf(Result.Ok.class);
        assertThat(members()).isEqualTo(before);

        // Through the memory of a process that adds and removes, and by another process.
        FileStateStore other = store();
        Snapshot again = loaded(other);
        other.save(again.without(again.mappingRecords().getFirst()));
        assertThat(members()).containsEntry("castles", before.get("castles"));
        assertThat(members()).containsEntry("wishes", before.get("wishes"));
        assertThat(members()).containsEntry("lessons", before.get("lessons"));
    }

    /** Every member that this version writes must be one it knows, else it would be kept beside its successor. */
    @Test
    void nothing_this_version_writes_is_unknown_to_it() {
        for (int schema = 1; schema <= 3; schema++) {
            Snapshot snapshot = read(schema);
            byte[] bytes = StateFile.write(snapshot, Envelope.CURRENT, Samples.PROTOCOLS);
            assertThat(StateFile.read(bytes, Samples.PROTOCOLS))
                    .isEqualTo(new StateFile.Content.Good(snapshot, Envelope.CURRENT));
        }
    }

    private static Snapshot read(int schema) {
        try {
            byte[] bytes = Files.readAllBytes(FIXTURES.resolve("schema-" + schema + ".json"));
            return ((StateFile.Content.Good) StateFile.read(bytes, Samples.PROTOCOLS)).snapshot();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_file_that_this_ajar_may_not_change_is_read_and_left_as_it_is() throws IOException {
        writeNewer(5);
        String before = Files.readString(file());
        FileStateStore store = store();

        Snapshot snapshot = loaded(store);

        assertThat(snapshot.mappingRecords()).hasSize(1);
        Result<StateStore.Written> saved =
                store.save(snapshot.without(snapshot.mappingRecords().getFirst()));
        assertThat(((Result.Err<StateStore.Written>) saved).failure())
                .isInstanceOf(Failure.BadState.class)
                .extracting(Failure::detail)
                .asString()
                .contains("newer ajar (schema 5)");
        assertThat(file()).hasContent(before);
        assertThat(store().save(Snapshot.EMPTY)).isInstanceOf(Result.Err.class);
    }

    /** A machine without a clock chip starts with an old time, and is set days forward. */
    @Test
    void a_clock_that_is_set_forward_ends_no_lease_of_this_boot() throws IOException {
        Files.copy(FIXTURES.resolve("schema-3.json"), file());
        BootTime granted = new BootTime("b1", Duration.ofMinutes(10), NOW);
        store(granted).save(read(3));

        BootTime later = new BootTime("b1", Duration.ofMinutes(13), NOW.plus(Duration.ofDays(3)));
        Snapshot snapshot = loaded(store(later));

        MappingRecord pcp = snapshot.mappingRecords().getFirst();
        assertThat(pcp.hasExpired(later.wall())).isFalse();
        assertThat(pcp.hasExpired(later.wall().plus(Duration.ofMinutes(57)))).isTrue();
        assertThat(snapshot.desiredMappings().get(1).hasEnded(later.wall())).isFalse();
        assertThat(snapshot.current(later.wall()).mappingRecords()).hasSize(3);

        // Written with the new time, it is read the same again.
        FileStateStore store = store(later);
        store.save(loaded(store));
        assertThat(loaded(store(later))).isEqualTo(snapshot);
    }

    @Test
    void after_another_start_of_the_machine_the_time_of_day_counts() {
        store(new BootTime("b1", Duration.ofMinutes(10), NOW)).save(read(3));

        BootTime later = new BootTime("b2", Duration.ofMinutes(1), NOW.plus(Duration.ofDays(3)));

        assertThat(loaded(store(later)).mappingRecords().getFirst().hasExpired(later.wall()))
                .isTrue();
    }

    /** Written in an earlier boot, by a clock that was right. */
    @Test
    void what_an_earlier_boot_wrote_is_not_shifted() {
        BootTime wrong = new BootTime("b2", Duration.ofMinutes(1), Instant.parse("2020-01-01T00:00:00Z"));
        store(wrong).save(read(3));

        BootTime right = new BootTime("b2", Duration.ofMinutes(2), NOW.plus(Duration.ofMinutes(30)));

        assertThat(loaded(store(right))).isEqualTo(read(3));
    }

    private FileStateStore store(BootTime now) {
        return new FileStateStore(folder, Samples.PROTOCOLS, () -> Optional.of(now), warning -> {});
    }
}
