package dev.ajar.manager;

import dev.ajar.discovery.Gateways;
import dev.ajar.gateway.Gateway;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.Holding;
import dev.ajar.system.Deadline;
import java.time.Instant;
import java.util.Optional;

/** Removes what ajar opened, after a look whether it is still ajar's. */
public final class Removal {
    private final Gateways gateways;
    private final Deadline deadline;

    public Removal(Gateways gateways, Deadline deadline) {
        this.gateways = gateways;
        this.deadline = deadline;
    }

    /** What came of it. */
    public sealed interface Outcome {
        record Removed() implements Outcome {}

        /**
         * There was nothing of ours to remove.
         *
         * @param remark what was found instead, for people
         * @param certain whether that could be seen
         */
        record NotThere(String remark, boolean certain) implements Outcome {}

        record Failed(Failure failure) implements Outcome {}
    }

    public Outcome of(Holding holding, Gateway gateway, Instant now) {
        return switch (gateway.look(
                holding.protocol(),
                holding.externalPort(),
                holding.claim().mapping().remote(),
                deadline)) {
            case Presence.Absent ignored -> new Outcome.NotThere("the router had dropped it already", true);
            case Presence.Present(ObservedMapping entry)
            when !holding.matches(gateway.info().id(), entry) ->
                new Outcome.NotThere(
                        "ajar's is gone; the port now goes to "
                                + entry.internalClient()
                                + ":"
                                + entry.internalPort()
                                + ", which ajar leaves alone",
                        true);
            case Presence.Present(ObservedMapping entry)
            when !holding.isProvenBy(entry, gateway.info().localAddress()) ->
                new Outcome.NotThere(
                        "the port goes to "
                                + entry.internalClient()
                                + ", an address this machine had before and another device may have now, so ajar leaves it; if none has, add --force",
                        true);
            case Presence.Present ignored -> unmap(holding, gateway);
            // A lease that has run out vouches for nothing: the port may be somebody else's by now.
            case Presence.Unknown(String reason, boolean withheld)
            when withheld && holding.hasExpired(now) ->
                new Outcome.NotThere("its lease has run out, and what is there now cannot be seen", false);
            // What the router shows to nobody, ajar's notes have to vouch for; a failed look
            // vouches for nothing.
            case Presence.Unknown(String reason, boolean withheld) ->
                withheld
                        ? unmap(holding, gateway)
                        : new Outcome.Failed(new Failure.Malformed(
                                "whether the port is still ajar's could not be seen, so nothing was closed: " + reason,
                                Optional.empty()));
        };
    }

    private Outcome unmap(Holding holding, Gateway gateway) {
        Result<Gateway.Removed> result = gateway.unmap(holding.claim(), holding.externalPort(), deadline);
        if (result instanceof Result.Err<Gateway.Removed>(Failure failure) && PinholeRemoval.isFor(holding, failure)) {
            result = new PinholeRemoval(gateways, deadline).remove(holding, gateway, failure);
        }
        return switch (result) {
            case Result.Err<Gateway.Removed>(Failure failure) -> new Outcome.Failed(failure);
            case Result.Ok<Gateway.Removed> ignored -> new Outcome.Removed();
        };
    }
}
