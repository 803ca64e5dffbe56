package dev.ajar.keeper.decision;

import dev.ajar.keeper.model.ExchangeKey;
import dev.ajar.keeper.model.GatewayHealth;
import dev.ajar.keeper.model.KeeperState;
import dev.ajar.keeper.model.KeeperState.Need;
import dev.ajar.keeper.model.KeeperStep;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.Plan;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Decides the next step. Every reason to send a request to a router is in this file. Pure. Of several mappings with the
 * same reason, the one that has been due for longest comes first, so that on a slow router each has its turn.
 */
public final class Reconciler {
    /** Without anything due, a pass still runs once a minute, to notice changes that no event reports. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** How soon to look again while what is due waits for an exchange with the same router. Its end is told at once. */
    private static final Duration WHILE_BUSY = Duration.ofSeconds(1);

    /** What has waited for so long behind more urgent steps takes turns with them. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** A slow router must not delay the other mappings for long. */
    private static final int MOST_AT_ONCE = 8;

    public Plan plan(KeeperState state, Duration now) {
        return plan(state, now, lane -> true);
    }

    /** @param free the lanes that a step may use now */
    public Plan plan(KeeperState state, Duration now, Predicate<ExchangeKey> free) {
        Optional<KeeperStep> due = ofOpen(state.firstDue(Need.EXPIRE, now, all -> true), KeeperStep.Expire::new)
                .or(() -> checkHealth(state, now, free))
                .or(() -> longestWaiting(state, now, free))
                .or(() -> renew(state, now, free))
                // Removals before new mappings: a pending removal can block a new mapping.
                .or(() -> remove(state, now, free))
                .or(() -> openOrVerify(state, now, free));
        return new Plan(due, due.isPresent() ? now : next(state, now));
    }

    private static Duration next(KeeperState state, Duration now) {
        Duration next = sooner(now.plus(IDLE), state.pendingRemovals().soonest());
        for (Need need : Need.values()) {
            next = sooner(next, state.soonest(need));
        }
        for (GatewayHealth health : state.healthByGateway().values()) {
            next = sooner(next, health.nextAt());
        }
        return next.compareTo(now) <= 0 ? now.plus(WHILE_BUSY) : next;
    }

    private static Duration sooner(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Before any other request to a gateway, to find out whether it answers. */
    private static Optional<KeeperStep> checkHealth(KeeperState state, Duration now, Predicate<ExchangeKey> free) {
        for (Map.Entry<GatewayId, GatewayHealth> entry : state.healthByGateway().entrySet()) {
            if (entry.getValue().nextAt().compareTo(now) <= 0
                    && free.test(new ExchangeKey.Router(entry.getKey().address()))) {
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

    /** A router too slow for the renewals of a thousand mappings still has to do the rest. */
    private static Optional<KeeperStep> longestWaiting(KeeperState state, Duration now, Predicate<ExchangeKey> free) {
        Duration renewal = state.soonest(Need.RENEW);
        Duration removal = state.pendingRemovals().soonest();
        Duration rest = sooner(state.soonest(Need.OPEN), state.soonest(Need.VERIFY));
        Duration longest = sooner(removal, rest);
        boolean waits = longest.compareTo(now.minus(LONGEST_WAIT)) <= 0 && longest.compareTo(renewal) < 0;
        if (!waits) {
            return Optional.empty();
        }
        return removal.compareTo(rest) <= 0 ? remove(state, now, free) : openOrVerify(state, now, free);
    }

    private static Optional<KeeperStep> renew(KeeperState state, Duration now, Predicate<ExchangeKey> free) {
        return ofOpen(state.firstDue(Need.RENEW, now, one -> isFree(one, free)), KeeperStep.Renew::new);
    }

    private static Optional<KeeperStep> remove(KeeperState state, Duration now, Predicate<ExchangeKey> free) {
        return state.pendingRemovals()
                .firstDue(
                        now,
                        one -> free.test(new ExchangeKey.Router(
                                one.mappingRecord().claim().gateway().address())))
                .map(KeeperStep.Remove::new);
    }

    private static boolean isFree(TrackedMapping open, Predicate<ExchangeKey> free) {
        return claim(open)
                .map(claim -> free.test(new ExchangeKey.Router(claim.gateway().address())))
                .orElse(true);
    }

    /**
     * What has been due for longer comes first: while mappings that a restart took are opened again, the others must be
     * looked for, and a slow router's table must not delay what is to be opened.
     */
    private static Optional<KeeperStep> openOrVerify(KeeperState state, Duration now, Predicate<ExchangeKey> free) {
        Optional<KeeperStep> verify =
                ofOpen(state.firstDue(Need.VERIFY, now, one -> isFree(one, free)), KeeperStep.Verify::new);
        boolean verifyFirst = state.soonest(Need.VERIFY).compareTo(state.soonest(Need.OPEN)) < 0;
        return verifyFirst && verify.isPresent()
                ? verify
                : open(state, now, free).or(() -> verify);
    }

    /** One search serves all due mappings with the same gateway selector. */
    private static Optional<KeeperStep> open(KeeperState state, Duration now, Predicate<ExchangeKey> free) {
        List<TrackedMapping> wanted = state.dueTogether(
                Need.OPEN,
                now,
                MOST_AT_ONCE,
                one -> free.test(state.laneOf(one.desired().selection())));
        return wanted.isEmpty() ? Optional.empty() : Optional.of(new KeeperStep.Open(wanted));
    }

    private static Optional<KeeperStep> ofOpen(
            Optional<TrackedMapping> due, BiFunction<TrackedMapping, MappingState.Active, KeeperStep> step) {
        return due.flatMap(tracked -> tracked.state() instanceof MappingState.Active open
                ? Optional.of(step.apply(tracked, open))
                : Optional.empty());
    }
}
