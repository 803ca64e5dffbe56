package dev.ajar.cli.render;

import dev.ajar.document.Advice;
import dev.ajar.document.CloseJson;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.CloseReport.CloseOutcome;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;

/** The output of {@code ajar close}. */
public final class CloseText {
    private CloseText() {}

    public static void print(Terminal terminal, CloseReport report, boolean quiet) {
        for (PortRuns.Run<CloseOutcome> run : PortRuns.of(report.outcomes(), CloseText::isLike)) {
            CloseOutcome outcome = run.first();
            String port = outcome.wanted().protocol().label() + " "
                    + Port.range(
                            outcome.wanted().externalPort(), run.last().wanted().externalPort());
            switch (outcome) {
                case CloseOutcome.Closed closed -> {
                    String internal = closed.internal()
                            .map(there -> " " + terminal.arrow() + " " + there + end(run))
                            .orElse("");
                    String router = terminal.faint(closed.gateway().title());
                    line(terminal, quiet, terminal.good(terminal.text("report.closed")), port + internal, router);
                }
                case CloseOutcome.WasNotOpen not ->
                    line(
                            terminal,
                            quiet,
                            terminal.text("report.not-open"),
                            port,
                            terminal.faint(terminal.text(not.remark())));
                case CloseOutcome.Failed failed ->
                    FailureText.printPort(terminal, Message.verbatim(port), failed.failure());
            }
        }
        if (!quiet) {
            report.notes().forEach(note -> terminal.tell(terminal.text(note)));
        }
        List<Failure> failures = CloseJson.failures(report);
        failures.stream().map(Advice::ofClosing).distinct().forEach(advice -> FailureText.advice(terminal, advice));
        report.failure().ifPresent(failure -> FailureText.print(terminal, failure));
    }

    /** Whether the second one is the same of the next port. */
    private static boolean isLike(CloseOutcome before, CloseOutcome after) {
        boolean next = before.wanted().protocol() == after.wanted().protocol()
                && PortRuns.follows(
                        before.wanted().externalPort(), after.wanted().externalPort());
        return next
                && switch (before) {
                    case CloseOutcome.Closed(var wanted, var internal, var gateway) ->
                        after instanceof CloseOutcome.Closed closed
                                && closed.gateway().title().equals(gateway.title())
                                && internal.isPresent()
                                && closed.internal()
                                        .filter(there -> there.address()
                                                        .equals(internal.get().address())
                                                && PortRuns.follows(
                                                        internal.get().port(), there.port()))
                                        .isPresent();
                    case CloseOutcome.WasNotOpen(var wanted, var remark) ->
                        after instanceof CloseOutcome.WasNotOpen not
                                && not.remark().equals(remark);
                    case CloseOutcome.Failed(var wanted, var failure) ->
                        after instanceof CloseOutcome.Failed failed
                                && failed.failure().equals(failure);
                };
    }

    /** Behind the first internal port the last one of a run. */
    private static String end(PortRuns.Run<CloseOutcome> run) {
        return run.last() instanceof CloseOutcome.Closed last && !last.equals(run.first())
                ? last.internal().map(there -> "-" + there.port()).orElse("")
                : "";
    }

    /** What {@code ajar close} can close, and how. */
    public static void printOpen(Terminal terminal, List<CloseRequest> open) {
        if (open.isEmpty()) {
            terminal.say(terminal.text("report.nothing-to-close"));
            return;
        }
        for (PortRuns.Run<CloseRequest> run : PortRuns.of(open, CloseText::follows)) {
            CloseRequest port = run.first();
            String external = Port.range(port.externalPort(), run.last().externalPort());
            String inside = port.externalPort().equals(port.internalPort())
                    ? ""
                    : " " + terminal.arrow() + " " + port.internalPort();
            String command = "ajar close " + external + (port.protocol() == TransportProtocol.UDP ? "/udp" : "");
            terminal.say(port.protocol().label() + " " + external + inside + "   " + command);
        }
        if (open.size() > 1) {
            terminal.say(terminal.text("report.close-all", "command", "ajar close --all"));
        }
    }

    private static boolean follows(CloseRequest before, CloseRequest after) {
        return before.protocol() == after.protocol()
                && before.externalPort().equals(before.internalPort())
                && after.externalPort().equals(after.internalPort())
                && PortRuns.follows(before.externalPort(), after.externalPort());
    }

    private static void line(Terminal terminal, boolean quiet, String outcome, String port, String remark) {
        if (!quiet) {
            terminal.say(outcome + "  " + port + "   " + remark);
        }
    }
}
