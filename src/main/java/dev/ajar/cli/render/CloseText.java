package dev.ajar.cli.render;

import dev.ajar.mapping.CloseReport;
import dev.ajar.mapping.CloseReport.CloseOutcome;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The output of {@code ajar close}. */
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

    private static Optional<Failure> failure(CloseOutcome outcome) {
        return switch (outcome) {
            case CloseOutcome.Failed failed -> Optional.of(failed.failure());
            case CloseOutcome.Closed ignored -> Optional.empty();
            case CloseOutcome.WasNotOpen ignored -> Optional.empty();
        };
    }

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
        List<Failure> failures = failures(report);
        if (!failures.isEmpty() && FailureText.tellsAttempts(report.attempts())) {
            terminal.err().println(terminal.text("show.asked"));
            FailureText.attempts(terminal, terminal.err(), report.attempts());
        }
        failures.stream().map(Advice::ofClosing).distinct().forEach(advice -> FailureText.advice(terminal, advice));
        report.failure().ifPresent(failure -> FailureText.print(terminal, failure, report.attempts()));
    }

    private static void line(Terminal terminal, boolean quiet, String outcome, String port, String remark) {
        if (!quiet) {
            terminal.out().println(outcome + "  " + port + "   " + remark);
        }
    }

    public static String json(CloseReport report, ExitCode exitCode) {
        List<Failure> failures = failures(report);
        boolean allFailed = failures.size() == report.outcomes().size();
        return JsonMembers.document("close", exitCode)
                .with(
                        "mappings",
                        report.outcomes().stream().map(CloseText::json).toList())
                .write(report.failure().or(() -> failures.stream().findFirst().filter(first -> allFailed)));
    }

    private static Map<String, Object> json(CloseOutcome outcome) {
        JsonMembers json = new JsonMembers()
                .with("protocol", outcome.wanted().protocol().label())
                .with("external_port", outcome.wanted().externalPort().number());
        switch (outcome) {
            case CloseOutcome.Closed ignored -> json.with("status", "closed");
            case CloseOutcome.WasNotOpen not -> json.with("status", "not_open").with("remark", not.remark());
            case CloseOutcome.Failed ignored -> json.with("status", "failed");
        }
        return json.with("error", JsonMembers.error(failure(outcome))).map();
    }
}
