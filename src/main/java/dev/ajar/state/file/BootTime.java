package dev.ajar.state.file;

import dev.ajar.model.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One moment by two clocks: by the time of day, which may be set, and by the time since this machine was started, which
 * may not.
 *
 * @param boot names this start of the machine
 * @param elapsed since the machine was started, asleep or not
 */
public record BootTime(String boot, Duration elapsed, Instant wall) {
    /** Less is the clocks' own error. */
    private static final Duration LEAST = Duration.ofSeconds(5);

    /** Reads both clocks. */
    public interface Clock {
        /** For systems that do not tell when they were started. */
        Clock NONE = Optional::empty;

        /** The present moment; empty where the system does not tell. */
        Optional<BootTime> now();
    }

    /**
     * How to tell the moments of an earlier reading by the time of day as it is now. A machine without a clock chip
     * starts with an old time and is set days forward. Moments before this start of the machine stay as they are, as do
     * those further on than {@code earlier}: a right clock wrote them.
     *
     * @param earlier a reading by the same machine
     * @param now the present one
     * @return empty if the time of day has not jumped
     */
    static Optional<UnaryOperator<Instant>> between(BootTime earlier, BootTime now) {
        Duration jump = Duration.between(earlier.wall, now.wall).minus(now.elapsed.minus(earlier.elapsed));
        boolean jumped =
                earlier.boot.equals(now.boot) && Durations.distance(jump).compareTo(LEAST) > 0;
        // In whole seconds, so that each reading of the same file gives the same moments.
        Duration shift = Duration.ofSeconds(jump.toSeconds());
        Instant start = earlier.wall.minus(earlier.elapsed).minus(LEAST);
        Instant end = earlier.wall.plus(LEAST);
        return jumped
                ? Optional.of(moment -> moment.isBefore(start) || moment.isAfter(end) ? moment : moment.plus(shift))
                : Optional.empty();
    }
}
