package dev.ajar.gateway.upnp.control;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.util.Optional;

/** How a round of an opening ended: finally, or in a way that another request may avoid. */
sealed interface NextRequest {
    record Finished(Result<AddOutcome> result) implements NextRequest {}

    /** @param code the router's; empty when it gave none */
    record Failed(Optional<Integer> code, Failure failure) implements NextRequest {}

    static NextRequest notListed() {
        return new Failed(Optional.empty(), new Failure.Malformed(Message.of("upnp.not-listed"), Optional.empty()));
    }

    static NextRequest elsewhere(String client) {
        return new Finished(Result.err(
                new Failure.Malformed(Message.of("upnp.forwarded-elsewhere", "client", client), Optional.empty())));
    }
}
