package dev.ajar.keeper.model;

import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.state.DesiredMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A desired mapping and its state.
 *
 * @param reported the failure that was reported last, so that it is reported once
 * @param reclaims the moments within the last hour at which ajar took the port back from another device
 * @param held the lease it is open by, or was open by last
 * @param denials grants in a row that no look has shown: the mapping was missing at the first look after each
 */
public record TrackedMapping(
        DesiredMapping desired,
        MappingState state,
        Optional<Failure> reported,
        List<Duration> reclaims,
        Optional<Lease> held,
        int denials) {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_RECLAIMS = 3;

    /**
     * A router that loses its table so often in a row is likelier to deny what it has. A few losses may be true: one
     * that restarts while 200 ports are opened loses some before the first look, and again at its next start.
     */
    private static final int BELIEVED_DENIALS = 8;

    public TrackedMapping {
        reclaims = List.copyOf(reclaims);
    }

    public TrackedMapping(
            DesiredMapping desired, MappingState state, Optional<Failure> reported, List<Duration> reclaims) {
        this(desired, state, reported, reclaims, leaseOf(state), 0);
    }

    private static Optional<Lease> leaseOf(MappingState state) {
        return state instanceof MappingState.Active open ? Optional.of(open.lease()) : Optional.empty();
    }

    public static TrackedMapping initial(DesiredMapping desired, MappingState state) {
        return new TrackedMapping(desired, state, Optional.empty(), List.of());
    }

    public boolean isOpenOn(GatewayId gateway) {
        return state instanceof MappingState.Active open
                && open.lease().claim().gateway().equals(gateway);
    }

    public TrackedMapping state(MappingState other) {
        return new TrackedMapping(
                desired, other, reported, reclaims, leaseOf(other).or(() -> held), denials);
    }

    public TrackedMapping desired(DesiredMapping now) {
        return new TrackedMapping(now, state, reported, reclaims, held, denials);
    }

    public TrackedMapping reporting(Optional<Failure> failure) {
        return new TrackedMapping(desired, state, failure, reclaims, held, denials);
    }

    /** The same after a look that has shown it, or not. */
    public TrackedMapping denied(int times) {
        return new TrackedMapping(desired, state, reported, reclaims, held, times);
    }

    /** The same after a sign that its gateway has restarted: then the next denial is likely true. */
    public TrackedMapping believingNextDenial() {
        return denied(Math.min(denials, BELIEVED_DENIALS - 1));
    }

    /** How many denials are no longer believed; 0 while they are. */
    public int doubtfulDenials() {
        return Math.max(0, denials - BELIEVED_DENIALS);
    }

    public TrackedMapping reclaimed(Duration now) {
        List<Duration> recent = new ArrayList<>(recentReclaims(now));
        recent.add(now);
        return new TrackedMapping(desired, state, reported, recent, held, denials);
    }

    private List<Duration> recentReclaims(Duration now) {
        return reclaims.stream().filter(at -> at.plus(HOUR).compareTo(now) > 0).toList();
    }

    /** When ajar may take the port back again; empty if it has not done so too often within the last hour. */
    public Optional<Duration> restingUntil(Duration now) {
        List<Duration> recent = recentReclaims(now);
        return recent.size() < MOST_RECLAIMS
                ? Optional.empty()
                : Optional.of(recent.getFirst().plus(HOUR));
    }
}
