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
 */
public record TrackedMapping(
        DesiredMapping desired,
        MappingState state,
        Optional<Failure> reported,
        List<Duration> reclaims,
        Optional<Lease> held) {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_RECLAIMS = 3;

    public TrackedMapping {
        reclaims = List.copyOf(reclaims);
    }

    public TrackedMapping(
            DesiredMapping desired, MappingState state, Optional<Failure> reported, List<Duration> reclaims) {
        this(desired, state, reported, reclaims, leaseOf(state));
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
                desired, other, reported, reclaims, leaseOf(other).or(() -> held));
    }

    public TrackedMapping desired(DesiredMapping now) {
        return new TrackedMapping(now, state, reported, reclaims, held);
    }

    public TrackedMapping reporting(Optional<Failure> failure) {
        return new TrackedMapping(desired, state, failure, reclaims, held);
    }

    public TrackedMapping reclaimed(Duration now) {
        List<Duration> recent = new ArrayList<>(recentReclaims(now));
        recent.add(now);
        return new TrackedMapping(desired, state, reported, recent, held);
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
