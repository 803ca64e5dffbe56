package dev.ajar.mapping;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.system.Deadline;
import java.time.Instant;
import java.util.Optional;

/** Removes what ajar opened, after a look whether it is still ajar's. */
public final class Removal {
    private final GatewaySource gateways;
    private final Deadline deadline;

    public Removal(GatewaySource gateways, Deadline deadline) {
        this.gateways = gateways;
        this.deadline = deadline;
    }

    /** What came of it. */
    public sealed interface RemovalOutcome {
        record Removed() implements RemovalOutcome {}

        /**
         * There was nothing of ours to remove.
         *
         * @param remark what was found instead, for people
         * @param certain whether that could be seen
         */
        record NotThere(String remark, boolean certain) implements RemovalOutcome {}

        record Failed(Failure failure) implements RemovalOutcome {}
    }

    public RemovalOutcome of(MappingRecord mappingRecord, Gateway gateway, Instant now) {
        return switch (gateway.look(
                mappingRecord.protocol(),
                mappingRecord.externalPort(),
                mappingRecord.claim().mapping().remote(),
                deadline)) {
            case Presence.Absent ignored -> new RemovalOutcome.NotThere("the router had dropped it already", true);
            case Presence.Present(ObservedMapping entry)
            when !mappingRecord.matches(gateway.info().id(), entry) ->
                new RemovalOutcome.NotThere(
                        "ajar's is gone; the port now goes to "
                                + entry.internalClient()
                                + ":"
                                + entry.internalPort()
                                + ", which ajar leaves alone",
                        true);
            case Presence.Present(ObservedMapping entry)
            when !mappingRecord.isVerifiedBy(entry, gateway.info().localAddress()) ->
                new RemovalOutcome.NotThere(
                        "the port goes to "
                                + entry.internalClient()
                                + ", an address this machine had before and another device may have now, so ajar leaves it; if none has, add --force",
                        true);
            case Presence.Present ignored -> unmap(mappingRecord, gateway);
            // A lease that has run out vouches for nothing: the port may be somebody else's by now.
            case Presence.Unknown(Message reason, boolean withheld)
            when withheld && mappingRecord.hasExpired(now) ->
                new RemovalOutcome.NotThere("its lease has run out, and what is there now cannot be seen", false);
            // What the router shows to nobody, ajar's notes have to vouch for; a failed look
            // vouches for nothing.
            case Presence.Unknown(Message reason, boolean withheld) ->
                withheld
                        ? unmap(mappingRecord, gateway)
                        : new RemovalOutcome.Failed(new Failure.Malformed(
                                Message.verbatim(
                                        "whether the port is still ajar's could not be seen, so nothing was closed: "
                                                + reason),
                                Optional.empty()));
        };
    }

    private RemovalOutcome unmap(MappingRecord mappingRecord, Gateway gateway) {
        Result<Gateway.Removed> result = gateway.unmap(mappingRecord.claim(), mappingRecord.externalPort(), deadline);
        if (result instanceof Result.Err<Gateway.Removed>(Failure failure)
                && PinholeRemoval.isFor(mappingRecord, failure)) {
            result = new PinholeRemoval(gateways, deadline).remove(mappingRecord, gateway, failure);
        }
        return switch (result) {
            case Result.Err<Gateway.Removed>(Failure failure) -> new RemovalOutcome.Failed(failure);
            case Result.Ok<Gateway.Removed> ignored -> new RemovalOutcome.Removed();
        };
    }
}
