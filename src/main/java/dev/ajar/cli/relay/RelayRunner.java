package dev.ajar.cli.relay;

import dev.ajar.catalog.Exposure;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.hint.FirewallHints;
import dev.ajar.cli.option.GatewayOptions;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.RelayText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.cli.render.TroubleFilter;
import dev.ajar.document.ExitCode;
import dev.ajar.keeper.model.EventText;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.relay.RelayRule;
import dev.ajar.service.RelayRequest;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.RelayPortRequest;
import dev.ajar.syntax.RelayTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs a relay from the command line: refuses dangerous ones, and prints the events. */
final class RelayRunner {
    private final CliContext context;
    private final boolean quiet;
    private final TroubleFilter troubles = new TroubleFilter();
    private final Set<String> toldFirewalls = new HashSet<>();

    /** @param quiet whether trouble alone is told */
    RelayRunner(CliContext context, boolean quiet) {
        this.context = context;
        this.quiet = quiet;
    }

    /**
     * @param lease of the mappings on the router; empty to make no mapping
     * @param agreed the dangerous services that the user confirmed
     */
    ExitCode run(
            List<RelayPortRequest> requests,
            RelayTerms terms,
            Optional<LeaseDuration> lease,
            GatewaySelector selection,
            Optional<Duration> stay,
            Set<String> agreed)
            throws InvalidInputException {
        List<RelayRule> rules = new ArrayList<>();
        for (RelayPortRequest request : requests) {
            rules.add(terms.rule(request));
        }
        List<Mapping> mappings = lease.map(time -> requests.stream()
                        .map(request -> request.mapping(time, Optional.empty()))
                        .toList())
                .orElse(List.of());
        Exposure exposure = RelayPortRequest.exposure(requests, agreed, terms.allow());
        Optional<Failure> unsafe = GatewayOptions.unsafe(selection).or(exposure::objection);
        if (unsafe.isPresent()) {
            return fail(unsafe.get());
        }
        Terminal terminal = context.terminal();
        return context.backend()
                .relay(
                        new RelayRequest(rules, mappings, selection, stay),
                        quiet
                                ? () -> {}
                                : () -> {
                                    RelayText.began(terminal, rules);
                                    exposure.warnings().forEach(warning -> terminal.tell(terminal.text(warning)));
                                },
                        this::told,
                        line -> event(terminal, line))
                .map(this::fail)
                .orElse(ExitCode.DONE);
    }

    private void event(Terminal terminal, Message line) {
        if (!quiet || troubles.tells(line)) {
            terminal.tell(terminal.text("command.event", "event", line));
        }
    }

    private void told(KeeperEvent event) {
        Terminal terminal = context.terminal();
        if (event instanceof KeeperEvent.Opened opened) {
            if (quiet) {
                event(terminal, EventText.of(event));
            } else {
                terminal.say(terminal.text(EventText.of(event)));
            }
            FirewallHints.of(
                            List.of(ReportedMapping.of(opened.lease())),
                            context.hostProbe().ahead())
                    .stream()
                    .map(terminal::text)
                    .filter(toldFirewalls::add)
                    .forEach(terminal::tell);
            terminal.out().flush();
            return;
        }
        event(terminal, EventText.of(event));
        if (event instanceof KeeperEvent.Failed failed && failed.open().isEmpty()) {
            terminal.tell(
                    terminal.text("relay.meanwhile", "port", failed.desired().externalPort()));
        }
    }

    private ExitCode fail(Failure failure) {
        FailureText.print(context.terminal(), failure);
        return ExitCode.of(failure);
    }
}
