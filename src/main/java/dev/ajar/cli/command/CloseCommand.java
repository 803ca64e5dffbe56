package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.GatewayCommand;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.CloseText;
import dev.ajar.document.CloseJson;
import dev.ajar.document.ExitCode;
import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.mapping.report.ListReport;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Result;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortSelection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar close}. */
public final class CloseCommand extends GatewayCommand {
    /** The same as {@code --all}; no application and no preset has this name. */
    private static final Set<List<String>> EVERYTHING = Set.of(List.of("all"), List.of("everything"));

    private final PositionalParamSpec ports = OptionBuilder.words("PORT", Message.of("help.close.ports"));
    private final OptionSpec force = OptionBuilder.flag(Message.of("help.close.force"), "--force");

    private final OptionSpec all = OptionBuilder.flag(Message.of("help.close.all"), "--all");

    private final OptionSpec stale = OptionBuilder.flag(Message.of("help.close.stale"), "--stale");

    private List<CloseRequest> requests = List.of();

    public CloseCommand(CliContext context) {
        super(context);
    }

    @Override
    protected void defineOwn(CommandSpec own) {
        own.addPositional(ports).addOption(all).addOption(stale).addOption(force);
        OptionBuilder.describe(
                own, Message.of("help.close"), Message.of("help.close.examples"), Message.of("help.close.end"));
    }

    @Override
    protected void check() throws InvalidInputException {
        List<String> words = words();
        if (OptionBuilder.isSet(all) && !words.isEmpty()) {
            throw new InvalidInputException(Message.of("options.all-or-ports"));
        }
        boolean more = isEverything() || OptionBuilder.isSet(force) || !words.isEmpty();
        if (OptionBuilder.isSet(stale) && more) {
            throw new InvalidInputException(Message.of("options.stale-alone"));
        }
        requests = PortSelection.of(words, null, context().presets()).requests().stream()
                .map(request -> new CloseRequest(request.protocol(), request.externalPort(), request.internalPort()))
                .toList();
    }

    /** The ports and applications, without the word for everything. */
    private List<String> words() {
        List<String> words = OptionBuilder.all(ports);
        return EVERYTHING.contains(words) ? List.of() : words;
    }

    private boolean isEverything() {
        return OptionBuilder.isSet(all) || EVERYTHING.contains(OptionBuilder.all(ports));
    }

    @Override
    protected String request() {
        return "close";
    }

    @Override
    protected ExitCode run(PortService service, GatewaySelector selection, Duration timeout) {
        if (OptionBuilder.isSet(stale)) {
            return closeStale(service, selection, timeout);
        }
        List<CloseRequest> named = requests;
        if (named.isEmpty()) {
            switch (service.closable()) {
                case Result.Err<List<CloseRequest>>(Failure failure) -> {
                    return print(CloseReport.failed(failure));
                }
                case Result.Ok<List<CloseRequest>>(List<CloseRequest> open) -> named = open;
            }
            if (named.isEmpty() || !isEverything()) {
                printOpen(named);
                return ExitCode.DONE;
            }
        }
        return print(service.close(new ServiceRequest.Close(named, selection, OptionBuilder.isSet(force), timeout)));
    }

    private ExitCode closeStale(PortService service, GatewaySelector selection, Duration timeout) {
        CloseReport report = service.close(new ServiceRequest.CloseStale(selection, timeout));
        List<Message> notes = report.failure().isPresent()
                ? report.notes()
                : Stream.concat(report.notes().stream(), unrecorded(service, selection, timeout).stream())
                        .toList();
        if (!output().json()
                && !output().quiet()
                && report.outcomes().isEmpty()
                && report.failure().isEmpty()) {
            terminal().say(terminal().text("report.nothing-stale"));
        }
        return print(new CloseReport(report.outcomes(), notes, report.failure(), report.attempts()));
    }

    /** Rules that are named like ajar's and that the state file does not have. A name proves nothing, so they stay. */
    private List<Message> unrecorded(PortService service, GatewaySelector selection, Duration timeout) {
        boolean own = selection.protocols().isAutomatic() && context().isRouterEnrolled();
        GatewaySelector where = own
                ? new GatewaySelector(ProtocolChoice.only(AdminProtocol.ROUTER), selection.gateway(), Optional.empty())
                : selection;
        if (!own && selection.protocols().isAutomatic()) {
            return List.of();
        }
        ListReport report =
                service.list(new ServiceRequest.Look(where, true, timeout)).report();
        // The command that closes the entry has to name the protocol that shows it.
        String method = report.gateway().map(info -> info.method().key()).orElseGet(AdminProtocol.ROUTER::key);
        return Stream.concat(
                        report.entries().stream()
                                .filter(ListReport.ListedMapping::isOfAnotherAjar)
                                .map(entry -> unrecorded(entry.mapping(), method)),
                        report.blind().or(report::failure).stream()
                                .map(failure -> Message.of("mapping.unrecorded-unseen", "why", failure.detail())))
                .toList();
    }

    private static Message unrecorded(ObservedMapping entry, String method) {
        return Message.of(
                "mapping.unrecorded",
                "port",
                entry.protocol().label(entry.externalPort()),
                "name",
                entry.description().display(),
                "internal",
                entry.internalClient() + ":" + entry.internalPort(),
                "command",
                entry.protocol().typed(entry.externalPort()),
                "method",
                method);
    }

    private void printOpen(List<CloseRequest> open) {
        if (output().json()) {
            terminal().document(CloseJson.writeOpen(open));
        } else {
            CloseText.printOpen(terminal(), open);
        }
    }

    private ExitCode print(CloseReport report) {
        ExitCode exitCode = CloseJson.exitCode(report);
        if (output().json()) {
            terminal().document(CloseJson.write(report, exitCode));
        } else {
            CloseText.print(terminal(), report, output().quiet());
        }
        tellAttempts(report.attempts());
        return exitCode;
    }
}
