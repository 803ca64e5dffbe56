package dev.ajar.gateway;

import dev.ajar.model.Adjustment;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the state file says about a gateway.
 *
 * @param ours tells our own entries in its table from those of others
 * @param learned the changes without which it refused us last time
 * @param longestLease the most it grants, if it granted less than was asked for last time
 * @param granted whether it has granted this mapping before; without that an entry of it may be one that an ended
 *     process left half made
 */
public record GatewayHistory(
        Predicate<ObservedMapping> ours,
        Set<Adjustment> learned,
        Optional<LeaseDuration> longestLease,
        boolean granted) {
    /** Nothing is ours, and nothing was learnt. */
    public static final GatewayHistory NONE = of(entry -> false);

    /** Nothing was learnt, and nothing granted. */
    public static GatewayHistory of(Predicate<ObservedMapping> ours) {
        return new GatewayHistory(ours, Set.of(), Optional.empty(), false);
    }

    public boolean isOurs(ObservedMapping entry) {
        return ours.test(entry);
    }
}
