package dev.ajar.keeper;

import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every reason for touching a router is in this file. Pure: what is known in, what to do next out. */
final class Reconciler {
    /** Long enough to be no burden, short enough to notice what nobody tells. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** So that a slow router does not keep everybody else waiting. */
    private static final int MOST_AT_ONCE = 8;

    Plan plan(KeeperState keeperState, Duration now) {
        Soonest soonest = new Soonest(now);
        end(keeperState, soonest);
        feel(keeperState, soonest);
        renew(keeperState, soonest);
        // What is to go may stand in the way of what is to come.
        remove(keeperState, soonest);
        open(keeperState, soonest);
        look(keeperState, soonest);
        return soonest.plan();
    }

    /** The first thing that is due, and the time of the next that is not. */
    private static final class Soonest {
        private final Duration now;
        private Duration next;
        private Optional<KeeperStep> due = Optional.empty();

        Soonest(Duration now) {
            this.now = now;
            this.next = now.plus(IDLE);
        }

        boolean isDue(Duration moment) {
            if (moment.compareTo(now) <= 0) {
                return due.isEmpty();
            }
            next = moment.compareTo(next) < 0 ? moment : next;
            return false;
        }

        void take(KeeperStep step) {
            due = Optional.of(step);
        }

        Plan plan() {
            return new Plan(due, due.isPresent() ? now : next);
        }
    }

    /** A lease that nobody extended is over, whatever else its gateway answers. */
    private static void end(KeeperState keeperState, Soonest soonest) {
        for (TrackedMapping tracked : keeperState.tracked()) {
            if (tracked.state() instanceof MappingState.Active open
                    && open.endsAt().filter(soonest::isDue).isPresent()) {
                soonest.take(new KeeperStep.Expire(tracked, open));
            }
        }
    }

    /** Whether the gateway is there comes before all that would be asked of it. */
    private static void feel(KeeperState keeperState, Soonest soonest) {
        for (Map.Entry<GatewayId, GatewayHealth> entry : keeperState.watches().entrySet()) {
            if (soonest.isDue(entry.getValue().nextAt())) {
                List<TrackedMapping> there = keeperState.openOn(entry.getKey());
                soonest.take(
                        entry.getValue().isSilent()
                                ? new KeeperStep.Rediscover(entry.getKey(), there)
                                : new KeeperStep.Probe(entry.getKey()));
            }
        }
    }

    private static void renew(KeeperState keeperState, Soonest soonest) {
        for (TrackedMapping tracked : keeperState.tracked()) {
            if (tracked.state() instanceof MappingState.Active open
                    && isHeard(keeperState, open.lease())
                    && open.renewAt().filter(soonest::isDue).isPresent()) {
                soonest.take(new KeeperStep.Renew(tracked, open));
            }
        }
    }

    /** A gateway that is silent is sought, and not asked for each of its mappings. */
    private static boolean isHeard(KeeperState keeperState, Lease lease) {
        GatewayHealth watch = keeperState.watches().get(lease.claim().gateway());
        return watch == null || !watch.isSilent();
    }

    /** One search serves all that want the same gateway and may be asked for by now. */
    private static void open(KeeperState keeperState, Soonest soonest) {
        for (TrackedMapping tracked : keeperState.tracked()) {
            if (tracked.state() instanceof MappingState.Inactive absent && soonest.isDue(absent.dueAt())) {
                soonest.take(new KeeperStep.Open(alike(keeperState, tracked, soonest.now)));
            }
        }
    }

    private static List<TrackedMapping> alike(KeeperState keeperState, TrackedMapping first, Duration now) {
        List<TrackedMapping> group = new ArrayList<>();
        for (TrackedMapping other : keeperState.tracked()) {
            boolean due = other.state() instanceof MappingState.Inactive absent
                    && absent.dueAt().compareTo(now) <= 0;
            boolean alike = other.desired().selection().equals(first.desired().selection());
            if (due && alike && group.size() < MOST_AT_ONCE) {
                group.add(other);
            }
        }
        return group;
    }

    private static void remove(KeeperState keeperState, Soonest soonest) {
        for (PendingRemoval removal : keeperState.pendingRemovals()) {
            if (soonest.isDue(removal.dueAt())) {
                soonest.take(new KeeperStep.Remove(removal));
            }
        }
    }

    private static void look(KeeperState keeperState, Soonest soonest) {
        for (TrackedMapping tracked : keeperState.tracked()) {
            if (tracked.state() instanceof MappingState.Active open
                    && isHeard(keeperState, open.lease())
                    && soonest.isDue(open.lookAt())) {
                soonest.take(new KeeperStep.Verify(tracked, open));
            }
        }
    }
}
