package dev.ajar.cli.render;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What {@code ajar watch} shows. */
public final class WatchText {
    private WatchText() {}

    /** @param keeper who renews all this, if anybody does */
    public static void print(
            Terminal terminal, List<WatchRow> rows, Optional<String> keeper, List<RelayReport> relays) {
        if (rows.isEmpty()) {
            terminal.out().println("Nothing is open. Open something: ajar open 25565");
            relays(terminal, relays);
            return;
        }
        ListText.Table table = new ListText.Table("MAPPING", "GOES TO", "HOW", "STATE", "LEFT", "LAST");
        for (WatchRow row : rows) {
            table.add(List.of(
                    row.mapping(),
                    row.goesTo(),
                    row.method(),
                    row.state(),
                    row.secondsLeft().map(WatchText::time).orElse("no end"),
                    row.last()));
        }
        table.lines().forEach(terminal.out()::println);
        terminal.out().println(keeper.map(name -> "renewed by " + name).orElse("nobody renews them: ajar daemon does"));
        relays(terminal, relays);
    }

    private static void relays(Terminal terminal, List<RelayReport> relays) {
        if (!relays.isEmpty()) {
            terminal.out().println();
            RelayText.print(terminal, relays);
        }
    }

    private static String time(long seconds) {
        Duration left = Duration.ofSeconds(Math.max(0, seconds));
        return left.toHours() > 0
                ? "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart())
                : "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
    }

    /** All but what changes each second. */
    public static String withoutTimes(List<WatchRow> rows, List<RelayReport> relays) {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row.mapping())
                .append(row.goesTo())
                .append(row.method())
                .append(row.state())
                .append(row.last())
                .append(';'));
        relays.forEach(report -> text.append(report.pid()).append(report.rules().size()));
        return text.toString();
    }
}
