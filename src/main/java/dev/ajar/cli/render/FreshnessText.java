package dev.ajar.cli.render;

import dev.ajar.mapping.report.Freshness;
import dev.ajar.system.LocalClock;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says of a report that it shows what the daemon saw last. */
public final class FreshnessText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private FreshnessText() {}

    public static void print(Terminal terminal, Freshness freshness, LocalClock clock) {
        if (freshness.stale()) {
            terminal.tell(freshness
                    .at()
                    .map(at -> terminal.text("report.as-seen", "time", TIME.format(clock.at(at))))
                    .orElseGet(() -> terminal.text("report.never-seen")));
        }
    }
}
