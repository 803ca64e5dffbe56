package dev.ajar.system;

import java.time.Duration;

/**
 * The moment by which something must have ended.
 *
 * @param end in the {@linkplain Timeline#uptime() monotonic} time of {@code timeline}
 * @param lenient whether an exchange that is known to take long may still end ({@link #forExchange})
 */
public record Deadline(Timeline timeline, Duration end, boolean lenient) {
    /** One that holds for everything. */
    public static Deadline after(Timeline timeline, Duration budget) {
        return new Deadline(timeline, timeline.uptime().plus(budget), false);
    }

    /** The same moment, which lets an exchange end that is known to take long. */
    public Deadline leniently() {
        return new Deadline(timeline, end, true);
    }

    /** For an exchange that begins now and takes {@code longest} at most: a lenient deadline lets it end. */
    public Deadline forExchange(Duration longest) {
        return lenient ? atLeast(longest) : this;
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
