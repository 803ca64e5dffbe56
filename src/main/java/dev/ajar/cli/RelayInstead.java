package dev.ajar.cli;

import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.RelayTerms;
import dev.ajar.cli.input.RelayWish;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.gateway.Grant;
import dev.ajar.manager.OpenReport;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.Selection;
import dev.ajar.model.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code ajar open --relay}: what the router opens for nobody but the asker, this machine asks for and carries. */
final class RelayInstead {
    private RelayInstead() {}

    /** @return what came of it; empty where the router refused nothing of that kind */
    static Optional<ExitCode> of(
            Surroundings surroundings,
            OpenReport report,
            Selection selection,
            Optional<Duration> stay,
            Set<String> agreed)
            throws BadInput {
        List<RelayWish> wishes = report.outcomes().stream()
                .filter(RelayInstead::isRefusedForOthers)
                .flatMap(outcome -> wish(outcome.mapping()))
                .toList();
        if (wishes.isEmpty()) {
            return Optional.empty();
        }
        surroundings.terminal().err().println("So this machine carries it, until Ctrl-C:");
        LeaseDuration lease = report.outcomes().getFirst().mapping().lease();
        return Optional.of(
                new RelayRun(surroundings).run(wishes, RelayTerms.USUAL, Optional.of(lease), selection, stay, agreed));
    }

    private static boolean isRefusedForOthers(OpenReport.Outcome outcome) {
        return outcome.result() instanceof Result.Err<Grant>(Failure.ForeignHostRefused ignored);
    }

    private static Stream<RelayWish> wish(Mapping mapping) {
        return switch (mapping.target()) {
            case Target.OtherHost(var client, var port) ->
                Stream.of(new RelayWish(
                        mapping.protocol(),
                        mapping.externalPort(),
                        mapping.externalPort(),
                        new Endpoint(client, port)));
            case Target.ThisHost ignored -> Stream.empty();
            case Target.InnerRouter ignored -> Stream.empty();
        };
    }
}
