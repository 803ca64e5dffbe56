package dev.ajar.keeper;

import dev.ajar.model.GatewayId;
import java.util.List;

/** One thing to do, each a conversation with one gateway. */
sealed interface KeeperStep {
    /** Ask for mappings that are not open, of whichever gateway is there. */
    record Open(List<TrackedMapping> wanted) implements KeeperStep {}

    record Renew(TrackedMapping tracked, MappingState.Active open) implements KeeperStep {}

    /** Its lease has run out. */
    record Expire(TrackedMapping tracked, MappingState.Active open) implements KeeperStep {}

    /** Look whether it is still in the gateway's table. */
    record Verify(TrackedMapping tracked, MappingState.Active open) implements KeeperStep {}

    record Remove(PendingRemoval removal) implements KeeperStep {}

    /** Feel the pulse of a gateway that answered last time. */
    record Probe(GatewayId gateway) implements KeeperStep {}

    /** Look for one that did not. */
    record Rediscover(GatewayId gateway, List<TrackedMapping> tracked) implements KeeperStep {}
}
