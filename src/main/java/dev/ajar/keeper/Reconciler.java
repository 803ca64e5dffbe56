package dev.ajar.keeper;

import dev.ajar.model.GatewayId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Every reason for touching a router is in this file. Pure: what is known in, what to do next out. Of those with the same
 * reason, the first in the order of the book comes first.
 */
final class Reconciler {
    /** Long enough to be no burden, short enough to notice what nobody tells. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** So that a slow router does not keep everybody else waiting. */
    private static final int MOST_AT_ONCE = 8;

    Plan plan(KeeperState keeperState, Duration now) {
        Optional<KeeperStep> due = end(keeperState, now)
                .or(() -> feel(keeperState, now))
                .or(() -> renew(keeperState, now))
                // What is to go may stand in the way of what is to come.
                .or(() -> remove(keeperState, now))
                .or(() -> open(keeperState, now))
                .or(() -> look(keeperState, now));
        return new Plan(due, due.isPresent() ? now : next(keeperState, now));
    }

    private static Duration next(KeeperState keeperState, Duration now) {
        Duration next = sooner(now.plus(IDLE), keeperState.pendingRemovals().soonest());
        for (KeeperState.Need need : KeeperState.Need.values()) {
            next = sooner(next, keeperState.soonest(need));
        }
        for (GatewayHealth watch : keeperState.watches().values()) {
            next = sooner(next, watch.nextAt());
        }
        return next;
    }

    private static Duration sooner(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Optional<KeeperStep> end(KeeperState keeperState, Duration now) {
        return ofOpen(keeperState.firstDue(KeeperState.Need.END, now), KeeperStep.Expire::new);
    }

    /** Whether the gateway is there comes before all that would be asked of it. */
    private static Optional<KeeperStep> feel(KeeperState keeperState, Duration now) {
        for (Map.Entry<GatewayId, GatewayHealth> entry : keeperState.watches().entrySet()) {
            GatewayId gateway = entry.getKey();
            if (entry.getValue().nextAt().compareTo(now) <= 0) {
                return Optional.of(
                        entry.getValue().isSilent()
                                ? new KeeperStep.Rediscover(gateway, keeperState.openOn(gateway))
                                : new KeeperStep.Probe(gateway));
            }
        }
        return Optional.empty();
    }

    private static Optional<KeeperStep> renew(KeeperState keeperState, Duration now) {
        return ofOpen(keeperState.firstDue(KeeperState.Need.RENEW, now), KeeperStep.Renew::new);
    }

    private static Optional<KeeperStep> remove(KeeperState keeperState, Duration now) {
        return keeperState.pendingRemovals().firstDue(now).map(KeeperStep.Remove::new);
    }

    /** One search serves all that want the same gateway and may be asked for by now. */
    private static Optional<KeeperStep> open(KeeperState keeperState, Duration now) {
        List<TrackedMapping> wanted = keeperState.alikeDue(KeeperState.Need.OPEN, now, MOST_AT_ONCE);
        return wanted.isEmpty() ? Optional.empty() : Optional.of(new KeeperStep.Open(wanted));
    }

    private static Optional<KeeperStep> look(KeeperState keeperState, Duration now) {
        return ofOpen(keeperState.firstDue(KeeperState.Need.LOOK, now), KeeperStep.Verify::new);
    }

    private static Optional<KeeperStep> ofOpen(
            Optional<TrackedMapping> due, BiFunction<TrackedMapping, MappingState.Active, KeeperStep> step) {
        return due.flatMap(tracked -> tracked.state() instanceof MappingState.Active open
                ? Optional.of(step.apply(tracked, open))
                : Optional.empty());
    }
}
