package dev.ajar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.system.LocalClock;
import dev.ajar.testing.ManualTimeline;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimestampedLogTest {
    @Test
    void a_line_begins_with_the_time_it_was_written() {
        ManualTimeline timeline = new ManualTimeline();
        List<String> lines = new ArrayList<>();
        TimestampedLog log = new TimestampedLog(timeline, LocalClock.in(ZoneOffset.ofHours(2)), lines::add);

        log.accept("open  tcp 25565");
        timeline.advance(Duration.ofSeconds(61));
        log.accept("closed  tcp 25565");

        assertThat(lines)
                .containsExactly("2026-11-23 14:00:00  open  tcp 25565", "2026-11-23 14:01:01  closed  tcp 25565");
    }
}
