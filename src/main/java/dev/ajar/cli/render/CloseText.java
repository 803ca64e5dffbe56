package dev.ajar.cli.render;

import dev.ajar.mapping.CloseReport;
import dev.ajar.mapping.CloseReport.CloseOutcome;
import dev.ajar.model.Failure;
import java.util.List;
import java.util.Optional;

/** What {@code ajar close} says. */
public final class CloseText {
    private CloseText() {}

    public static ExitCode exitCode(CloseReport report) {
        return report.failure()
                .map(ExitCode::of)
                .orElseGet(() -> ExitCode.of(failures(report), report.outcomes().size()));
    }

    private static List<Failure> failures(CloseReport report) {
        return report.outcomes().stream()
                .flatMap(outcome -> failure(outcome).stream())
                .toList();
    }

    static Optional<Failure> failure(CloseOutcome outcome) {
        return switch (outcome) {
            case CloseOutcome.Failed failed -> Optional.of(failed.failure());
            case CloseOutcome.Closed ignored -> Optional.empty();
            case CloseOutcome.WasNotOpen ignored -> Optional.empty();
        };
    }

    static Optional<Failure> onlyFailure(CloseReport report) {
        List<Failure> failures = failures(report);
        return !failures.isEmpty() && failures.size() == report.outcomes().size()
                ? Optional.of(failures.getFirst())
                : Optional.empty();
    }

    public static void print(Terminal terminal, CloseReport report, boolean quiet) {
        for (CloseOutcome outcome : report.outcomes()) {
            String port =
                    outcome.wanted().protocol().label() + " " + outcome.wanted().externalPort();
            switch (outcome) {
                case CloseOutcome.Closed closed -> {
                    if (!quiet) {
                        String internal = closed.internal()
                                .map(there -> " " + terminal.arrow() + " " + there)
                                .orElse("");
                        terminal.out()
                                .println(terminal.good("closed")
                                        + "  "
                                        + port
                                        + internal
                                        + "   "
                                        + terminal.faint(closed.gateway().title()));
                    }
                }
                case CloseOutcome.WasNotOpen not -> {
                    if (!quiet) {
                        terminal.out().println("not open  " + port + "   " + terminal.faint(not.remark()));
                    }
                }
                case CloseOutcome.Failed failed ->
                    terminal.err()
                            .println(terminal.bad("failed")
                                    + "  "
                                    + port
                                    + ": "
                                    + FailureText.line(failed.failure())
                                    + ".");
            }
        }
        if (!failures(report).isEmpty() && FailureText.tellsAttempts(report.attempts())) {
            terminal.err().println("Asked:");
            FailureText.attempts(terminal.err(), report.attempts());
        }
        failures(report).stream().map(Advice::of).distinct().forEach(advice -> FailureText.advice(terminal, advice));
        report.failure().ifPresent(failure -> FailureText.print(terminal, failure, report.attempts()));
    }
}
