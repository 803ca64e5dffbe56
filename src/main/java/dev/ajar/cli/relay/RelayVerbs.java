package dev.ajar.cli.relay;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.render.RelayText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.document.ExitCode;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.StopReport;
import dev.ajar.service.client.DaemonLink;
import dev.ajar.service.json.StopJson;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.NearWord;
import dev.ajar.syntax.RelaySyntax;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ajar relay} does with relays that run: {@code status}, {@code list} and {@code stop}. A rule begins with
 * a digit.
 */
final class RelayVerbs {
    private static final String STATUS = "status";
    private static final String LIST = "list";
    private static final String STOP = "stop";
    private static final String ALL = "all";

    private final CliContext context;
    private final boolean json;
    private final boolean quiet;
    private final boolean udp;

    /**
     * @param json whether one JSON document is printed
     * @param quiet whether what went well is not told
     * @param udp whether a port that names no protocol is UDP
     */
    RelayVerbs(CliContext context, boolean json, boolean quiet, boolean udp) {
        this.context = context;
        this.json = json;
        this.quiet = quiet;
        this.udp = udp;
    }

    /** @return empty where the words are rules */
    Optional<ExitCode> of(List<String> words) throws InvalidInputException {
        String verb = words.isEmpty() ? "" : words.getFirst();
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        return switch (verb) {
            case STATUS, LIST -> Optional.of(show(verb, rest));
            case STOP -> Optional.of(stop(rest));
            default -> {
                Optional<String> near = NearWord.of(verb, List.of(STATUS, LIST, STOP));
                if (near.isPresent()) {
                    throw new InvalidInputException(Message.of("relay.no-word-but", "word", verb, "near", near.get()));
                }
                yield Optional.empty();
            }
        };
    }

    private ExitCode show(String verb, List<String> rest) throws InvalidInputException {
        if (!rest.isEmpty()) {
            throw new InvalidInputException(Message.of(verb.equals(LIST) ? "relay.list-alone" : "relay.status-alone"));
        }
        List<RelayReport> reports = context.backend().relays();
        Terminal terminal = quiet && !json ? context.terminal().mute() : context.terminal();
        if (json) {
            terminal.document(RelayText.json(reports));
        } else if (verb.equals(LIST)) {
            RelayText.list(terminal, reports);
        } else {
            RelayText.print(terminal, reports);
        }
        return ExitCode.DONE;
    }

    private ExitCode stop(List<String> names) throws InvalidInputException {
        boolean all = names.contains(ALL);
        if (names.isEmpty()) {
            throw new InvalidInputException(Message.of("relay.stop-which"));
        }
        if (all && names.size() > 1) {
            throw new InvalidInputException(Message.of("relay.stop-all-alone"));
        }
        ServiceRequest.StopRelays request =
                new ServiceRequest.StopRelays(all ? List.of() : RelaySyntax.named(names, udp));
        return switch (service()) {
            case Result.Ok<PortService>(PortService service) -> told(service.stopRelays(request));
            case Result.Err<PortService>(Failure failure) -> told(StopReport.failed(failure));
        };
    }

    /** A daemon of an older version cannot be asked; other relays can. */
    private Result<PortService> service() {
        return context.services()
                .daemon()
                .filter(DaemonLink::stopsRelays)
                .map(daemon -> Result.ok(context.services().at(daemon)))
                .orElseGet(() -> context.services().here(Progress.silent()));
    }

    private ExitCode told(StopReport report) {
        if (json) {
            context.terminal().document(StopJson.write(report));
        } else {
            RelayText.print(context.terminal(), report, quiet);
        }
        return report.exitCode();
    }
}
