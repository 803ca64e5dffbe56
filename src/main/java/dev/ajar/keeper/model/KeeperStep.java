package dev.ajar.keeper.model;

import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import java.util.List;
import java.util.Optional;

/** One step of the keeper: an exchange with one gateway, or an expiry. */
public sealed interface KeeperStep {
    /** Request mappings that are not open; all have the same gateway selector. */
    record Open(List<TrackedMapping> wanted) implements KeeperStep {}

    record Renew(TrackedMapping tracked, MappingState.Active open) implements KeeperStep {}

    /** The lease has ended. */
    record Expire(TrackedMapping tracked, MappingState.Active open) implements KeeperStep {}

    /** Check whether the mapping is still in the gateway's table. */
    record Verify(TrackedMapping tracked, MappingState.Active open) implements KeeperStep {}

    record Remove(PendingRemoval removal) implements KeeperStep {}

    /**
     * Check the health of a gateway that answered last time.
     *
     * @param claim of a mapping that is open on it; empty if none is any more
     */
    record Probe(GatewayId gateway, Optional<Claim> claim) implements KeeperStep {}

    /**
     * Search for a gateway that did not answer last time.
     *
     * @param claim as in {@link Probe}
     */
    record Rediscover(GatewayId gateway, Optional<Claim> claim) implements KeeperStep {}

    /** What it has to wait for; empty for a step without an exchange. */
    default Optional<ExchangeKey> lane(KeeperState state) {
        return switch (this) {
            case Open(List<TrackedMapping> wanted) ->
                Optional.of(state.laneOf(wanted.getFirst().desired().selection()));
            case Renew(TrackedMapping ignored, MappingState.Active open) ->
                router(open.lease().claim().gateway());
            case Expire ignored -> Optional.empty();
            case Verify(TrackedMapping ignored, MappingState.Active open) ->
                router(open.lease().claim().gateway());
            case Remove(PendingRemoval removal) ->
                router(removal.mappingRecord().claim().gateway());
            case Probe(GatewayId gateway, var ignored) -> router(gateway);
            case Rediscover(GatewayId gateway, var ignored) -> router(gateway);
        };
    }

    private static Optional<ExchangeKey> router(GatewayId gateway) {
        return Optional.of(new ExchangeKey.Router(gateway.address()));
    }
}
