package dev.ajar.gateway.upnp.control;

import dev.ajar.model.Adjustment;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.RouterError;
import java.util.Optional;
import java.util.Set;

/** What was opened, before it is made a lease. */
sealed interface AddOutcome {
    /**
     * @param entry as read back; empty where the router would not show it
     * @param learned what to remember of the way it was granted
     * @param asAsked whether the router showed it, and all of it as it was asked for
     * @param refusal the router's no, where it lists the entry all the same
     */
    record Opened(
            PortMappingRequest request,
            Optional<ObservedMapping> entry,
            Set<Adjustment> learned,
            boolean asAsked,
            Optional<RouterError> refusal)
            implements AddOutcome {
        static Opened of(PortMappingRequest request, Optional<ObservedMapping> entry, Set<Adjustment> learned) {
            return new Opened(request, entry, learned, entry.isPresent(), Optional.empty());
        }
    }

    record AlreadyThere(ObservedMapping entry) implements AddOutcome {}

    /** The same, of a router that refused it and lists it all the same: perhaps it has done only half. */
    default AddOutcome afterRefusal(Optional<RouterError> refusal) {
        return this instanceof Opened opened && refusal.isPresent()
                ? new Opened(opened.request(), opened.entry(), opened.learned(), false, refusal)
                : this;
    }
}
