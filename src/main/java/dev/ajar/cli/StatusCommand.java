package dev.ajar.cli;

import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.JsonReports;
import dev.ajar.cli.output.StatusText;
import dev.ajar.manager.Actions;
import dev.ajar.manager.StatusReport;
import dev.ajar.model.Selection;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar status}. */
final class StatusCommand extends Action {
    StatusCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void defineOwn(CommandSpec own) {
        Grammar.describe(
                own,
                "Show the router, its internet address, and what ajar holds open.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar status                  can the internet reach my router at all?",
                        "  ajar status --json           the same for a program",
                        ""),
                List.of("", "More detail about the search: ajar discover"));
    }

    @Override
    ExitCode run(Actions actions, Selection selection, Duration timeout) {
        StatusReport report = actions.status(selection, timeout);
        ExitCode exitCode = StatusText.exitCode(report);
        if (output().json()) {
            terminal()
                    .out()
                    .println(JsonReports.status(report, exitCode, surroundings().keeper()));
        } else {
            StatusText.print(
                    terminal(), report, surroundings().zone(), surroundings().keeper());
        }
        tellAttempts(report.attempts());
        return exitCode;
    }
}
