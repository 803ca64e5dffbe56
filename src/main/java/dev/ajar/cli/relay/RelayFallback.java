package dev.ajar.cli.relay;

import dev.ajar.cli.context.CliContext;
import dev.ajar.document.ExitCode;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Target;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.RelayPortRequest;
import dev.ajar.syntax.RelayTerms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code ajar open --relay}: if the router opens ports only for the device that asks, this machine asks and relays. */
public final class RelayFallback {
    private RelayFallback() {}

    /** @return the outcome of the relay; empty if the router refused no port for that reason */
    public static Optional<ExitCode> of(
            CliContext context,
            boolean quiet,
            OpenResult result,
            GatewaySelector selection,
            Optional<Duration> stay,
            Set<String> agreed)
            throws InvalidInputException {
        List<RelayPortRequest> requests = result.ports().stream()
                .filter(RelayFallback::isRefusedForOthers)
                .flatMap(port -> request(port.wanted()))
                .toList();
        if (requests.isEmpty()) {
            return Optional.empty();
        }
        if (!quiet) {
            context.terminal().tell(context.terminal().text("relay.instead"));
        }
        LeaseDuration lease = result.ports().getFirst().wanted().lease();
        return Optional.of(new RelayRunner(context, quiet)
                .run(requests, RelayTerms.USUAL, Optional.of(lease), selection, stay, agreed));
    }

    private static boolean isRefusedForOthers(OpenedPort port) {
        return port.failure()
                .filter(Failure.ForeignHostRefused.class::isInstance)
                .isPresent();
    }

    private static Stream<RelayPortRequest> request(Mapping mapping) {
        return switch (mapping.target()) {
            case Target.OtherHost(var client, var port) ->
                Stream.of(new RelayPortRequest(
                        mapping.protocol(),
                        mapping.externalPort(),
                        mapping.externalPort(),
                        new Endpoint(client, port)));
            case Target.ThisHost ignored -> Stream.empty();
            case Target.InnerRouter ignored -> Stream.empty();
        };
    }
}
