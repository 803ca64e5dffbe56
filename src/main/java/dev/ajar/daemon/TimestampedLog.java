package dev.ajar.daemon;

import dev.ajar.message.Message;
import dev.ajar.system.LocalClock;
import dev.ajar.system.Timeline;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

/** Prefixes each log line with the local time. For several threads. */
public final class TimestampedLog implements Consumer<Message> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Timeline timeline;
    private final LocalClock clock;
    private final Consumer<Message> lines;

    public TimestampedLog(Timeline timeline, LocalClock clock, Consumer<Message> lines) {
        this.timeline = timeline;
        this.clock = clock;
        this.lines = lines;
    }

    @Override
    public synchronized void accept(Message line) {
        String time = TIME.format(clock.at(timeline.instant()));
        lines.accept(Message.of("daemon.log-line", "time", time, "line", line));
    }
}
