package dev.ajar.cli.render;

import dev.ajar.mapping.report.TimeOver;
import dev.ajar.system.LocalClock;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What ajar was to have closed by now. */
public final class TimeOverText {
    private static final DateTimeFormatter SINCE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private TimeOverText() {}

    public static void print(Terminal terminal, List<TimeOver> over, LocalClock clock) {
        over.forEach(one -> terminal.tell(
                terminal.text("report.time-over", "port", one.label(), "time", SINCE.format(clock.at(one.since())))));
        if (!over.isEmpty()) {
            terminal.tell(terminal.text("report.time-over-next"));
        }
    }
}
