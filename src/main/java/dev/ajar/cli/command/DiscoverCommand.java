package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.DiscoverText;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.mapping.DiscoverReport;
import dev.ajar.mapping.PortMapper;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar discover}. */
public final class DiscoverCommand extends GatewayCommand {
    public DiscoverCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        OptionBuilder.describe(
                own,
                Message.of("help.discover"),
                Message.of("help.discover.examples"),
                Message.of("help.discover.end"));
    }

    /** A search changes nothing and may take long. */
    @Override
    boolean concernsTheDaemon() {
        return false;
    }

    @Override
    ExitCode run(PortMapper actions, GatewaySelector selection, Duration timeout) {
        DiscoverReport report = actions.discover(selection, timeout);
        ExitCode exitCode = DiscoverText.exitCode(report);
        if (output().json()) {
            terminal().out().println(DiscoverText.json(report, exitCode));
        } else {
            DiscoverText.print(terminal(), report);
        }
        return exitCode;
    }
}
