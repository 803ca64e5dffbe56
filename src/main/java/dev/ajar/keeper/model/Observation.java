package dev.ajar.keeper.model;

import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Result;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/** Something the keeper has learned: from a step, from an announcement, or about this machine. */
public sealed interface Observation {
    /**
     * A mapping that was not open has been requested.
     *
     * @param address the gateway's external address, if it was asked for it
     */
    record Requested(TrackedMapping tracked, Result<Grant> result, Optional<InetAddress> address)
            implements Observation {
        public boolean isSilence() {
            return result instanceof Result.Err<Grant>(Failure failure) && failure.isSilence();
        }
    }

    /** The renewal of {@code before} was answered. */
    record Renewed(TrackedMapping tracked, MappingState.Active before, Result<Grant> result) implements Observation {}

    /** The renewal was not answered. */
    record RenewalUnanswered(TrackedMapping tracked, MappingState.Active open) implements Observation {}

    /** The lease has ended without a renewal. */
    record Expired(TrackedMapping tracked, MappingState.Active open) implements Observation {}

    /** The gateway's table does not have it. */
    record Missing(TrackedMapping tracked, MappingState.Active open) implements Observation {}

    /** @param holder the entry in its place */
    record Lost(TrackedMapping tracked, Message why, Optional<ObservedMapping> holder) implements Observation {}

    /** The gateway's table has it. */
    record Present(TrackedMapping tracked, MappingState.Active open, ObservedMapping entry) implements Observation {}

    /** The gateway's table has what may be it, and hides to whom it leads. */
    record ClientHidden(TrackedMapping tracked, MappingState.Active open) implements Observation {}

    /** The gateway does not show its table. */
    record NotListed(TrackedMapping tracked, MappingState.Active open) implements Observation {}

    /** Its protocol shows no table, and the router's table in another protocol has it. */
    record ShownInOtherTable(TrackedMapping tracked, MappingState.Active open) implements Observation {}

    /** The router's table in another protocol has shown it since the grant, and does not have it any more. */
    record MissingInOtherTable(TrackedMapping tracked, MappingState.Active open) implements Observation {}

    record Removed(PendingRemoval removal) implements Observation {}

    /** The port leads elsewhere now: nothing was closed. */
    record LeftAlone(PendingRemoval removal) implements Observation {}

    /** @param silent whether no answer came in time */
    record NotRemoved(PendingRemoval removal, boolean silent) implements Observation {}

    /**
     * A request to the gateway was not answered.
     *
     * @param why it is not even asked; empty where it was silent
     */
    record Silent(GatewayId gateway, Optional<Message> why) implements Observation {
        public Silent(GatewayId gateway) {
            this(gateway, Optional.empty());
        }
    }

    /** The gateway answered a health check. */
    record Healthy(GatewayId gateway, HealthCheck health) implements Observation {}

    /** A gateway that was silent answered a health check. */
    record AnswersAgain(GatewayId gateway, HealthCheck health) implements Observation {}

    /** No mapping is open on the gateway any more. */
    record Unused(GatewayId gateway) implements Observation {}

    /** A device with that address says it is a gateway that has started. Any device can forge that. */
    record Announced(InetAddress gateway) implements Observation {}

    /**
     * This machine has slept, or its network has changed.
     *
     * @param doubtful the IP versions whose mappings may be lost
     */
    record Moved(Set<IpVersion> doubtful) implements Observation {}
}
