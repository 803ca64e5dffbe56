package dev.ajar.manager;

import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Reachability;
import dev.ajar.model.Result;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of opening.
 *
 * @param gateway the one the mappings were asked of; empty when none was found
 * @param failure why nothing was even asked; or, beside outcomes, why they could not be written down
 * @param attempts how the gateway was searched
 */
public record OpenReport(
        Optional<GatewayInfo> gateway,
        Optional<InetAddress> externalAddress,
        List<Outcome> outcomes,
        Optional<Failure> failure,
        List<Attempt> attempts) {

    /** What came of one mapping. */
    public record Outcome(Mapping mapping, GatewayInfo gateway, Result<Grant> result) {}

    public boolean isAnyOpen() {
        return outcomes.stream().anyMatch(outcome -> outcome.result() instanceof Result.Ok);
    }

    /** Of the mappings that were asked for; empty where one was granted. */
    public Optional<Failure> firstFailure() {
        return isAnyOpen()
                ? Optional.empty()
                : outcomes.stream()
                        .flatMap(
                                outcome ->
                                        outcome.result() instanceof Result.Err<Grant>(Failure why)
                                                ? Stream.of(why)
                                                : Stream.empty())
                        .findFirst();
    }

    public Reachability reachability() {
        return Reachability.of(externalAddress);
    }

    /** The same, which could not be written down in the end. */
    OpenReport unwritten(Failure why) {
        return new OpenReport(gateway, externalAddress, outcomes, Optional.of(why), attempts);
    }

    static OpenReport failed(Failure failure, List<Attempt> attempts) {
        return new OpenReport(
                Optional.empty(), Optional.empty(), List.of(), Optional.of(failure), attempts);
    }
}
