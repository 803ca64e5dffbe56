package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.Cli;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.render.Terminal;
import dev.ajar.history.EventLog;
import dev.ajar.history.LoggedEvent;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.service.client.PortServices;
import dev.ajar.system.LocalClock;
import dev.ajar.testing.EventSamples;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.NoDaemon;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ajar watch --since}; {@code LocalBackendTest} shows where the events come from. */
class WatchCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private final ManualTimeline timeline = new ManualTimeline();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** What happens in each second of watching; at the end the user ends it. */
    private final Deque<Runnable> seconds = new ArrayDeque<>();

    private final class Machine extends NoDaemon {
        @Override
        public Result<List<LoggedEvent>> events(Duration back) {
            return history().since(timeline.instant().minus(back));
        }

        @Override
        public boolean pause(Duration time) {
            timeline.advance(time);
            Runnable next = seconds.poll();
            if (next != null) {
                next.run();
            }
            return next != null;
        }
    }

    private EventLog history() {
        return EventLog.in(folder, timeline, failure -> {});
    }

    private void happened(KeeperEvent event) {
        history().accept(event);
    }

    private int run(String... args) {
        return new Cli(new CliContext(
                        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, true),
                        PortServices.withoutDaemon(
                                progress -> Result.err(new Failure.Busy(Message.verbatim("not here")))),
                        terminal -> true,
                        LocalClock.in(ZoneId.of("Europe/Berlin")),
                        name -> Optional.empty(),
                        new FakeHostProbe(List.of()),
                        new Machine(),
                        Samples.PROTOCOLS))
                .run(args);
    }

    private void anHourAndAMinute() {
        happened(new KeeperEvent.Resumed());
        timeline.advance(Duration.ofHours(1));
        happened(EventSamples.LOST);
        timeline.advance(Duration.ofMinutes(1));
        happened(EventSamples.REPAIRED);
    }

    @Test
    void past_events_are_printed_in_order_with_the_local_time() {
        anHourAndAMinute();

        assertThat(run("watch", "--since", "1h", "--once")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "2026-11-23 14:00:00  lost  tcp 25565: the router has restarted",
                        "2026-11-23 14:01:00  open again  tcp 203.0.113.7:25566 -> 192.168.77.10:25565"
                                + "  PCP (192.168.77.1), lease 1h");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void without_once_new_events_follow_until_the_user_ends_it() {
        anHourAndAMinute();
        seconds.add(() -> {});
        seconds.add(() -> happened(new KeeperEvent.NetworkChanged()));
        seconds.add(() -> {});

        assertThat(run("watch", "--since", "61s")).isZero();

        assertThat(out.toString().lines())
                .hasSize(3)
                .last()
                .isEqualTo("2026-11-23 14:01:02  this machine's network has changed");
    }

    @Test
    void for_limits_how_long_events_are_followed() {
        for (int i = 0; i < 10; i++) {
            seconds.add(() -> happened(new KeeperEvent.NetworkChanged()));
        }

        assertThat(run("watch", "--since", "1h", "--for", "3s")).isZero();

        assertThat(out.toString().lines()).hasSize(3).first().asString().startsWith("Nothing has happened since then");
    }

    @Test
    void json_is_one_document_that_the_schema_describes() {
        EventSamples.all().forEach(this::happened);

        assertThat(run("watch", "--since", "2d", "--json")).isZero();

        String document = out.toString();
        assertThat(document.lines()).hasSize(1);
        assertThat(JsonTest.faults(document)).as(document).isEmpty();
        assertThat(document)
                .startsWith("{\"schema\":1,\"command\":\"watch\",\"exit_code\":0,\"events\":[{\"at\":\"")
                .contains("\"event\":\"lost\",\"mapping\":\"tcp 25565\",\"external_port\":25565,\"reason\":{")
                .endsWith("],\"error\":null}\n");
    }

    @Test
    void without_events_the_list_in_the_document_is_empty() {
        assertThat(run("watch", "--since", "2d", "--json", "--once")).isZero();

        assertThat(out.toString()).contains("\"events\":[]");
        assertThat(JsonTest.faults(out.toString())).isEmpty();
    }

    @Test
    void a_history_that_may_not_be_read_is_an_error() throws IOException {
        Files.createSymbolicLink(
                folder.resolve("events.jsonl"), Files.writeString(folder.resolve("precious"), "precious"));

        assertThat(run("watch", "--since", "2d")).isEqualTo(78);
        assertThat(err.toString()).contains("is not a plain file").doesNotContain("precious");
        assertThat(run("watch", "--since", "2d", "--json")).isEqualTo(78);
        assertThat(JsonTest.faults(out.toString())).isEmpty();
        assertThat(out.toString()).contains("\"code\":\"bad_state\"");
    }

    @ParameterizedTest
    @CsvSource({
        "yesterday, --since yesterday: write it like 2h or 2d",
        "2, --since 2: write it like 2h or 2d",
        "-2d, -2d",
        "0s, --since 0s must be longer than zero; write it like 2h or 2d",
        "99999999999d, --since 99999999999d: write it like 2h or 2d"
    })
    void a_bad_time_gets_one_line(String time, String line) {
        assertThat(run("watch", "--since", time)).isEqualTo(2);

        assertThat(err.toString()).contains(line);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void the_longest_time_is_no_error() {
        assertThat(run("watch", "--since", "999999d", "--once")).isZero();
    }
}
