package dev.ajar.state;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ip;
import static dev.ajar.testing.Samples.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Method;
import dev.ajar.model.Port;
import dev.ajar.model.Result;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

class FileStateStoreTest {
    private static final String END_OF_TIME =
            "{\"schema\":1,\"holdings\":[{\"method\":\"nat_pmp\",\"gateway\":\"192.168.77.1\","
                    + "\"protocol\":\"tcp\",\"asked_port\":1,\"any_port\":false,\"this_host\":true,\"internal_address\":\"192.168.77.10\","
                    + "\"internal_port\":1,\"asked_lease_seconds\":9223372036854775807,\"description\":\"x\","
                    + "\"written_at\":\"2026-11-23T12:00:00Z\"}]}";
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir Path temporary = Path.of(".");

    private Path folder() {
        return temporary.resolve("state/ajar");
    }

    private FileStateStore store() {
        return new FileStateStore(folder());
    }

    private static Claim claim(Method method, int port, LeaseHandle handle) {
        return new Claim(
                tcp(port),
                new GatewayId(method, GATEWAY),
                new Endpoint(HERE, new Port(port)),
                handle,
                NOW);
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
        Claim pcp = claim(Method.PCP, 25565, new LeaseHandle.PcpNonce("00112233445566778899aabb"));
        Claim natPmp = claim(Method.NAT_PMP, 25566, new LeaseHandle.NatPmpClient());
        Claim upnp =
                claim(
                        Method.UPNP,
                        25567,
                        new LeaseHandle.UpnpLocation(
                                URI.create("http://192.168.77.1:5000/rootDesc.xml")));
        return Snapshot.EMPTY
                .with(Holding.held(lease(pcp, LeaseDuration.ofSeconds(3600))))
                .with(Holding.claimed(natPmp))
                .with(Holding.held(lease(upnp, LeaseDuration.PERMANENT)));
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
    void nothing_saved_is_an_empty_snapshot() {
        assertThat(store().load()).isEqualTo(Result.ok(Snapshot.EMPTY));
    }

    @Test
    void only_the_owner_may_read_it_and_no_rubbish_is_left() throws IOException {
        store().save(sample());
        store().save(sample());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        Path file = folder().resolve("state.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files).containsExactly(file);
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
                "{\"schema\":2,\"holdings\":[],\"lessons\":[]}",
                "{\"schema\":1,\"holdings\":[{}]}",
                "{\"schema\":1,\"holdings\":[],\"lessons\":[]} trailing",
                "{\"schema\":\"1\",\"holdings\":[],\"lessons\":[]}",
                "{\"schema\":1,\"holdings\":[1]}",
                END_OF_TIME
            })
    void a_damaged_file_is_refused_and_left_as_it_is(String damaged) throws IOException {
        Files.createDirectories(folder());
        Path file = Files.writeString(folder().resolve("state.json"), damaged);

        assertThat(failure(store().load()))
                .isInstanceOfSatisfying(
                        Failure.BadState.class,
                        bad -> assertThat(bad.detail()).contains(file.toString()));
        assertThat(Files.readString(file)).isEqualTo(damaged);
    }

    @Test
    void damage_anywhere_never_throws() {
        byte[] good = SnapshotJson.write(sample());
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
        try {
            assertThat(SnapshotJson.read(bytes)).isNotNull();
        } catch (dev.ajar.json.JsonException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }

    @Test
    void a_link_or_a_folder_in_its_place_is_not_followed() throws IOException {
        Files.createDirectories(folder());
        Path target = Files.writeString(temporary.resolve("precious"), "precious");
        Files.createSymbolicLink(folder().resolve("state.json"), target);

        assertThat(failure(store().load())).isInstanceOf(Failure.BadState.class);
        assertThat(failure(store().save(sample()))).isInstanceOf(Failure.BadState.class);
        assertThat(Files.readString(target)).isEqualTo("precious");
    }

    @Test
    void a_place_that_cannot_be_written_is_told() throws IOException {
        Files.writeString(temporary.resolve("state"), "a file where a folder should be");

        assertThat(failure(store().save(sample()))).isInstanceOf(Failure.BadState.class);
        assertThat(failure(store().lock())).isInstanceOf(Failure.BadState.class);
    }

    @Test
    void one_ajar_at_a_time() {
        try (StateStore.Lock lock = store().lock().toOptional().orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(failure(store().lock())).isInstanceOf(Failure.Busy.class);
        }
        assertThat(store().lock()).isInstanceOf(Result.Ok.class);
    }

    @Test
    void what_has_run_out_is_forgotten_and_what_is_permanent_is_not() {
        assertThat(sample().current(NOW.plusSeconds(3599)).holdings()).hasSize(3);
        assertThat(sample().current(NOW.plusSeconds(3600)).holdings())
                .extracting(holding -> holding.claim().gateway().method())
                .containsExactly(Method.UPNP);
    }

    /** Many UPnP routers keep an entry beyond its lease: it is recognised for a while, though it counts as run out. */
    @Test
    void an_upnp_lease_is_recognised_for_a_month_after_its_end() {
        Claim upnp =
                claim(
                        Method.UPNP,
                        1,
                        new LeaseHandle.UpnpLocation(URI.create("http://192.168.77.1/d.xml")));
        Snapshot snapshot =
                Snapshot.EMPTY.with(Holding.held(lease(upnp, LeaseDuration.ofSeconds(60))));

        assertThat(snapshot.holdings().getFirst().hasExpired(NOW.plusSeconds(60))).isTrue();
        assertThat(snapshot.current(NOW.plusSeconds(86_400)).holdings()).hasSize(1);
        assertThat(snapshot.current(NOW.plusSeconds(32 * 86_400)).holdings()).isEmpty();
    }

    @Test
    void an_entry_of_another_gateway_is_not_ours() {
        var entry =
                new dev.ajar.model.ObservedMapping(
                        dev.ajar.model.Protocol.TCP,
                        new Port(25565),
                        new dev.ajar.model.RouterText(HERE.getHostAddress()),
                        new Port(25565),
                        dev.ajar.model.RouterText.EMPTY,
                        dev.ajar.model.RouterText.EMPTY,
                        true,
                        Optional.empty());

        assertThat(sample().owns(GATEWAY, entry)).isTrue();
        assertThat(sample().owns(ip("192.168.77.254"), entry)).isFalse();
    }

    @Test
    void a_renewed_mapping_takes_the_place_of_the_old_one() {
        Claim again =
                claim(Method.PCP, 25565, new LeaseHandle.PcpNonce("00112233445566778899aabb"));

        Snapshot renewed = sample().with(Holding.held(lease(again, LeaseDuration.ofSeconds(60))));

        assertThat(renewed.holdings()).hasSize(3);
        assertThat(renewed.of(again).orElseThrow().lease().orElseThrow().granted().seconds())
                .isEqualTo(60);
    }

    @Test
    void the_folder_is_where_the_environment_says() {
        assertThat(StateFolder.locate(Map.of("HOME", "/h")))
                .isEqualTo(Result.ok(Path.of("/h/.local/state/ajar")));
        assertThat(StateFolder.locate(Map.of("HOME", "/h", "XDG_STATE_HOME", "/x")))
                .isEqualTo(Result.ok(Path.of("/x/ajar")));
        assertThat(StateFolder.locate(Map.of("HOME", "/h", "XDG_STATE_HOME", "relative")))
                .isEqualTo(Result.ok(Path.of("/h/.local/state/ajar")));
        assertThat(StateFolder.locate(Map.of("STATE_DIRECTORY", "/var/lib/ajar")))
                .isEqualTo(Result.ok(Path.of("/var/lib/ajar")));
        assertThat(failure(StateFolder.locate(Map.of()))).isInstanceOf(Failure.BadState.class);
        assertThat(SnapshotJson.write(Snapshot.EMPTY))
                .isEqualTo(
                        "{\"schema\":1,\"holdings\":[],\"lessons\":[]}\n"
                                .getBytes(StandardCharsets.UTF_8));
    }
}
