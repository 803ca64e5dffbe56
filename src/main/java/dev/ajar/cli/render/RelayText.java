package dev.ajar.cli.render;

import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleStatus;
import dev.ajar.service.WatchDocument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The output of {@code ajar relay}. */
public final class RelayText {
    private static final int UNIT = 1024;

    private RelayText() {}

    /** Every rule listens. */
    public static void began(Terminal terminal, List<RelayRule> rules) {
        for (RelayRule rule : rules) {
            String from = rule.protocol().label() + " " + rule.listen();
            String to = terminal.arrow() + " " + rule.device();
            terminal.say(terminal.text("watch.relaying", "from", from, "to", to));
        }
        terminal.out().flush();
    }

    public static void print(Terminal terminal, List<RelayReport> reports) {
        if (reports.isEmpty()) {
            terminal.say(terminal.text("watch.no-relay"));
            return;
        }
        List<List<String>> rows = reports.stream()
                .flatMap(report -> report.rules().stream())
                .map(rule -> row(terminal, rule))
                .toList();
        Table.print(terminal, terminal.text("watch.relay-columns"), rows);
    }

    private static List<String> row(Terminal terminal, RuleStatus rule) {
        return List.of(
                rule.rule().toString(),
                rule.device().toString(),
                Integer.toString(rule.now()),
                Integer.toString(rule.peak()),
                Long.toString(rule.total()),
                bytes(rule.in()),
                bytes(rule.out()),
                rule.trouble()
                        .map(why -> terminal.text("watch.not-relayed", "problem", why.detail()))
                        .orElseGet(() -> refused(terminal, rule)));
    }

    private static String refused(Terminal terminal, RuleStatus rule) {
        List<String> reasons = rule.refused().entrySet().stream()
                .map(one -> one.getValue() + " " + one.getKey().words())
                .toList();
        return reasons.isEmpty() ? terminal.text("watch.none-refused") : String.join("; ", reasons);
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

    /** {@code ajar relay status --json}. */
    public static String json(List<RelayReport> reports) {
        return JsonMembers.document("relay", ExitCode.DONE)
                .with("relays", WatchDocument.members(reports))
                .write(Optional.empty());
    }
}
