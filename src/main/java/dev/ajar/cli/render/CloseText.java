package dev.ajar.cli.render;

import dev.ajar.document.Advice;
import dev.ajar.document.CloseJson;
import dev.ajar.mapping.CloseReport;
import dev.ajar.mapping.CloseReport.CloseOutcome;
import dev.ajar.mapping.CloseReport.CloseRequest;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.TransportProtocol;
import java.util.List;

/** The output of {@code ajar close}. */
public final class CloseText {
    private CloseText() {}

    public static void print(Terminal terminal, CloseReport report, boolean quiet) {
        for (CloseOutcome outcome : report.outcomes()) {
            String port =
                    outcome.wanted().protocol().label() + " " + outcome.wanted().externalPort();
            switch (outcome) {
                case CloseOutcome.Closed closed -> {
                    String internal = closed.internal()
                            .map(there -> " " + terminal.arrow() + " " + there)
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
            report.notes().forEach(note -> terminal.err().println(terminal.text(note)));
        }
        List<Failure> failures = CloseJson.failures(report);
        if (!failures.isEmpty() && FailureText.tellsAttempts(report.attempts())) {
            terminal.err().println(terminal.text("show.asked"));
            FailureText.attempts(terminal, terminal.err(), report.attempts());
        }
        failures.stream().map(Advice::ofClosing).distinct().forEach(advice -> FailureText.advice(terminal, advice));
        report.failure().ifPresent(failure -> FailureText.print(terminal, failure, report.attempts()));
    }

    /** What {@code ajar close} can close, and how. */
    public static void printOpen(Terminal terminal, List<CloseRequest> open) {
        if (open.isEmpty()) {
            terminal.out().println(terminal.text("report.nothing-to-close"));
            return;
        }
        for (CloseRequest port : open) {
            String external = port.externalPort().toString();
            String inside = port.externalPort().equals(port.internalPort())
                    ? ""
                    : " " + terminal.arrow() + " " + port.internalPort();
            String command = "ajar close " + external + (port.protocol() == TransportProtocol.UDP ? "/udp" : "");
            terminal.out().println(port.protocol().label() + " " + external + inside + "   " + command);
        }
        if (open.size() > 1) {
            terminal.out().println(terminal.text("report.close-all", "command", "ajar close --all"));
        }
    }

    private static void line(Terminal terminal, boolean quiet, String outcome, String port, String remark) {
        if (!quiet) {
            terminal.out().println(outcome + "  " + port + "   " + remark);
        }
    }
}
