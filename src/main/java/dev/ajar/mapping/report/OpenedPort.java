package dev.ajar.mapping.report;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Result;
import dev.ajar.model.RouterError;
import java.time.Instant;
import java.util.Optional;

/**
 * One port of an {@link OpenResult}.
 *
 * @param wanted what was asked for
 * @param gateway the gateway that was asked
 * @param reported the mapping as it stands
 */
public record OpenedPort(Mapping wanted, GatewayInfo gateway, ReportedMapping reported, Outcome outcome) {
    /** What the gateway did. */
    public sealed interface Outcome {
        /**
         * It granted the mapping to ajar.
         *
         * @param at when
         * @param refusal the gateway's refusal, where it lists the mapping all the same
         */
        record Granted(Instant at, Optional<RouterError> refusal) implements Outcome {}

        /** Another program had made the same mapping. */
        record AlreadyOpen(ObservedMapping entry) implements Outcome {}

        /**
         * Nothing had to be opened.
         *
         * @param at where the port can be reached
         * @param why as a clause
         */
        record NothingToOpen(Endpoint at, Message why) implements Outcome {}

        record Failed(Failure failure) implements Outcome {}
    }

    static OpenedPort of(OpenReport.PortOutcome port) {
        return new OpenedPort(port.mapping(), port.gateway(), port.reported(), outcome(port.result()));
    }

    private static Outcome outcome(Result<Grant> result) {
        return switch (result) {
            case Result.Ok<Grant>(Grant.Granted granted) ->
                new Outcome.Granted(granted.lease().grantedAt(), granted.refusal());
            case Result.Ok<Grant>(Grant.AlreadyThere(ObservedMapping entry)) -> new Outcome.AlreadyOpen(entry);
            case Result.Ok<Grant>(Grant.OpenAnyway(Endpoint at, Message why)) -> new Outcome.NothingToOpen(at, why);
            case Result.Err<Grant>(Failure failure) -> new Outcome.Failed(failure);
        };
    }

    public IpVersion ipVersion() {
        return gateway.route().ipVersion();
    }

    /** Why it is not open; empty if it is. */
    public Optional<Failure> failure() {
        return outcome instanceof Outcome.Failed(Failure failure) ? Optional.of(failure) : Optional.empty();
    }

    public boolean isOpen() {
        return failure().isEmpty();
    }

    /** When the gateway granted it to ajar; empty if it did not. */
    public Optional<Instant> grantedAt() {
        return outcome instanceof Outcome.Granted granted ? Optional.of(granted.at()) : Optional.empty();
    }

    /** The lease that the gateway granted to ajar; empty if it granted none. */
    public Optional<LeaseDuration> granted() {
        return outcome instanceof Outcome.Granted ? reported.duration() : Optional.empty();
    }
}
