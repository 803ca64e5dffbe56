package dev.ajar.cli;

import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.PortSyntax;
import dev.ajar.cli.output.CloseText;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.JsonReports;
import dev.ajar.manager.Actions;
import dev.ajar.manager.CloseReport;
import dev.ajar.model.Selection;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar close}. */
final class CloseCommand extends Action {
    private final PositionalParamSpec ports =
            Grammar.ports("The external PORT or FIRST-LAST, then /tcp, /udp or /both. Default: tcp.");
    private final OptionSpec force = Grammar.flag(
            "Also close what ajar did not open, and forget what was open on a router that is gone.", "--force");

    private List<CloseReport.Wanted> wanted = List.of();

    CloseCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void defineOwn(CommandSpec own) {
        own.addPositional(ports).addOption(force);
        Grammar.describe(
                own,
                "Close ports that ajar opened.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar close 25565             close TCP port 25565",
                        "  ajar close 25565/both        TCP and UDP",
                        "  ajar close 8443 --force      also if another program opened it",
                        ""),
                List.of("", "See what is open with: ajar list"));
    }

    @Override
    void check() throws BadInput {
        wanted = PortSyntax.parse(Grammar.all(ports)).stream()
                .map(wish -> new CloseReport.Wanted(wish.protocol(), wish.externalPort(), wish.internalPort()))
                .toList();
    }

    @Override
    ExitCode run(Actions actions, Selection selection, Duration timeout) {
        CloseReport report = actions.close(wanted, selection, Grammar.isSet(force), timeout);
        ExitCode exitCode = CloseText.exitCode(report);
        if (output().json()) {
            terminal().out().println(JsonReports.close(report, exitCode));
        } else {
            CloseText.print(terminal(), report, output().quiet());
        }
        tellAttempts(report.attempts());
        return exitCode;
    }
}
