package dev.ajar.state.file;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ip;
import static dev.ajar.testing.Samples.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpEntry;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.ManualRule;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileStateStoreTest {
    private static final String END_BEYOND_INSTANT =
            "{\"schema\":1,\"holdings\":[{\"method\":\"nat_pmp\",\"gateway\":\"192.168.77.1\","
                    + "\"protocol\":\"tcp\",\"asked_port\":1,\"any_port\":false,\"this_host\":true,\"internal_address\":\"192.168.77.10\","
                    + "\"internal_port\":1,\"asked_lease_seconds\":9223372036854775807,\"description\":\"x\","
                    + "\"written_at\":\"2026-11-23T12:00:00Z\"}]}";
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path temporary = Path.of(".");

    private Path folder() {
        return temporary.resolve("state/ajar");
    }

    private FileStateStore store() {
        return new FileStateStore(folder(), Samples.PROTOCOLS, warning -> {});
    }

    private static Claim claim(MappingProtocol method, int port, LeaseHandle handle) {
        return new Claim(tcp(port), new GatewayId(method, GATEWAY), new Endpoint(HERE, new Port(port)), handle, NOW);
    }

    private static Lease lease(Claim claim, LeaseDuration granted) {
        return new Lease(
                claim,
                claim.mapping().externalPort(),
                granted,
                NOW,
                Optional.of(ip("11.22.33.1")),
                Optional.of(17L),
                true);
    }

    private static Snapshot sample() {
        Claim pcp = claim(PxpProtocols.PCP, 25565, Samples.pcpHandle("00112233445566778899aabb"));
        Claim natPmp = claim(PxpProtocols.NAT_PMP, 25566, Samples.natPmpHandle());
        Claim upnp = claim(
                UpnpProtocol.UPNP, 25567, new UpnpEntry(URI.create("http://192.168.77.1:5000/rootDesc.xml"), "k7q2"));
        return Snapshot.EMPTY
                .with(MappingRecord.held(lease(pcp, LeaseDuration.ofSeconds(3600))))
                .with(MappingRecord.claimed(natPmp))
                .with(MappingRecord.held(lease(upnp, LeaseDuration.PERMANENT)))
                .with(new ManualRule(
                        TransportProtocol.UDP,
                        new Port(34197),
                        new Endpoint(ip("192.168.77.10"), new Port(34197)),
                        true,
                        Instant.parse("2026-11-26T12:00:00Z")));
    }

    private static Failure failure(Result<?> result) {
        return ((Result.Err<?>) result).failure();
    }

    @Test
    void what_is_saved_is_loaded_by_another_process() {
        assertThat(store().save(sample())).isInstanceOf(Result.Ok.class);

        assertThat(store().load()).isEqualTo(Result.ok(sample()));
    }

    @Test
    void without_a_file_the_snapshot_is_empty() {
        assertThat(store().load()).isEqualTo(Result.ok(Snapshot.EMPTY));
    }

    @Test
    void only_the_owner_may_read_the_file_and_no_temporary_file_is_left() throws IOException {
        store().save(sample());
        store().save(sample());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        Path file = folder().resolve("state.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files).containsExactlyInAnyOrder(file, folder().resolve("state.json.prev"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "{}",
                "not json",
                "{\"schema\":1}",
                "{\"schema\":2,\"wishes\":[],\"holdings\":[],\"lessons\":[]}",
                "{\"schema\":1,\"holdings\":[{}]}",
                "{\"schema\":1,\"holdings\":[],\"lessons\":[]} trailing",
                "{\"schema\":\"1\",\"holdings\":[],\"lessons\":[]}",
                "{\"schema\":1,\"holdings\":[1]}",
                END_BEYOND_INSTANT
            })
    void a_damaged_file_is_set_aside_and_its_copy_is_used(String damaged) throws IOException {
        store().save(sample());
        Path file = Files.writeString(folder().resolve("state.json"), damaged);
        List<String> warnings = new ArrayList<>();
        FileStateStore store = new FileStateStore(folder(), Samples.PROTOCOLS, warnings::add);

        assertThat(store.load()).isEqualTo(Result.ok(sample()));
        assertThat(warnings).singleElement().asString().contains(file.toString());
        assertThat(Files.readString(file)).isEqualTo(damaged);

        store.save(sample());
        assertThat(store().load()).isEqualTo(Result.ok(sample()));
        assertThat(Files.readString(folder().resolve("state.json.damaged"))).isEqualTo(damaged);
    }

    @Test
    void a_damaged_file_without_a_previous_one_is_an_empty_snapshot() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("state.json"), "[".repeat(2 << 20));

        assertThat(store().load()).isEqualTo(Result.ok(Snapshot.EMPTY));
    }

    @Test
    void a_file_of_a_newer_version_that_cannot_be_read_is_refused() throws IOException {
        Files.createDirectories(folder());
        Path file = folder().resolve("state.json");
        String newer = "{\"crc32\":\"00000000\",\"schema\":5,\"castles\":[]}";
        Files.writeString(file, newer);

        assertThat(failure(store().load()).detail().toString())
                .contains("newer ajar")
                .contains("schema 5");
        assertThat(failure(store().save(sample()))).isInstanceOf(Failure.BadState.class);
        assertThat(Files.readString(file)).isEqualTo(newer);
    }

    /** A copy of an earlier state would open again what the last write has closed. */
    @Test
    void without_the_file_alone_its_copy_says_the_same() throws IOException {
        store().save(sample());
        store().save(Snapshot.EMPTY);
        Files.delete(folder().resolve("state.json"));

        assertThat(store().load()).isEqualTo(Result.ok(Snapshot.EMPTY));

        store().save(sample());
        Files.delete(folder().resolve("state.json"));

        assertThat(store().load()).isEqualTo(Result.ok(sample()));
    }

    /** Links that another user may have placed are neither followed nor changed, and a pipe does not block. */
    @ParameterizedTest
    @CsvSource({
        "state.json, link", "state.json, pipe", "state.json, folder", "state.json, open",
        "state.json, second name", "state.json.prev, link", "lock, link", "lock, pipe",
        "lock, folder"
    })
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_file_that_another_user_prepared_is_refused(String name, String how)
            throws IOException, InterruptedException {
        Files.createDirectories(folder());
        Path target = Files.writeString(temporary.resolve("precious"), "precious");
        Path place = folder().resolve(name);
        switch (how) {
            case "link" -> Files.createSymbolicLink(place, target);
            case "folder" -> Files.createDirectory(place);
            case "second name" -> Files.createLink(place, target);
            case "pipe" ->
                new ProcessBuilder("mkfifo", place.toString()).start().waitFor();
            case "open" -> {
                Files.writeString(place, "precious");
                Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-rw-rw-"));
            }
            default -> throw new IllegalArgumentException(how);
        }

        assertThat(failure(store().load()).detail().toString()).contains(name).contains("leaves it alone");
        assertThat(failure(store().save(sample()))).isInstanceOf(Failure.BadState.class);
        if (name.equals("lock")) {
            assertThat(failure(store().lock())).isInstanceOf(Failure.BadState.class);
        }
        assertThat(Files.readString(target)).isEqualTo("precious");
    }

    @ParameterizedTest
    @CsvSource({
        "rwx------, false, true",
        "rwxr-xr-x, false, true",
        "rwxrwxr-x, false, false",
        "rwxrwx---, true, true",
        "rwxrwxrwx, false, false",
        "rwxrwxrwx, true, false"
    })
    void a_folder_that_others_may_write_is_refused(String permissions, boolean container, boolean accepted)
            throws IOException {
        Path shared = Files.createDirectory(temporary.resolve("it's shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString(permissions));

        assertThat(SafeFiles.objectionToFolder(shared, container).map(Message::toString))
                .isEqualTo(
                        accepted
                                ? Optional.empty()
                                : Optional.of(shared + " can be changed by other users, so ajar leaves it alone."
                                        + " If it is yours alone: chmod go-w '"
                                        + shared.toString().replace("'", "'\\''") + "'"));
    }

    /** In a sticky folder, others may put a file there before ajar does. */
    @Test
    void a_sticky_folder_that_all_may_write_is_refused() throws IOException, InterruptedException {
        Path shared = Files.createDirectory(temporary.resolve("sticky"));
        new ProcessBuilder("chmod", "1777", shared.toString()).start().waitFor();

        assertThat(SafeFiles.objectionToFolder(shared, true)).isPresent();
        assertThat(new FileStateStore(shared, Samples.PROTOCOLS, warning -> {}).save(sample()))
                .isInstanceOf(Result.Err.class);
    }

    @Test
    void no_damage_throws_an_exception() {
        byte[] good = StateFile.write(sample(), Envelope.CURRENT, Samples.PROTOCOLS);
        Random random = new Random(78);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = good.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            assertReadableOrRefused(damaged);
        }
        for (int length = 0; length < good.length; length++) {
            assertReadableOrRefused(java.util.Arrays.copyOf(good, length));
        }
    }

    private static void assertReadableOrRefused(byte[] bytes) {
        switch (StateFile.read(bytes, Samples.PROTOCOLS)) {
            case StateFile.Content.Good(Snapshot snapshot, var envelope) ->
                assertThat(snapshot).isEqualTo(sample());
            case StateFile.Content.Damaged(var why) ->
                assertThat(why.toString()).doesNotContain("\n");
            case StateFile.Content.Newer ignored -> {}
        }
    }

    @Test
    void a_folder_that_cannot_be_created_is_a_failure() throws IOException {
        Files.writeString(temporary.resolve("state"), "a file where a folder should be");

        assertThat(failure(store().save(sample()))).isInstanceOf(Failure.BadState.class);
        assertThat(failure(store().lock())).isInstanceOf(Failure.BadState.class);
    }

    /** A process killed while it writes leaves a half-written file, which contains nonces. */
    @Test
    void what_killed_processes_left_is_swept() throws IOException {
        store().save(sample());
        for (String left : List.of("state.json123.new", "state.json.new", "daemon77.new")) {
            Files.writeString(folder().resolve(left), "half");
        }
        FileStateStore store = store();
        try (StateStore.Lock lock = store.lock().toOptional().orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(store.save(sample())).isInstanceOf(Result.Ok.class);
        }
        assertThat(folder().resolve("state.json.new")).doesNotExist();

        store.sweep();
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("state.json", "state.json.prev", "lock");
        }
    }

    @Test
    void the_lock_is_held_by_one_process_at_a_time() {
        try (StateStore.Lock lock = store().lock().toOptional().orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(failure(store().lock())).isInstanceOf(Failure.Busy.class);
        }
        assertThat(store().lock()).isInstanceOf(Result.Ok.class);
    }

    @Test
    void what_has_run_out_is_forgotten_and_what_is_permanent_is_not() {
        assertThat(sample().current(NOW.plusSeconds(3599)).mappingRecords()).hasSize(3);
        assertThat(sample().current(NOW.plusSeconds(3600)).mappingRecords())
                .extracting(mappingRecord -> mappingRecord.claim().gateway().method())
                .containsExactly(UpnpProtocol.UPNP);
    }

    /** Many UPnP routers keep an entry beyond its lease. Its record stays for a while, although the lease is over. */
    @Test
    void an_upnp_lease_is_recognised_for_a_month_after_its_end() {
        Claim upnp = claim(UpnpProtocol.UPNP, 1, new UpnpEntry(URI.create("http://192.168.77.1/d.xml"), ""));
        Snapshot snapshot = Snapshot.EMPTY.with(MappingRecord.held(lease(upnp, LeaseDuration.ofSeconds(60))));

        assertThat(snapshot.mappingRecords().getFirst().hasExpired(NOW.plusSeconds(60)))
                .isTrue();
        assertThat(snapshot.current(NOW.plusSeconds(86_400)).mappingRecords()).hasSize(1);
        assertThat(snapshot.current(NOW.plusSeconds(32 * 86_400)).mappingRecords())
                .isEmpty();
    }

    @Test
    void an_entry_of_another_gateway_is_not_ours() {
        var entry = new ObservedMapping(
                TransportProtocol.TCP,
                new Port(25565),
                new RouterText(HERE.getHostAddress()),
                new Port(25565),
                RouterText.EMPTY,
                RouterText.EMPTY,
                true,
                Optional.empty());

        assertThat(sample().owns(new GatewayId(UpnpProtocol.UPNP, GATEWAY), entry, Instant.MAX))
                .isTrue();
        assertThat(sample().owns(new GatewayId(UpnpProtocol.UPNP, ip("192.168.77.254")), entry, Instant.MAX))
                .isFalse();
    }

    @Test
    void a_renewed_mapping_replaces_the_old_one() {
        Claim again = claim(PxpProtocols.PCP, 25565, Samples.pcpHandle("00112233445566778899aabb"));

        Snapshot renewed = sample().with(MappingRecord.held(lease(again, LeaseDuration.ofSeconds(60))));

        assertThat(renewed.mappingRecords()).hasSize(3);
        assertThat(renewed.of(again)
                        .orElseThrow()
                        .lease()
                        .orElseThrow()
                        .granted()
                        .seconds())
                .isEqualTo(60);
    }

    @Test
    void the_environment_determines_the_folder() {
        assertThat(StateFolder.locate(Map.of("HOME", "/h"))).isEqualTo(Result.ok(Path.of("/h/.local/state/ajar")));
        assertThat(StateFolder.locate(Map.of("HOME", "/h", "XDG_STATE_HOME", "/x")))
                .isEqualTo(Result.ok(Path.of("/x/ajar")));
        assertThat(StateFolder.locate(Map.of("HOME", "/h", "XDG_STATE_HOME", "relative")))
                .isEqualTo(Result.ok(Path.of("/h/.local/state/ajar")));
        assertThat(StateFolder.locate(Map.of("STATE_DIRECTORY", "/var/lib/ajar")))
                .isEqualTo(Result.ok(Path.of("/var/lib/ajar")));
        assertThat(failure(StateFolder.locate(Map.of()))).isInstanceOf(Failure.BadState.class);
        assertThat(new String(
                        StateFile.write(Snapshot.EMPTY, Envelope.CURRENT, Samples.PROTOCOLS), StandardCharsets.UTF_8))
                .matches(
                        "\\{\"crc32\":\"[0-9a-f]{8}\",\"schema\":4,\"min_reader\":4,\"wishes\":\\[],\"holdings\":\\[],\"lessons\":\\[]}\n");
    }
}
