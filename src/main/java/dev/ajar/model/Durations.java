package dev.ajar.model;

import java.time.Duration;

/**
 * Multiples and parts of durations. Java's own go by way of {@code BigDecimal}, and initialising that class takes a
 * short command 9 ms: docs/decisions/0068.
 */
public final class Durations {
    private static final long NANOS = 1_000_000_000;

    private Durations() {}

    /** @throws ArithmeticException beyond what a duration can hold */
    public static Duration times(Duration duration, long factor) {
        return Duration.ofSeconds(
                Math.multiplyExact(duration.getSeconds(), factor),
                Math.multiplyExact((long) duration.getNano(), factor));
    }

    /** @param divisor greater than 0 */
    public static Duration divided(Duration duration, long divisor) {
        long rest = Math.floorMod(duration.getSeconds(), divisor);
        return Duration.ofSeconds(
                Math.floorDiv(duration.getSeconds(), divisor),
                (Math.multiplyExact(rest, NANOS) + duration.getNano()) / divisor);
    }

    /** How far from zero it is. */
    public static Duration distance(Duration duration) {
        return duration.isNegative() ? times(duration, -1) : duration;
    }

    /** {@code numerator / denominator} of a duration. */
    public static Duration fraction(Duration duration, long numerator, long denominator) {
        return divided(times(duration, numerator), denominator);
    }
}
