package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.CloseText;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.mapping.CloseReport;
import dev.ajar.mapping.PortMapper;
import dev.ajar.model.GatewaySelector;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortSyntax;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar close}. */
public final class CloseCommand extends GatewayCommand {
    private final PositionalParamSpec ports =
            OptionBuilder.ports("The external PORT or FIRST-LAST, then /tcp, /udp or /both. Default: tcp.");
    private final OptionSpec force = OptionBuilder.flag(
            "Also close what ajar did not open, and forget what was open on a router that is gone.", "--force");

    private List<CloseReport.CloseRequest> wanted = List.of();

    public CloseCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        own.addPositional(ports).addOption(force);
        OptionBuilder.describe(
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
    void check() throws InvalidInputException {
        wanted = PortSyntax.parse(OptionBuilder.all(ports)).stream()
                .map(desired -> new CloseReport.CloseRequest(
                        desired.protocol(), desired.externalPort(), desired.internalPort()))
                .toList();
    }

    @Override
    ExitCode run(PortMapper actions, GatewaySelector selection, Duration timeout) {
        CloseReport report = actions.close(wanted, selection, OptionBuilder.isSet(force), timeout);
        ExitCode exitCode = CloseText.exitCode(report);
        if (output().json()) {
            terminal().out().println(CloseText.json(report, exitCode));
        } else {
            CloseText.print(terminal(), report, output().quiet());
        }
        tellAttempts(report.attempts());
        return exitCode;
    }
}
