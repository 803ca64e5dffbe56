package dev.ajar.cli.render;

import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonMembers;
import dev.ajar.relay.ClientCount;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleProblem;
import dev.ajar.relay.RuleStatus;
import dev.ajar.service.StopReport;
import dev.ajar.service.json.WatchDocument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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
        reports.stream()
                .flatMap(report -> report.rules().stream())
                .filter(rule -> !rule.clients().isEmpty())
                .forEach(rule -> terminal.say(clients(rule) + " " + terminal.arrow() + " " + rule.rule()));
    }

    /** Who is connected: {@code 203.0.113.7 (2), 198.51.100.9}. */
    private static String clients(RuleStatus rule) {
        String all = rule.clients().stream()
                .map(one -> one.source() + (one.connections() > 1 ? " (" + one.connections() + ")" : ""))
                .collect(Collectors.joining(", "));
        int told = rule.clients().stream().mapToInt(ClientCount::connections).sum();
        return told < rule.now() ? all + ", ..." : all;
    }

    /** What runs, who runs it, and how it can be stopped. */
    public static void list(Terminal terminal, List<RelayReport> reports) {
        List<RuleStatus> rules =
                reports.stream().flatMap(report -> report.rules().stream()).toList();
        if (rules.isEmpty()) {
            terminal.say(terminal.text("watch.no-relay"));
            return;
        }
        List<List<String>> rows = reports.stream()
                .flatMap(report -> report.rules().stream()
                        .map(rule -> List.of(
                                rule.rule().toString(),
                                rule.device().toString(),
                                runBy(terminal, report),
                                state(terminal, rule))))
                .toList();
        Table.print(terminal, terminal.text("watch.relay-list-columns"), rows);
        rules.stream()
                .filter(rule -> !rule.isStopped())
                .findFirst()
                .map(rule -> rule.rule().protocol().typed(rule.rule().port()))
                .ifPresent(port -> terminal.say(terminal.text("watch.stop-one", "port", port)));
    }

    private static String runBy(Terminal terminal, RelayReport report) {
        String process = Long.toString(report.pid());
        return report.runBy()
                .map(by -> switch (by) {
                    case DAEMON -> terminal.text("watch.relay-by-daemon", "process", process);
                    case COMMAND -> terminal.text("watch.relay-by-command", "process", process);
                })
                .orElseGet(() -> terminal.text("watch.relay-by-process", "process", process));
    }

    private static String state(Terminal terminal, RuleStatus rule) {
        return rule.trouble()
                .map(why -> problem(terminal, rule, why))
                .orElseGet(() -> terminal.text("watch.relay-connected", "count", rule.now()));
    }

    /** What a user has stopped is in no trouble. */
    private static String problem(Terminal terminal, RuleStatus rule, RuleProblem why) {
        return rule.isStopped()
                ? terminal.text(why.detail())
                : terminal.text("watch.not-relayed", "problem", why.detail());
    }

    /**
     * What became of relays that were to be stopped.
     *
     * @param quiet whether what went well is not told
     */
    public static void print(Terminal shown, StopReport report, boolean quiet) {
        Terminal terminal = quiet ? shown.mute() : shown;
        report.failure().ifPresent(failure -> FailureText.print(terminal, failure));
        if (report.failure().isEmpty()
                && report.rules().isEmpty()
                && report.notRunning().isEmpty()) {
            terminal.say(terminal.text("watch.no-relay"));
        }
        for (StopReport.StoppedRule rule : report.rules()) {
            String sentence = terminal.text(rule.sentence());
            if (rule.outcome().isStopped()) {
                terminal.say(sentence);
            } else {
                terminal.tell(sentence);
            }
        }
        report.missing().forEach(missing -> terminal.tell(terminal.text(missing)));
        report.afterwards().filter(note -> !quiet).ifPresent(note -> terminal.tell(terminal.text(note)));
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
                rule.trouble().map(why -> problem(terminal, rule, why)).orElseGet(() -> refused(terminal, rule)));
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
