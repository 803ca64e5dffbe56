package dev.ajar.gateway.admin.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.UpnpSwitch;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.file.FileLineStore;
import dev.ajar.state.file.LineStore;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SystemTimeline;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written down of a router before it is changed. */
class RouterRecordsTest {
    private static final String CARD = "02:00:00:00:00:01";
    private static final String NEW_CARD = "02:00:00:00:00:02";
    private static final RouterChanges.UpnpOn CHANGE = new RouterChanges.UpnpOn(
            Instant.parse("2026-01-01T00:00:00Z"), new UpnpSwitch.Setting(false, Map.of("enabled", "0")));

    @TempDir
    private Path home = Path.of("");

    private LineStore file(String name) {
        return new FileLineStore(home, name);
    }

    /** Another process adds a line after the look, and before the write, so often. */
    private record Shared(LineStore file, AtomicInteger times) implements LineStore {
        @Override
        public Result<Long> size() {
            return file.size();
        }

        @Override
        public Result<Lines> tail(int most) {
            Result<Lines> read = file.tail(most);
            another();
            return read;
        }

        @Override
        public Optional<Failure> append(byte[] line) {
            return file.append(line);
        }

        @Override
        public Optional<Failure> replace(byte[] lines, long size) {
            another();
            return file.replace(lines, size);
        }

        private void another() {
            if (times.getAndDecrement() > 0) {
                var unused =
                        file.append(("{\"card\":\"other " + times.get() + "\"}\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_record_that_another_process_came_before_is_written_all_the_same(int times) {
        RouterChanges changes = new RouterChanges(new Shared(file("changes.jsonl"), new AtomicInteger(times)));
        assertThat(changes.save(CARD, CHANGE)).isEmpty();
        assertThat(changes.upnp(CARD)).isEqualTo(Result.ok(Optional.of(CHANGE)));
        assertThat(new CardLines(file("changes.jsonl")).all().toOptional().orElseThrow())
                .hasSize(1 + times);
    }

    @Test
    void a_record_that_is_not_written_is_a_failure() {
        RouterChanges changes = new RouterChanges(new Shared(file("changes.jsonl"), new AtomicInteger(99)));
        assertThat(changes.save(CARD, CHANGE)).map(Failure::detail).contains(Message.of("admin.not-recorded"));
        assertThat(changes.upnp(CARD)).isEqualTo(Result.ok(Optional.empty()));
    }

    /** A disk that is full from one moment on. */
    private record Full(LineStore file) implements LineStore {
        @Override
        public Result<Long> size() {
            return file.size();
        }

        @Override
        public Result<Lines> tail(int most) {
            return file.tail(most);
        }

        @Override
        public Optional<Failure> append(byte[] line) {
            return Optional.of(new Failure.BadState(Message.of("state.no-home")));
        }

        @Override
        public Optional<Failure> replace(byte[] lines, long size) {
            return append(lines);
        }
    }

    private static final NetworkView NONE = new NetworkView() {
        @Override
        public List<LocalRoute> routes() {
            return List.of();
        }

        @Override
        public Optional<LocalRoute> towards(InetAddress destination) {
            return Optional.empty();
        }
    };

    /** Once another card is trusted, only what was changed on that one is looked for. */
    @Test
    void what_is_to_be_undone_goes_to_the_new_card_before_that_is_trusted() {
        RouterChanges changes = new RouterChanges(file("changes.jsonl"));
        assertThat(changes.save(CARD, CHANGE)).isEmpty();
        Enrolment enrolment = new Enrolment(
                "openwrt",
                URI.create("http://192.168.1.1"),
                CARD,
                Optional.empty(),
                "root",
                Enrolment.SecretPlace.ENVIRONMENT);
        Enrolments full = new Enrolments(new Full(file("routers.jsonl")));
        Secrets secrets = new KeptSecrets(file("secrets.jsonl"), Map.of(), false, Optional::empty);
        RouterAdministration administration = new RouterAdministration(
                NONE, address -> Optional.empty(), List.of(), full, secrets, changes, new SystemTimeline());
        assertThat(administration.trust(enrolment, NEW_CARD)).isInstanceOf(Result.Err.class);
        assertThat(changes.upnp(NEW_CARD)).isEqualTo(Result.ok(Optional.of(CHANGE)));
    }
}
