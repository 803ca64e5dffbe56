package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.GatewayCommand;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.DiscoverText;
import dev.ajar.document.ExitCode;
import dev.ajar.mapping.report.DiscoverReport;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar discover}. */
public final class DiscoverCommand extends GatewayCommand {
    public DiscoverCommand(CliContext context) {
        super(context);
    }

    @Override
    protected void defineOwn(CommandSpec own) {
        OptionBuilder.describe(
                own,
                Message.of("help.discover"),
                Message.of("help.discover.examples"),
                Message.of("help.discover.end"));
    }

    @Override
    protected ExitCode run(PortService service, GatewaySelector selection, Duration timeout) {
        DiscoverReport report = service.discover(new ServiceRequest.Look(selection, true, timeout));
        ExitCode exitCode = DiscoverText.exitCode(report);
        if (output().json()) {
            terminal().document(DiscoverText.json(report, exitCode));
        } else {
            DiscoverText.print(terminal(), report);
        }
        return exitCode;
    }
}
