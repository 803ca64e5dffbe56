package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.GatewayCommand;
import dev.ajar.cli.hint.AnswerHints;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.FreshnessText;
import dev.ajar.cli.render.ListText;
import dev.ajar.cli.render.TimeOverText;
import dev.ajar.doctor.HostProbe;
import dev.ajar.document.ExitCode;
import dev.ajar.document.ListJson;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.TimedReport;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ajar list}. */
public final class ListCommand extends GatewayCommand {
    private final OptionSpec check = OptionBuilder.flag(Message.of("help.option.check"), "--check");

    public ListCommand(CliContext context) {
        super(context);
    }

    @Override
    protected void defineOwn(CommandSpec own) {
        own.addOption(check);
        OptionBuilder.describe(
                own, Message.of("help.list"), Message.of("help.list.examples"), Message.of("help.list.end"));
    }

    @Override
    protected String request() {
        return "list";
    }

    @Override
    protected ExitCode run(PortService service, GatewaySelector selection, Duration timeout) {
        TimedReport<ListReport> looked =
                service.list(new ServiceRequest.Look(selection, OptionBuilder.isSet(check), timeout));
        ListReport report = looked.report();
        ExitCode exitCode = ListJson.exitCode(report);
        List<Message> hints = hints(report, context().hostProbe().ahead());
        if (output().json()) {
            terminal().document(ListJson.write(report, exitCode, looked.freshness(), hints));
        } else if (output().isMute() && exitCode == ExitCode.DONE && hints.isEmpty() && ListText.isWell(report)) {
            TimeOverText.print(terminal(), report.over(), context().clock());
            FreshnessText.print(terminal(), looked.freshness(), context().clock());
        } else {
            ListText.print(context().terminal(), report, context().clock());
            hints.forEach(hint -> terminal().tell(terminal().text(hint)));
            FreshnessText.print(terminal(), looked.freshness(), context().clock());
        }
        tellAttempts(report.attempts());
        return exitCode;
    }

    private static List<Message> hints(ListReport report, HostProbe machine) {
        return AnswerHints.all(report.openHere(machine::isOwn), machine);
    }
}
