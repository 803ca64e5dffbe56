package dev.ajar.cli.render;

import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.history.EventJson;
import dev.ajar.history.LoggedEvent;
import dev.ajar.system.LocalClock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The output of {@code ajar watch --since}. */
public final class HistoryText {
    /** As in the daemon's log. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private HistoryText() {}

    /** One line. */
    public static void print(Terminal terminal, LoggedEvent event, LocalClock clock) {
        String time = TIME.format(clock.at(event.at()));
        terminal.say(terminal.text("watch.event", "time", time, "event", event.sentence()));
    }

    public static String json(List<LoggedEvent> events) {
        return JsonMembers.document("watch", ExitCode.DONE)
                .with("events", events.stream().map(EventJson::members).toList())
                .write(Optional.empty());
    }
}
