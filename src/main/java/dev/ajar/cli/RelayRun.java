package dev.ajar.cli;

import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.RelayTerms;
import dev.ajar.cli.input.RelayWish;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.RelayText;
import dev.ajar.cli.output.Terminal;
import dev.ajar.cli.output.Troubles;
import dev.ajar.daemon.EventText;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Selection;
import dev.ajar.profile.Exposure;
import dev.ajar.relay.RelayRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A relay from a command line: refused where it is dangerous, and told how it goes. */
final class RelayRun {
    private final Surroundings surroundings;

    RelayRun(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * @param lease of the mappings on the router; empty where none is to be made
     * @param agreed the dangers somebody is sure about
     */
    ExitCode run(
            List<RelayWish> wishes,
            RelayTerms terms,
            Optional<LeaseDuration> lease,
            Selection selection,
            Optional<Duration> stay,
            Set<String> agreed)
            throws BadInput {
        List<RelayRule> rules = new ArrayList<>();
        for (RelayWish wish : wishes) {
            rules.add(terms.rule(wish));
        }
        List<Mapping> mappings = lease.map(time -> wishes.stream()
                        .map(wish -> wish.mapping(time, Optional.empty()))
                        .toList())
                .orElse(List.of());
        Exposure exposure = RelayWish.exposure(wishes, agreed);
        Optional<Failure> unsafe = GatewayOptions.unsafe(selection).or(exposure::objection);
        if (unsafe.isPresent()) {
            return fail(unsafe.get());
        }
        Terminal terminal = surroundings.terminal();
        return surroundings
                .life()
                .relay(
                        new RelayOrder(rules, mappings, selection, stay),
                        () -> {
                            RelayText.began(terminal, rules);
                            exposure.warnings().forEach(terminal.err()::println);
                        },
                        this::told,
                        line -> terminal.err().println("ajar: " + line))
                .map(this::fail)
                .orElse(ExitCode.DONE);
    }

    private void told(KeeperEvent event) {
        Terminal terminal = surroundings.terminal();
        if (event instanceof KeeperEvent.Opened) {
            terminal.out().println(EventText.of(event));
            terminal.out().flush();
            return;
        }
        terminal.err().println("ajar: " + EventText.of(event));
        if (event instanceof KeeperEvent.Failed failed) {
            terminal.err()
                    .println("It is carried here meanwhile. Find out why the router does not: ajar doctor "
                            + failed.wish().externalPort());
        }
    }

    private ExitCode fail(Failure failure) {
        Troubles.print(surroundings.terminal(), failure, List.of());
        return ExitCode.of(failure);
    }
}
