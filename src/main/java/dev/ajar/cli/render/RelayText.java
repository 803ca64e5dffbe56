package dev.ajar.cli.render;

import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code ajar relay} says. */
public final class RelayText {
    private static final int UNIT = 1024;

    private RelayText() {}

    /** Everything listens. */
    public static void began(Terminal terminal, List<RelayRule> rules) {
        for (RelayRule rule : rules) {
            terminal.out()
                    .println("relay  "
                            + rule.protocol().label()
                            + " "
                            + rule.listen()
                            + " here "
                            + terminal.arrow()
                            + " "
                            + rule.device());
        }
        terminal.out().flush();
    }

    public static void print(Terminal terminal, List<RelayReport> reports) {
        if (reports.isEmpty()) {
            terminal.out().println("No relay runs. Start one: ajar relay 8554:192.168.1.20:554");
            return;
        }
        table(reports).forEach(terminal.out()::println);
    }

    /** A line a rule, under a heading. */
    static List<String> table(List<RelayReport> reports) {
        ListText.Table table = new ListText.Table("RELAY", "GOES TO", "NOW", "PEAK", "TOTAL", "IN", "OUT", "REFUSED");
        for (RelayReport report : reports) {
            for (RuleStatus rule : report.rules()) {
                table.add(List.of(
                        rule.rule(),
                        rule.device(),
                        Integer.toString(rule.now()),
                        Integer.toString(rule.peak()),
                        Long.toString(rule.total()),
                        bytes(rule.in()),
                        bytes(rule.out()),
                        rule.trouble()
                                .map(why -> "not carried: " + why.detail())
                                .orElseGet(() -> refused(rule))));
            }
        }
        return table.lines();
    }

    private static String refused(RuleStatus rule) {
        List<String> reasons = new ArrayList<>();
        rule.refused().forEach((why, count) -> reasons.add(count + " " + why.words()));
        return reasons.isEmpty() ? "none" : String.join("; ", reasons);
    }

    static String bytes(long count) {
        double value = count;
        for (String unit : List.of("B", "KiB", "MiB", "GiB")) {
            if (value < UNIT) {
                return unit.equals("B") ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, unit);
            }
            value /= UNIT;
        }
        return String.format(Locale.ROOT, "%.1f TiB", value);
    }
}
