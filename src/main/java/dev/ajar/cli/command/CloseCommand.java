package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.CloseText;
import dev.ajar.document.CloseJson;
import dev.ajar.document.ExitCode;
import dev.ajar.mapping.CloseReport;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortSyntax;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar close}. */
public final class CloseCommand extends GatewayCommand {
    private final PositionalParamSpec ports = OptionBuilder.ports(Message.of("help.close.ports"));
    private final OptionSpec force = OptionBuilder.flag(Message.of("help.close.force"), "--force");

    private List<CloseReport.CloseRequest> requests = List.of();

    public CloseCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        own.addPositional(ports).addOption(force);
        OptionBuilder.describe(
                own, Message.of("help.close"), Message.of("help.close.examples"), Message.of("help.close.end"));
    }

    @Override
    void check() throws InvalidInputException {
        requests = PortSyntax.parse(OptionBuilder.all(ports)).stream()
                .map(request -> new CloseReport.CloseRequest(
                        request.protocol(), request.externalPort(), request.internalPort()))
                .toList();
    }

    @Override
    String request() {
        return "close";
    }

    @Override
    ExitCode run(PortService service, GatewaySelector selection, Duration timeout) {
        CloseReport report =
                service.close(new ServiceRequest.Close(requests, selection, OptionBuilder.isSet(force), timeout));
        ExitCode exitCode = CloseJson.exitCode(report);
        if (output().json()) {
            terminal().out().println(CloseJson.write(report, exitCode));
        } else {
            CloseText.print(terminal(), report, output().quiet());
        }
        tellAttempts(report.attempts());
        return exitCode;
    }
}
