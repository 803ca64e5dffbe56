package dev.ajar.keeper.exchange;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.Grant;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.Observation;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.Optional;

/**
 * What the answer to a renewal shows. Where a router would not extend a lease, ajar removes the mapping and asks anew:
 * if that is refused, the mapping is gone, by ajar's own request and not because the router has lost it. A table whose
 * denials are not believed shows nothing of the kind.
 */
final class RenewalAnswer {
    private RenewalAnswer() {}

    static Observation of(
            TrackedMapping tracked,
            MappingState.Active open,
            Result<Grant> result,
            Gateway gateway,
            Deadline deadline) {
        return result instanceof Result.Err<Grant>(Failure failure)
                        && !(failure instanceof Failure.Conflict)
                        && tracked.doubtfulDenials() == 0
                        && isGone(open.lease(), gateway, deadline)
                ? new Observation.Lost(
                        tracked, Message.of("keeper.gone-at-renewal", "why", failure.detail()), Optional.empty())
                : new Observation.Renewed(tracked, open, result);
    }

    private static boolean isGone(Lease lease, Gateway gateway, Deadline deadline) {
        return lease.listedAs().isPresent()
                && gateway.look(
                                lease.protocol(),
                                lease.externalPort(),
                                lease.claim().mapping().remote(),
                                deadline)
                        instanceof Presence.Absent(boolean doubtful)
                && !doubtful;
    }
}
