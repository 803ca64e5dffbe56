package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.GatewayCommand;
import dev.ajar.cli.hint.AnswerHints;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.FreshnessText;
import dev.ajar.cli.render.StatusText;
import dev.ajar.cli.render.TimeOverText;
import dev.ajar.doctor.HostProbe;
import dev.ajar.document.ExitCode;
import dev.ajar.document.StatusJson;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.TimedReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ajar status}. */
public final class StatusCommand extends GatewayCommand {
    private final OptionSpec check = OptionBuilder.flag(Message.of("help.option.check"), "--check");

    public StatusCommand(CliContext context) {
        super(context);
    }

    @Override
    protected void defineOwn(CommandSpec own) {
        own.addOption(check);
        OptionBuilder.describe(
                own, Message.of("help.status"), Message.of("help.status.examples"), Message.of("help.status.end"));
    }

    @Override
    protected String request() {
        return "status";
    }

    @Override
    protected ExitCode run(PortService service, GatewaySelector selection, Duration timeout) {
        HostProbe machine = context().hostProbe().ahead();
        TimedReport<StatusReport> looked =
                service.status(new ServiceRequest.Look(selection, OptionBuilder.isSet(check), timeout));
        StatusReport report = looked.report();
        ExitCode exitCode = StatusJson.exitCode(report);
        Optional<Message> keeper = service.keeper().or(() -> context().backend().launchKeeper(report.mappings()));
        List<Message> hints = AnswerHints.all(report.mappings(), machine);
        if (output().json()) {
            terminal().document(StatusJson.write(report, exitCode, keeper, looked.freshness(), hints));
        } else if (output().isMute() && exitCode == ExitCode.DONE && hints.isEmpty() && StatusText.isWell(report)) {
            TimeOverText.print(terminal(), report.over(), context().clock());
            FreshnessText.print(terminal(), looked.freshness(), context().clock());
        } else {
            StatusText.print(context().terminal(), report, context().clock(), keeper);
            hints.forEach(hint -> terminal().tell(terminal().text(hint)));
            FreshnessText.print(terminal(), looked.freshness(), context().clock());
            if (output().verbose()) {
                StatusText.places(
                        terminal(),
                        context().backend().statePlace(),
                        context().backend().configPlace());
            }
        }
        tellAttempts(report.attempts());
        return exitCode;
    }
}
