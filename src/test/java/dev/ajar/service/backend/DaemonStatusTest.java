package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ajar.message.Message;
import dev.ajar.service.WatchReport;
import dev.ajar.service.WatchRow;
import dev.ajar.testing.ManualTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the daemon publishes, and when followers hear of it. */
class DaemonStatusTest {
    private static final WatchRow ROW = new WatchRow(
            "tcp 25565",
            "192.168.1.20:25565",
            "PCP",
            WatchRow.State.OPEN,
            Optional.of(100L),
            Message.of("event.short-opened"),
            Optional.of(Instant.EPOCH));

    private final ManualTimeline timeline = new ManualTimeline();
    private List<WatchRow> rows = List.of();
    private final DaemonStatus status = new DaemonStatus(
            () -> new WatchReport(Optional.empty(), rows, List.of(), List.of(), List.of()), List::of, timeline);

    private void publish(WatchRow... now) {
        rows = List.of(now);
        status.publish();
    }

    @Test
    void a_document_counts_the_seconds_since_it_was_published() {
        publish(ROW);
        timeline.advance(Duration.ofSeconds(30));
        assertThat(status.document()).contains("\"seconds_left\":70");
        timeline.advance(Duration.ofMinutes(5));
        assertThat(status.document()).contains("\"seconds_left\":0");
    }

    @Test
    void a_relay_that_answers_late_keeps_only_those_waiting_who_ask_for_it() {
        DaemonStatus silent = new DaemonStatus(
                () -> new WatchReport(Optional.empty(), List.of(ROW), List.of(), List.of(), List.of()),
                () -> fail("the relays were asked"),
                timeline);
        silent.publish();
        assertThat(silent.kept().rows()).containsExactly(ROW);
        Monitoring monitoring =
                new Monitoring(Optional::empty, () -> fail("the relays were asked"), () -> true, timeline);
        assertThat(monitoring.readiness().line()).isEqualTo("0 of 0 open");
    }

    @Test
    void a_state_that_was_not_published_is_not_seen() {
        rows = List.of(ROW);
        assertThat(status.document()).contains("\"mappings\":[]");
    }

    @Test
    void only_a_change_of_more_than_the_seconds_left_reaches_followers() throws InterruptedException {
        publish(ROW);
        List<String> seen = new ArrayList<>();
        status.follow(document -> {
            seen.add(document);
            if (seen.size() == 1) {
                publish(ROW.withSecondsLeft(Optional.of(99L)));
                publish(new WatchRow(
                        "tcp 25565",
                        "",
                        "",
                        WatchRow.State.NOT_OPEN,
                        Optional.empty(),
                        Message.verbatim("lost"),
                        Optional.empty()));
            }
            return seen.size() < 2;
        });
        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst()).contains("\"state\":\"open\"");
        assertThat(seen.getLast()).contains("\"state\":\"not open\"");
    }
}
