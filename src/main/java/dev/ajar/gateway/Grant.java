package dev.ajar.gateway;

import dev.ajar.message.Message;
import dev.ajar.model.Adjustment;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Lease;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.RouterError;
import java.util.Optional;
import java.util.Set;

/** What a gateway that did not refuse has granted. */
public sealed interface Grant {
    /**
     * The mapping was made, or extended, for us.
     *
     * @param learned the changes to our request that this gateway needed and will need again
     * @param refusal the gateway's refusal, where it lists the mapping all the same
     */
    record Granted(Lease lease, Set<Adjustment> learned, Optional<RouterError> refusal) implements Grant {
        public Granted(Lease lease) {
            this(lease, Set.of(), Optional.empty());
        }
    }

    /**
     * Nothing had to be opened.
     *
     * @param at where it can be reached
     * @param why as a clause
     */
    record OpenAnyway(Endpoint at, Message why) implements Grant {}

    /** Another program had already made this mapping: ajar leaves it as it is, and does not remove it. */
    record AlreadyThere(ObservedMapping entry) implements Grant {}
}
