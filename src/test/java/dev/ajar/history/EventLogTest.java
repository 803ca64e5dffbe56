package dev.ajar.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.file.FileLineStore;
import dev.ajar.state.file.LineStore;
import dev.ajar.testing.EventSamples;
import dev.ajar.testing.ManualTimeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {
    private static final KeeperEvent RESUMED = new KeeperEvent.Resumed();
    private static final KeeperEvent MOVED = new KeeperEvent.NetworkChanged();

    @TempDir
    private Path temporary = Path.of("");

    private final ManualTimeline timeline = new ManualTimeline();
    private final List<Failure> problems = new ArrayList<>();

    private Path folder() {
        return temporary.resolve("state");
    }

    private Path file() {
        return folder().resolve("events.jsonl");
    }

    /** As another process has it. */
    private EventLog log() {
        return EventLog.in(folder(), timeline, problems::add);
    }

    private List<String> codes() {
        return codes(log());
    }

    private static List<String> codes(EventLog log) {
        return ((Result.Ok<List<LoggedEvent>>) log.since(Instant.EPOCH))
                .value().stream().map(LoggedEvent::code).toList();
    }

    private static Failure failure(Result<?> result) {
        return ((Result.Err<?>) result).failure();
    }

    @Test
    void events_of_several_processes_are_read_in_order_by_another() throws IOException {
        EventLog daemon = log();
        EventLog run = log();
        daemon.accept(EventSamples.LOST);
        timeline.advance(Duration.ofMinutes(1));
        run.accept(RESUMED);
        timeline.advance(Duration.ofMinutes(1));
        daemon.accept(EventSamples.REPAIRED);

        assertThat(codes()).containsExactly("lost", "resumed", "repaired");
        assertThat(((Result.Ok<List<LoggedEvent>>)
                                log().since(timeline.instant().minusSeconds(60)))
                        .value())
                .extracting(LoggedEvent::code)
                .containsExactly("resumed", "repaired");
        assertThat(problems).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void without_a_file_there_are_no_events() {
        assertThat(codes()).isEmpty();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void after_seven_days_an_event_is_neither_shown_nor_kept() throws IOException {
        EventLog log = log();
        log.accept(MOVED);
        timeline.advance(Duration.ofDays(6));
        log.accept(EventSamples.LOST);
        assertThat(codes()).containsExactly("network_changed", "lost");

        timeline.advance(Duration.ofDays(1).plusSeconds(1));
        assertThat(codes()).containsExactly("lost");
        assertThat(Files.readString(file())).contains("network_changed");

        log.accept(RESUMED);
        assertThat(codes()).containsExactly("lost", "resumed");
        assertThat(Files.readString(file())).doesNotContain("network_changed");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    /** A machine without a battery for its clock starts in 1970. */
    @Test
    void events_after_the_present_time_stay() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(file(), line("2040-01-01T00:00:00Z", "resumed"));

        log().accept(MOVED);

        assertThat(codes()).containsExactly("network_changed", "resumed");
    }

    private static String line(String at, String code) {
        return "{\"schema\":1,\"at\":\"" + at + "\",\"event\":\"" + code + "\",\"message\":\"x\"}\n";
    }

    @Test
    void a_file_never_grows_beyond_its_limit_and_the_newest_events_stay() throws IOException {
        EventLog log = log();
        int rewritten = 0;
        long before = 0;
        for (int i = 0; i < 3000; i++) {
            timeline.advance(Duration.ofMillis(1));
            log.accept(EventSamples.LOST);
            long size = Files.size(file());
            assertThat(size).isLessThanOrEqualTo(EventLog.LARGEST);
            rewritten += size < before ? 1 : 0;
            before = size;
        }
        log.accept(RESUMED);

        assertThat(codes()).endsWith("lost", "lost", "resumed").hasSizeGreaterThan(500);
        assertThat(rewritten).as("not every event rewrites the file").isBetween(1, 20);
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void a_huge_file_is_read_from_its_end_and_cut() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(file(), "x".repeat(3 << 20) + "\n" + line("2026-11-23T11:00:00Z", "resumed"));
        assertThat(codes()).containsExactly("resumed");

        log().accept(MOVED);

        assertThat(codes()).containsExactly("resumed", "network_changed");
        assertThat(Files.size(file())).isLessThan(1000);
    }

    @Test
    void damaged_lines_are_skipped_and_lines_of_a_newer_ajar_are_kept() throws IOException {
        String newer = "{\"at\":\"2026-11-23T11:00:00Z\",\"schema\":2,\"what\":[true]}";
        log().accept(MOVED);
        Files.writeString(
                file(),
                "\n{\"schema\":1,\n\u0000\u0000\n" + "y".repeat(9000) + "\n" + newer + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        EventLog log = log();
        log.accept(RESUMED);

        assertThat(codes()).containsExactly("network_changed", "resumed");
        assertThat(Files.readAllLines(file())).hasSize(3).contains(newer);
    }

    /** A crash or a full disk has cut off a line. */
    @Test
    void a_line_without_an_end_spoils_no_other() throws IOException {
        EventLog log = log();
        log.accept(MOVED);
        Files.writeString(file(), "{\"schema\":1,\"at", StandardOpenOption.APPEND);

        log.accept(RESUMED);

        assertThat(codes()).containsExactly("network_changed", "resumed");
    }

    @Test
    void a_line_appended_by_another_process_while_the_file_is_rewritten_stays() {
        FileLineStore store = new FileLineStore(folder(), "events.jsonl");
        store.append("one\n".getBytes(StandardCharsets.UTF_8));
        store.append("two\n".getBytes(StandardCharsets.UTF_8));

        assertThat(store.replace(new byte[0], 4)).isEmpty();
        assertThat(store.size()).isEqualTo(Result.ok(8L));
        assertThat(store.replace(new byte[0], 8)).isEmpty();
        assertThat(store.size()).isEqualTo(Result.ok(0L));
    }

    @Test
    void the_end_of_a_file_is_read_in_whole_lines() {
        FileLineStore store = new FileLineStore(folder(), "events.jsonl");
        store.append("one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8));

        LineStore.Lines end = store.tail(8).toOptional().orElseThrow();

        assertThat(new String(end.bytes(), StandardCharsets.UTF_8)).isEqualTo("three\n");
        assertThat(end.size()).isEqualTo(14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "pipe", "folder", "open", "second name", "another user's"})
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_file_that_another_user_prepared_is_left_alone(String how) throws IOException, InterruptedException {
        Files.createDirectories(folder());
        Path target = Files.writeString(temporary.resolve("precious"), "precious");
        switch (how) {
            case "link" -> Files.createSymbolicLink(file(), target);
            case "folder" -> Files.createDirectory(file());
            case "second name" -> Files.createLink(file(), target);
            case "pipe" ->
                new ProcessBuilder("mkfifo", file().toString()).start().waitFor();
            case "open" -> {
                Files.writeString(file(), "precious");
                Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
            }
            case "another user's" -> {
                Files.writeString(file(), "precious");
                org.junit.jupiter.api.Assumptions.assumeTrue(isGivenAway(file()), "only root gives files away");
            }
            default -> throw new IllegalArgumentException(how);
        }
        EventLog log = log();

        log.accept(MOVED);
        log.accept(RESUMED);
        FileLineStore store = new FileLineStore(folder(), "events.jsonl");
        assertThat(store.append(new byte[] {'x'})).isPresent();
        assertThat(store.replace(new byte[0], 8)).isPresent();

        assertThat(problems)
                .as("reported once")
                .singleElement()
                .satisfies(
                        failure -> assertThat(failure.detail().toString()).contains("events.jsonl", "leaves it alone"));
        assertThat(failure(log.since(Instant.EPOCH)).detail().toString()).contains("leaves it alone");
        assertThat(Files.readString(target)).isEqualTo("precious");
        if (Files.isRegularFile(file(), LinkOption.NOFOLLOW_LINKS)) {
            assertThat(Files.readString(file())).isEqualTo("precious");
        }
    }

    @Test
    void a_folder_that_others_may_write_to_is_left_alone() throws IOException {
        Files.createDirectories(folder());
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));

        log().accept(MOVED);

        assertThat(problems).hasSize(1);
        assertThat(file()).doesNotExist();
    }

    private static boolean isGivenAway(Path file) {
        try {
            Files.setAttribute(file, "unix:uid", 12345);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_folder_that_cannot_be_made_loses_the_events() throws IOException {
        Files.writeString(folder(), "a file");
        EventLog log = log();

        log.accept(MOVED);

        assertThat(problems).singleElement().isInstanceOf(Failure.BadState.class);
    }

    /** Of a full disk: nothing can be written until there is room. */
    private static class FullDisk implements LineStore {
        private final LineStore disk;
        private boolean full = true;

        FullDisk(LineStore disk) {
            this.disk = disk;
        }

        private Optional<Failure> none() {
            return Optional.of(new Failure.BadState(Message.verbatim("no space left on device")));
        }

        @Override
        public Result<Long> size() {
            return disk.size();
        }

        @Override
        public Result<Lines> tail(int most) {
            return disk.tail(most);
        }

        @Override
        public Optional<Failure> append(byte[] line) {
            return full ? none() : disk.append(line);
        }

        @Override
        public Optional<Failure> replace(byte[] lines, long size) {
            return full ? none() : disk.replace(lines, size);
        }
    }

    @Test
    void a_full_disk_loses_events_and_is_reported_once_until_there_is_room() {
        FullDisk disk = new FullDisk(new FileLineStore(folder(), "events.jsonl"));
        EventLog log = new EventLog(disk, timeline, problems::add);

        log.accept(MOVED);
        log.accept(MOVED);
        assertThat(problems).hasSize(1);
        disk.full = false;
        log.accept(RESUMED);
        assertThat(codes(log)).containsExactly("resumed");
        disk.full = true;
        log.accept(MOVED);

        assertThat(problems).hasSize(2);
        assertThat(codes(log)).containsExactly("resumed");
    }

    /** Rewriting needs room for both files; appending may go on meanwhile, but not beyond the limit. */
    @Test
    void a_file_that_cannot_be_cut_grows_no_further() throws IOException {
        Files.createDirectories(folder());
        String line = line("2026-11-23T11:00:00Z", "resumed");
        Files.writeString(file(), line.repeat(EventLog.LARGEST / line.length()));
        long size = Files.size(file());
        FullDisk disk = new FullDisk(new FileLineStore(folder(), "events.jsonl")) {
            @Override
            public Optional<Failure> append(byte[] line) {
                throw new AssertionError("appended");
            }
        };

        new EventLog(disk, timeline, problems::add).accept(EventSamples.LOST);

        assertThat(problems).hasSize(1);
        assertThat(Files.size(file())).isEqualTo(size);
    }
}
