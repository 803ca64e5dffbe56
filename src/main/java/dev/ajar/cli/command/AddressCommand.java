package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.GatewayCommand;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.AddressText;
import dev.ajar.document.AddressJson;
import dev.ajar.document.ExitCode;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar address}: the router's address on the internet alone, for scripts and for friends. */
public final class AddressCommand extends GatewayCommand {
    public AddressCommand(CliContext context) {
        super(context, Quiet.ANSWER);
    }

    @Override
    protected void defineOwn(CommandSpec own) {
        OptionBuilder.describe(
                own, Message.of("help.address"), Message.of("help.address.examples"), Message.of("help.address.end"));
    }

    @Override
    protected String request() {
        return "status";
    }

    @Override
    protected ExitCode run(PortService service, GatewaySelector selection, Duration timeout) {
        StatusReport report = service.status(new ServiceRequest.Look(selection, true, timeout))
                .report();
        ExitCode exitCode = AddressJson.exitCode(report);
        if (output().json()) {
            terminal().document(AddressJson.write(report, exitCode));
        } else {
            AddressText.print(terminal(), report);
        }
        tellAttempts(report.attempts());
        return exitCode;
    }
}
