package dev.ajar.system;

import java.time.Duration;

/**
 * The moment by which something must have ended.
 *
 * @param end in the {@linkplain Timeline#uptime() monotonic} time of {@code timeline}
 */
public record Deadline(Timeline timeline, Duration end) {
    public static Deadline after(Timeline timeline, Duration budget) {
        return new Deadline(timeline, timeline.uptime().plus(budget));
    }

    /** What is left; zero when it has passed, never negative. */
    public Duration remaining() {
        Duration left = end.minus(timeline.uptime());
        return left.isNegative() ? Duration.ZERO : left;
    }

    public boolean hasPassed() {
        return remaining().isZero();
    }

    /** Waits for {@code time}, but not beyond the end. */
    public void pause(Duration time) {
        Duration left = remaining();
        timeline.pause(time.compareTo(left) < 0 ? time : left);
    }

    /** The earlier of this one and {@code budget} from now. */
    public Deadline within(Duration budget) {
        Deadline other = after(timeline, budget);
        return other.end.compareTo(end) < 0 ? other : this;
    }

    /** The later of this one and {@code budget} from now. */
    public Deadline atLeast(Duration budget) {
        Deadline other = after(timeline, budget);
        return other.end.compareTo(end) > 0 ? other : this;
    }
}
