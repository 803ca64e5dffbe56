package dev.ajar.keeper;

import dev.ajar.model.GatewayId;
import java.util.List;

/** One step of the keeper: an exchange with one gateway, or an expiry. */
sealed interface KeeperStep {
    /** Request mappings that are not open; all have the same gateway selector. */
    record Open(List<TrackedMapping> wanted) implements KeeperStep {}

    record Renew(TrackedMapping tracked, MappingState.Active open) implements KeeperStep {}

    /** The lease has ended. */
    record Expire(TrackedMapping tracked, MappingState.Active open) implements KeeperStep {}

    /** Check whether the mapping is still in the gateway's table. */
    record Verify(TrackedMapping tracked, MappingState.Active open) implements KeeperStep {}

    record Remove(PendingRemoval removal) implements KeeperStep {}

    /** Check the health of a gateway that answered last time. */
    record Probe(GatewayId gateway) implements KeeperStep {}

    /** Search for a gateway that did not answer last time. */
    record Rediscover(GatewayId gateway) implements KeeperStep {}
}
