package dev.ajar.cli;

import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.JsonReports;
import dev.ajar.cli.output.ListText;
import dev.ajar.manager.Actions;
import dev.ajar.manager.ListReport;
import dev.ajar.model.Selection;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar list}. */
final class ListCommand extends Action {
    ListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void defineOwn(CommandSpec own) {
        Grammar.describe(
                own,
                "List the ports that are open on the router; ajar's own are marked with *.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar list                    what is open, and where it goes",
                        "  ajar list --json             the same for a program",
                        ""),
                List.of("", "NAT-PMP and PCP show no list; with them only ajar's own ports are known."));
    }

    @Override
    ExitCode run(Actions actions, Selection selection, Duration timeout) {
        ListReport report = actions.list(selection, timeout);
        ExitCode exitCode = report.failure().map(ExitCode::of).orElse(ExitCode.DONE);
        if (output().json()) {
            terminal().out().println(JsonReports.list(report, exitCode));
        } else {
            ListText.print(terminal(), report);
        }
        tellAttempts(report.attempts());
        return exitCode;
    }
}
