package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.GatewayCommand;
import dev.ajar.cli.hint.DeviceQuestion;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.CheckText;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.service.PortChecks;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.PortSelection;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar check}: each condition a port needs to be reachable, one line each. Changes nothing. */
public final class CheckCommand extends GatewayCommand {
    private final PositionalParamSpec ports = OptionBuilder.ports(Message.of("help.option.ports"));
    private List<PortRequest> requests = List.of();

    public CheckCommand(CliContext context) {
        super(context);
    }

    @Override
    protected void defineOwn(CommandSpec own) {
        own.addPositional(ports);
        OptionBuilder.describe(
                own, Message.of("help.check"), Message.of("help.check.examples"), Message.of("help.check.end"));
    }

    @Override
    protected void check() throws InvalidInputException {
        PortSelection selected =
                PortSelection.of(OptionBuilder.all(ports), null, context().presets());
        DeviceQuestion.refuse(
                "check", selected, context().hostProbe(), context().backend()::watch);
        requests = selected.requests();
    }

    @Override
    protected ExitCode run(PortService service, GatewaySelector selection, Duration timeout) {
        List<PortChecks> all = service.check(new ServiceRequest.Check(requests, selection, timeout));
        ExitCode exitCode = CheckText.exitCode(all);
        if (output().json()) {
            terminal().document(CheckText.json(all, exitCode));
        } else {
            CheckText.print(terminal(exitCode), all);
        }
        return exitCode;
    }
}
