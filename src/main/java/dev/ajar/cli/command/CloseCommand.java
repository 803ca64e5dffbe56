package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.CloseText;
import dev.ajar.document.CloseJson;
import dev.ajar.document.ExitCode;
import dev.ajar.mapping.CloseReport;
import dev.ajar.mapping.CloseReport.CloseRequest;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortSelection;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar close}. */
public final class CloseCommand extends GatewayCommand {
    private final PositionalParamSpec ports = OptionBuilder.words("PORT", Message.of("help.close.ports"));
    private final OptionSpec force = OptionBuilder.flag(Message.of("help.close.force"), "--force");

    private final OptionSpec all = OptionBuilder.flag(Message.of("help.close.all"), "--all");

    private List<CloseRequest> requests = List.of();

    public CloseCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        own.addPositional(ports).addOption(all).addOption(force);
        OptionBuilder.describe(
                own, Message.of("help.close"), Message.of("help.close.examples"), Message.of("help.close.end"));
    }

    @Override
    void check() throws InvalidInputException {
        List<String> words = OptionBuilder.all(ports);
        if (OptionBuilder.isSet(all) && !words.isEmpty()) {
            throw new InvalidInputException(Message.of("options.all-or-ports"));
        }
        requests = PortSelection.of(words, null).requests().stream()
                .map(request -> new CloseRequest(request.protocol(), request.externalPort(), request.internalPort()))
                .toList();
    }

    @Override
    String request() {
        return "close";
    }

    @Override
    ExitCode run(PortService service, GatewaySelector selection, Duration timeout) {
        List<CloseRequest> named = requests;
        if (named.isEmpty()) {
            switch (service.closable()) {
                case Result.Err<List<CloseRequest>>(Failure failure) -> {
                    return print(CloseReport.failed(failure));
                }
                case Result.Ok<List<CloseRequest>>(List<CloseRequest> open) -> named = open;
            }
            if (named.isEmpty() || !OptionBuilder.isSet(all)) {
                printOpen(named);
                return ExitCode.DONE;
            }
        }
        return print(service.close(new ServiceRequest.Close(named, selection, OptionBuilder.isSet(force), timeout)));
    }

    private void printOpen(List<CloseRequest> open) {
        if (output().json()) {
            terminal().out().println(CloseJson.writeOpen(open));
        } else {
            CloseText.printOpen(terminal(), open);
        }
    }

    private ExitCode print(CloseReport report) {
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
