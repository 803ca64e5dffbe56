package dev.ajar.keeper.model;

import dev.ajar.keeper.decision.Transitions;
import dev.ajar.model.GatewayId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of a keeper's state that {@link Transitions} reads. */
public interface KeeperView {
    Collection<TrackedMapping> tracked();

    /** The mappings that are open on {@code gateway}. */
    List<TrackedMapping> openOn(GatewayId gateway);

    Map<GatewayId, GatewayHealth> healthByGateway();

    Collection<PendingRemoval> removals();

    default Optional<GatewayHealth> health(GatewayId gateway) {
        return Optional.ofNullable(healthByGateway().get(gateway));
    }
}
