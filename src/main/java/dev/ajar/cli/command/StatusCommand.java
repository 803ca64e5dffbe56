package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.StatusText;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar status}. */
public final class StatusCommand extends GatewayCommand {
    public StatusCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        OptionBuilder.describe(
                own, Message.of("help.status"), Message.of("help.status.examples"), Message.of("help.status.end"));
    }

    @Override
    ExitCode run(PortMapper actions, GatewaySelector selection, Duration timeout) {
        StatusReport report = actions.status(selection, timeout);
        ExitCode exitCode = StatusText.exitCode(report);
        if (output().json()) {
            terminal().out().println(StatusText.json(report, exitCode, context().keeper()));
        } else {
            StatusText.print(terminal(), report, context().zone(), context().keeper());
        }
        tellAttempts(report.attempts());
        return exitCode;
    }
}
