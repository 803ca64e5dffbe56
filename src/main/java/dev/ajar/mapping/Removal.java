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

/** Removes a mapping that ajar opened, after checking that it is still ajar's. */
public final class Removal {
    private final GatewaySource gateways;
    private final Deadline deadline;

    public Removal(GatewaySource gateways, Deadline deadline) {
        this.gateways = gateways;
        this.deadline = deadline;
    }

    /** The result of a removal. */
    public sealed interface RemovalOutcome {
        record Removed() implements RemovalOutcome {}

        /**
         * The router had no mapping of ajar's there.
         *
         * @param remark what was found instead
         * @param certain whether the router showed it
         */
        record NotThere(Message remark, boolean certain) implements RemovalOutcome {
            private static final Message DROPPED = Message.of("mapping.dropped-already");

            /** Whether the port is closed; otherwise it leads elsewhere, or the router does not show it. */
            public boolean isClosed() {
                return certain && remark.equals(DROPPED);
            }
        }

        record Failed(Failure failure) implements RemovalOutcome {}
    }

    public RemovalOutcome of(MappingRecord record, Gateway gateway, Instant now) {
        return switch (gateway.look(
                record.protocol(),
                record.externalPort(),
                record.claim().mapping().remote(),
                deadline)) {
            case Presence.Absent ignored -> new RemovalOutcome.NotThere(RemovalOutcome.NotThere.DROPPED, true);
            case Presence.Present(ObservedMapping entry)
            when !record.matches(gateway.info().id(), entry) ->
                new RemovalOutcome.NotThere(
                        Message.of("mapping.replaced", "internal", entry.internalClient() + ":" + entry.internalPort()),
                        true);
            case Presence.Present(ObservedMapping entry)
            when !record.isVerifiedBy(entry, gateway.info().localAddress()) ->
                new RemovalOutcome.NotThere(
                        Message.of("mapping.former-address", "address", entry.internalClient()), true);
            case Presence.Present ignored -> unmap(record, gateway);
            // After the lease has run out, another device may have the port.
            case Presence.Unknown(Message reason, boolean withheld)
            when withheld && record.hasExpired(now) ->
                new RemovalOutcome.NotThere(Message.of("mapping.lease-over"), false);
            // Where the router shows no mappings, the state file decides; a failed look decides nothing.
            case Presence.Unknown(Message reason, boolean withheld) ->
                withheld
                        ? unmap(record, gateway)
                        : new RemovalOutcome.Failed(new Failure.Malformed(
                                Message.of("mapping.owner-unseen", "why", reason), Optional.empty()));
        };
    }

    private RemovalOutcome unmap(MappingRecord record, Gateway gateway) {
        Result<Gateway.Removed> result = gateway.unmap(record.claim(), record.externalPort(), deadline);
        if (result instanceof Result.Err<Gateway.Removed>(Failure failure) && PinholeRemoval.isFor(record, failure)) {
            result = new PinholeRemoval(gateways, deadline).remove(record, gateway, failure);
        }
        return switch (result) {
            case Result.Err<Gateway.Removed>(Failure failure) -> new RemovalOutcome.Failed(failure);
            case Result.Ok<Gateway.Removed> ignored -> new RemovalOutcome.Removed();
        };
    }
}
