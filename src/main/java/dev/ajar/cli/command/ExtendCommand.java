package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.GatewayCommand;
import dev.ajar.cli.hint.AnswerHints;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ClosingTime;
import dev.ajar.cli.render.FriendsLine;
import dev.ajar.cli.render.OpenText;
import dev.ajar.doctor.HostProbe;
import dev.ajar.document.ExitCode;
import dev.ajar.document.OpenJson;
import dev.ajar.document.OpenSummary;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortSelection;
import dev.ajar.syntax.TimeSyntax;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar extend}: keeps a port that is open for a time from now on, whatever time it was opened for. */
public final class ExtendCommand extends GatewayCommand {
    private final PositionalParamSpec ports = OptionBuilder.ports(Message.of("help.close.ports"));
    private final OptionSpec stay = OptionBuilder.text("--for", "TIME", Message.of("help.extend.for"));
    private PortSelection selected = new PortSelection(List.of(), List.of());
    private Duration time = Duration.ZERO;

    public ExtendCommand(CliContext context) {
        super(context);
    }

    @Override
    protected void defineOwn(CommandSpec own) {
        own.addPositional(ports).addOption(stay);
        OptionBuilder.describe(
                own, Message.of("help.extend"), Message.of("help.extend.examples"), Message.of("help.extend.end"));
    }

    @Override
    protected void check() throws InvalidInputException {
        selected = PortSelection.of(OptionBuilder.all(ports), null, context().presets());
        time = OptionBuilder.value(stay, TimeSyntax::stay)
                .orElseThrow(() -> new InvalidInputException(Message.of("cli.missing", "what", "--for TIME")));
    }

    @Override
    protected String request() {
        return "extend";
    }

    @Override
    protected ExitCode run(PortService service, GatewaySelector selection, Duration timeout)
            throws InvalidInputException {
        List<CloseRequest> open = selected.requests().stream()
                .map(request -> new CloseRequest(request.protocol(), request.externalPort(), request.internalPort()))
                .toList();
        LeaseDuration lease = context().lease(null, Optional.of(time));
        OpenResult result = service.extend(new ServiceRequest.Extend(open, time, lease, selection, timeout));
        if (result.failure().isPresent() && result.failure().get() instanceof Failure.Usage(Message why)) {
            throw new InvalidInputException(why);
        }
        if (result.failure().isPresent() && result.ports().isEmpty()) {
            tellAttempts(result.attempts());
            return fail(result.failure().get());
        }
        ExitCode exitCode = OpenSummary.exitCode(result);
        HostProbe machine = context().hostProbe().ahead();
        List<ReportedMapping> extended =
                result.ports().stream().map(OpenedPort::reported).toList();
        Set<IpVersion> unanswered = AnswerHints.unanswered(extended, machine);
        List<Message> hints = AnswerHints.all(extended, machine);
        FriendsLine friends =
                new FriendsLine(selected.joinPorts(), !selected.applications().isEmpty());
        if (output().json()) {
            OpenJson.Aside aside =
                    new OpenJson.Aside(List.of(), hints, friends.places(result, unanswered), Optional.empty());
            terminal().document(OpenJson.of("extend", result, exitCode, service.keeper(), aside));
        } else {
            ClosingTime end = new ClosingTime(
                    Optional.of(time), service.keeper(), context().clock());
            OpenText.print(
                    terminal(),
                    result,
                    output().quiet(),
                    new OpenText.Aside(end, List.of(), () -> hints, List::of, Optional.empty(), Optional.empty()));
            Stream.of(friends.of(result, unanswered))
                    .filter(line -> !output().quiet())
                    .flatMap(Optional::stream)
                    .map(terminal()::text)
                    .forEach(terminal()::tell);
        }
        tellAttempts(result.attempts());
        return exitCode;
    }
}
