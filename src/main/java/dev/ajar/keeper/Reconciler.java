package dev.ajar.keeper;

import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Decides the next step. Every reason to send a request to a router is in this file. Pure. Of several mappings with the same
 * reason, the first in the order of {@link KeeperState} comes first.
 */
final class Reconciler {
    /** Without anything due, a pass still runs once a minute, to notice changes that no event reports. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** A slow router must not delay the other mappings for long. */
    private static final int MOST_AT_ONCE = 8;

    Plan plan(KeeperState state, Duration now) {
        Optional<KeeperStep> due = ofOpen(state.firstDue(KeeperState.Need.EXPIRE, now), KeeperStep.Expire::new)
                .or(() -> checkHealth(state, now))
                .or(() -> ofOpen(state.firstDue(KeeperState.Need.RENEW, now), KeeperStep.Renew::new))
                // Removals before new mappings: a pending removal can block a new mapping.
                .or(() -> state.pendingRemovals().firstDue(now).map(KeeperStep.Remove::new))
                .or(() -> openOrVerify(state, now));
        return new Plan(due, due.isPresent() ? now : next(state, now));
    }

    private static Duration next(KeeperState state, Duration now) {
        Duration next = sooner(now.plus(IDLE), state.pendingRemovals().soonest());
        for (KeeperState.Need need : KeeperState.Need.values()) {
            next = sooner(next, state.soonest(need));
        }
        for (GatewayHealth health : state.healthByGateway().values()) {
            next = sooner(next, health.nextAt());
        }
        return next;
    }

    private static Duration sooner(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Before any other request to a gateway, to find out whether it answers. */
    private static Optional<KeeperStep> checkHealth(KeeperState state, Duration now) {
        for (Map.Entry<GatewayId, GatewayHealth> entry : state.healthByGateway().entrySet()) {
            if (entry.getValue().nextAt().compareTo(now) <= 0) {
                Optional<Claim> claim = state.firstOpenOn(entry.getKey()).flatMap(Reconciler::claim);
                return Optional.of(
                        entry.getValue().isSilent()
                                ? new KeeperStep.Rediscover(entry.getKey(), claim)
                                : new KeeperStep.Probe(entry.getKey(), claim));
            }
        }
        return Optional.empty();
    }

    private static Optional<Claim> claim(TrackedMapping tracked) {
        return tracked.state() instanceof MappingState.Active open
                ? Optional.of(open.lease().claim())
                : Optional.empty();
    }

    /**
     * What has been due for longer comes first: while mappings that a restart took are opened again, the others must be looked
     * for, and a slow router's table must not delay what is to be opened.
     */
    private static Optional<KeeperStep> openOrVerify(KeeperState state, Duration now) {
        Optional<KeeperStep> verify = ofOpen(state.firstDue(KeeperState.Need.VERIFY, now), KeeperStep.Verify::new);
        boolean verifyFirst =
                state.soonest(KeeperState.Need.VERIFY).compareTo(state.soonest(KeeperState.Need.OPEN)) < 0;
        return verifyFirst && verify.isPresent() ? verify : open(state, now).or(() -> verify);
    }

    /** One search serves all due mappings with the same gateway selector. */
    private static Optional<KeeperStep> open(KeeperState state, Duration now) {
        List<TrackedMapping> wanted = state.dueTogether(KeeperState.Need.OPEN, now, MOST_AT_ONCE);
        return wanted.isEmpty() ? Optional.empty() : Optional.of(new KeeperStep.Open(wanted));
    }

    private static Optional<KeeperStep> ofOpen(
            Optional<TrackedMapping> due, BiFunction<TrackedMapping, MappingState.Active, KeeperStep> step) {
        return due.flatMap(tracked -> tracked.state() instanceof MappingState.Active open
                ? Optional.of(step.apply(tracked, open))
                : Optional.empty());
    }
}
