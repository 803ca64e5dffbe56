package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.FriendsLine;
import dev.ajar.cli.render.OpenEnd;
import dev.ajar.cli.render.OpenText;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonReports;
import dev.ajar.document.OpenJson;
import dev.ajar.document.OpenSummary;
import dev.ajar.mapping.OpenResult;
import dev.ajar.mapping.ReportedMapping;
import dev.ajar.mapping.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingTerms;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.PortSelection;
import dev.ajar.syntax.TimeSyntax;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    void defineOwn(CommandSpec own) {
        own.addPositional(ports).addOption(stay);
        OptionBuilder.describe(
                own, Message.of("help.extend"), Message.of("help.extend.examples"), Message.of("help.extend.end"));
    }

    @Override
    void check() throws InvalidInputException {
        selected = PortSelection.of(OptionBuilder.all(ports), null);
        time = OptionBuilder.value(stay, TimeSyntax::stay)
                .orElseThrow(() -> new InvalidInputException(Message.of("cli.missing", "what", "--for TIME")));
    }

    /** For the daemon it is an opening. */
    @Override
    String request() {
        return "open";
    }

    @Override
    ExitCode run(PortService service, GatewaySelector selection, Duration timeout) throws InvalidInputException {
        StatusReport status = service.status(new ServiceRequest.Look(selection, false, timeout))
                .report();
        if (status.failure().isPresent()) {
            if (output().json()) {
                terminal()
                        .out()
                        .println(JsonReports.failed("extend", status.failure().get()));
            } else {
                FailureText.print(terminal(), status.failure().get());
            }
            return ExitCode.of(status.failure().get());
        }
        List<ReportedMapping> open = new ArrayList<>();
        for (PortRequest request : selected.requests()) {
            List<ReportedMapping> there = of(status.mappings(), request);
            if (there.isEmpty()) {
                String port = request.toMapping(MappingTerms.of(LeaseDuration.PERMANENT))
                        .typed();
                String wanted = String.valueOf(OptionBuilder.given(stay));
                throw new InvalidInputException(Message.of("command.extend-not-open", "port", port, "time", wanted));
            }
            open.addAll(there);
        }
        return extend(service, selection, timeout, open);
    }

    /** Those of that external port; without any, those that lead to that port. */
    private static List<ReportedMapping> of(List<ReportedMapping> mappings, PortRequest request) {
        List<ReportedMapping> there = mappings.stream()
                .filter(mapping -> isStill(mapping) && mapping.protocol() == request.protocol())
                .toList();
        List<ReportedMapping> outside = there.stream()
                .filter(mapping -> mapping.externalPort().equals(request.externalPort())
                        || mapping.requestedPort().equals(request.externalPort()))
                .toList();
        return outside.isEmpty()
                ? there.stream()
                        .filter(mapping -> mapping.internal().port().equals(request.internalPort()))
                        .toList()
                : outside;
    }

    private static boolean isStill(ReportedMapping mapping) {
        return switch (mapping.status()) {
            case OPEN, UNKNOWN, GONE, FORMER_ADDRESS -> true;
            case ALREADY_OPEN, NOTHING_TO_OPEN, FAILED, NOTED -> false;
        };
    }

    private ExitCode extend(
            PortService service, GatewaySelector selection, Duration timeout, List<ReportedMapping> open)
            throws InvalidInputException {
        LeaseDuration lease = context().lease(null, Optional.of(time));
        OpenResult result = OpenedAgain.of(open, lease).stream()
                .map(again -> service.open(new ServiceRequest.Open(
                        again.mappings(),
                        selection,
                        false,
                        again.ipVersions(),
                        Optional.of(time),
                        timeout,
                        Optional.empty())))
                .reduce(OpenResult::and)
                .orElseThrow();
        ExitCode exitCode = OpenSummary.exitCode(result);
        FriendsLine friends =
                new FriendsLine(selected.joinPorts(), !selected.applications().isEmpty());
        if (output().json()) {
            OpenJson.Aside aside = new OpenJson.Aside(List.of(), List.of(), friends.places(result), Optional.empty());
            terminal().out().println(OpenJson.of(result, exitCode, service.keeper(), aside));
        } else {
            OpenEnd end =
                    new OpenEnd(Optional.of(time), service.keeper(), context().zone());
            OpenText.print(
                    terminal(),
                    result,
                    output().quiet(),
                    new OpenText.Aside(end, List.of(), List::of, Optional.empty(), Optional.empty()));
            Stream.of(friends.of(result))
                    .filter(line -> !output().quiet())
                    .flatMap(Optional::stream)
                    .map(terminal()::text)
                    .forEach(terminal()::tell);
        }
        tellAttempts(result.attempts());
        return exitCode;
    }
}
