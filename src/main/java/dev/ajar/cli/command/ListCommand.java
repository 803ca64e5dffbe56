package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.ListText;
import dev.ajar.mapping.ListReport;
import dev.ajar.mapping.PortMapper;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar list}. */
public final class ListCommand extends GatewayCommand {
    public ListCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        OptionBuilder.describe(
                own, Message.of("help.list"), Message.of("help.list.examples"), Message.of("help.list.end"));
    }

    @Override
    ExitCode run(PortMapper actions, GatewaySelector selection, Duration timeout) {
        ListReport report = actions.list(selection, timeout);
        ExitCode exitCode = report.failure().map(ExitCode::of).orElse(ExitCode.DONE);
        if (output().json()) {
            terminal().out().println(ListText.json(report, exitCode));
        } else {
            ListText.print(terminal(), report);
        }
        tellAttempts(report.attempts());
        return exitCode;
    }
}
