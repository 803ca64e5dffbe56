package dev.ajar.cli.render;

import dev.ajar.message.Message;
import dev.ajar.relay.RelayReport;
import dev.ajar.service.WatchRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The output of {@code ajar watch}. */
public final class WatchText {
    private WatchText() {}

    /** @param keeper the process that renews the mappings; empty where none does */
    public static void print(
            Terminal terminal, List<WatchRow> rows, Optional<Message> keeper, List<RelayReport> relays) {
        if (rows.isEmpty()) {
            terminal.say(terminal.text("watch.nothing-open"));
        } else {
            List<List<String>> lines =
                    rows.stream().map(row -> line(terminal, row)).toList();
            Table.print(terminal, terminal.text("watch.columns"), lines);
            terminal.say(keeper.map(name -> terminal.text("watch.renewed-by", "keeper", name))
                    .orElseGet(() -> terminal.text("watch.not-renewed")));
        }
        if (!relays.isEmpty()) {
            terminal.say("");
            RelayText.print(terminal, relays);
        }
    }

    private static List<String> line(Terminal terminal, WatchRow row) {
        return List.of(
                row.mapping(),
                goesTo(row),
                row.method(),
                state(terminal, row.state()),
                row.secondsLeft().map(WatchText::time).orElseGet(() -> terminal.text("watch.no-end")),
                terminal.text(row.last()));
    }

    /** The address, and the container there. */
    private static String goesTo(WatchRow row) {
        return row.container()
                .map(name -> (row.goesTo() + " (" + name + ")").strip())
                .orElse(row.goesTo());
    }

    private static String state(Terminal terminal, WatchRow.State state) {
        return switch (state) {
            case OPEN -> terminal.text("watch.state-open");
            case NOT_OPEN -> terminal.text("watch.state-not-open");
            case CLOSING -> terminal.text("watch.state-closing");
            case NOT_RENEWED -> terminal.text("watch.state-not-renewed");
        };
    }

    private static String time(long seconds) {
        Duration left = Duration.ofSeconds(Math.max(0, seconds));
        return left.toHours() > 0
                ? "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart())
                : "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
    }

    /** All but the seconds left, to see whether something changed. */
    public static String withoutTimes(List<WatchRow> rows, List<RelayReport> relays) {
        return rows.stream()
                        .map(row -> List.of(
                                row.mapping(),
                                row.goesTo(),
                                row.method(),
                                row.state().key(),
                                row.last().toString()))
                        .toList()
                + relays.stream()
                        .map(report -> report.pid() + "/"
                                + report.rules().stream()
                                        .map(rule -> rule.rule() + "/" + rule.trouble())
                                        .toList())
                        .toList()
                        .toString();
    }
}
