package dev.ajar.keeper.decision;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.StateChange;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.GatewayId;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What a gateway has granted: which mappings are looked at or asked for again, and when. Pure: it writes into a draft.
 */
final class GrantedMappings {
    /** A mapping is not asked for again sooner than this after a grant, however many signs of a change there are. */
    private static final Duration JUST_GRANTED = Duration.ofSeconds(2);

    /**
     * After an announcement, a mapping that no table lists is asked for again once its grant is that old. Some routers
     * have a counter that goes on while only their daemon restarts, and many announce themselves regularly without a
     * restart.
     */
    private static final Duration AFTER_ANNOUNCEMENT = Duration.ofMinutes(10);

    private final StateChange.Draft draft;
    private final Duration now;

    GrantedMappings(StateChange.Draft draft, Duration now) {
        this.draft = draft;
        this.now = now;
    }

    void lost(TrackedMapping tracked) {
        draft.report(new KeeperEvent.Lost(tracked.desired(), Message.of("keeper.router-restarted")));
        draft.put(tracked.state(new MappingState.Inactive(now, 0, true, Optional.empty())));
    }

    /** Makes all mappings on the gateway due for verification now; those that it does not list are renewed. */
    void doubt(GatewayId id) {
        forEachOpenOn(
                id,
                (tracked, open) -> draft.put(tracked.believingNextDenial()
                        .state(open.lease().isListed() ? open.verifyingAt(soon(open), true) : renewed(open))));
    }

    MappingState.Active renewed(MappingState.Active open) {
        return open.renewingAt(Optional.of(soon(open)), open.failures());
    }

    /** Now, or a little later where it was granted a moment ago: never not at all. */
    private Duration soon(MappingState.Active open) {
        Duration soonest = open.grantedAt().plus(JUST_GRANTED);
        return soonest.compareTo(now) > 0 ? soonest : now;
    }

    void forEachOpenOn(GatewayId id, BiConsumer<TrackedMapping, MappingState.Active> action) {
        for (TrackedMapping tracked : draft.openOn(id)) {
            if (tracked.state() instanceof MappingState.Active open) {
                action.accept(tracked, open);
            }
        }
    }

    /**
     * Makes mappings due for verification, those confirmed longest ago first: a restart takes what was confirmed before
     * it, so it always takes them.
     *
     * @param before only those that were confirmed before
     */
    void lookForOldest(GatewayId id, int most, Duration before) {
        draft.openOn(id).stream()
                .filter(tracked -> tracked.state() instanceof MappingState.Active open
                        && !open.isUnseen()
                        && open.lease().isListed()
                        && tracked.doubtfulDenials() == 0
                        && open.confirmedAt().compareTo(before) < 0)
                .sorted(Comparator.comparing(GrantedMappings::confirmedAt))
                .limit(most)
                .toList()
                .forEach(tracked -> {
                    if (tracked.state() instanceof MappingState.Active open
                            && open.verifyAt().compareTo(now) > 0) {
                        draft.put(tracked.state(open.verifyingAt(now, open.distrusted())));
                    }
                });
    }

    private static Duration confirmedAt(TrackedMapping tracked) {
        return tracked.state() instanceof MappingState.Active open ? open.confirmedAt() : Duration.ZERO;
    }

    /** A renewal that went unanswered while the router was away would wait longer than usual for its next turn. */
    void hurryUnanswered(GatewayId id) {
        forEachOpenOn(id, (tracked, open) -> {
            if (open.failures() == 1
                    && open.renewAt().filter(at -> at.compareTo(now) > 0).isPresent()) {
                draft.put(tracked.state(open.renewingAt(Optional.of(now), open.failures())));
            }
        });
    }

    /** At once; a renewal that went unanswered several times keeps its time, or it would be repeated endlessly. */
    Optional<Duration> renewalAfterSilence(MappingState.Active open) {
        return open.failures() <= 1 ? Optional.of(now) : open.renewAt();
    }

    /** Mappings that no table lists are renewed instead, which is harmless if they are still there. */
    void verifySoon(GatewayId id) {
        if (id.method().traits().hasEpoch()) {
            renewOlder(id);
            return;
        }
        lookForOldest(id, 1, now);
        forEachOpenOn(id, (tracked, open) -> {
            if (open.isUnseen()) {
                draft.put(tracked.state(renewed(open)));
            }
        });
    }

    /**
     * An epoch that looks right does not prove that the table is still there. A renewal that went unanswered several
     * times keeps its time: any device can announce itself in the router's name, as often as it likes.
     */
    private void renewOlder(GatewayId id) {
        forEachOpenOn(id, (tracked, open) -> {
            Duration by = open.grantedAt().plus(AFTER_ANNOUNCEMENT);
            if (open.failures() <= 1) {
                draft.put(tracked.state(open.renewingBy(by.compareTo(now) > 0 ? by : now)));
            }
        });
    }
}
