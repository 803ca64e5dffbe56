package dev.ajar.keeper;

import dev.ajar.model.Failure;
import dev.ajar.state.DesiredMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A wish and how it stands.
 *
 * @param told the trouble that has been told, so that it is told once
 * @param reclaims when the port was taken back after somebody else had had it, within the last hour
 */
public record TrackedMapping(
        DesiredMapping desired, MappingState state, Optional<Failure> told, List<Duration> reclaims) {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_RECLAIMS = 3;

    public TrackedMapping {
        reclaims = List.copyOf(reclaims);
    }

    static TrackedMapping fresh(DesiredMapping desired, MappingState state) {
        return new TrackedMapping(desired, state, Optional.empty(), List.of());
    }

    TrackedMapping state(MappingState other) {
        return new TrackedMapping(desired, other, told, reclaims);
    }

    TrackedMapping telling(Optional<Failure> failure) {
        return new TrackedMapping(desired, state, failure, reclaims);
    }

    TrackedMapping reclaimed(Duration now) {
        List<Duration> recent = new ArrayList<>(since(now));
        recent.add(now);
        return new TrackedMapping(desired, state, told, recent);
    }

    private List<Duration> since(Duration now) {
        return reclaims.stream().filter(at -> at.plus(HOUR).compareTo(now) > 0).toList();
    }

    /** When it may be taken back again, if that has been done too often: nobody wins such a war. */
    Optional<Duration> restingUntil(Duration now) {
        List<Duration> recent = since(now);
        return recent.size() < MOST_RECLAIMS
                ? Optional.empty()
                : Optional.of(recent.getFirst().plus(HOUR));
    }
}
