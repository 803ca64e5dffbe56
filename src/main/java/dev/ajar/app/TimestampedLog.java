package dev.ajar.app;

import dev.ajar.system.Timeline;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Puts the time before each line, unless the one who reads does that. */
final class TimestampedLog implements Consumer<String> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Timeline timeline;
    private final boolean stamped;
    private final Consumer<String> lines;

    TimestampedLog(Timeline timeline, Map<String, String> environment, Consumer<String> lines) {
        this.timeline = timeline;
        // systemd's journal has its own.
        this.stamped = environment.getOrDefault("JOURNAL_STREAM", "").isEmpty();
        this.lines = lines;
    }

    @Override
    public synchronized void accept(String line) {
        String time = TIME.format(timeline.instant().atZone(ZoneId.systemDefault()));
        lines.accept(stamped ? time + "  " + line : line);
    }
}
