package dev.ajar.daemon;

import dev.ajar.system.Timeline;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

/** Prefixes each log line with the local time. For several threads. */
public final class TimestampedLog implements Consumer<String> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Timeline timeline;
    private final ZoneId zone;
    private final Consumer<String> lines;

    public TimestampedLog(Timeline timeline, ZoneId zone, Consumer<String> lines) {
        this.timeline = timeline;
        this.zone = zone;
        this.lines = lines;
    }

    @Override
    public synchronized void accept(String line) {
        lines.accept(TIME.format(timeline.instant().atZone(zone)) + "  " + line);
    }
}
