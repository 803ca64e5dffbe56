package dev.ajar.keeper.decision;

import dev.ajar.model.Durations;
import dev.ajar.model.Failure;
import dev.ajar.model.RouterError;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long the keeper waits after a failure before it tries again, which it always does. Pure but for random numbers.
 */
final class Backoff {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(25);
    private static final Duration USUAL_SILENCE = Duration.ofSeconds(8);

    /** The lifetime RFC 6887 section 7.4 recommends for long errors. */
    private static final Duration LONGEST_QUIET = Duration.ofMinutes(30);

    /** The waits are 2 s, 4 s, then 8 s until two minutes have passed: the time a router takes to start. */
    private static final int EARLY = 17;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The wait after a failure. A gateway may ask for a longer one (RFC 6887 section 7.4), up to half an hour.
     *
     * @param failures failures in a row, including this one
     */
    Duration after(Failure failure, int failures) {
        Duration usual = usual(failure, failures);
        Duration requested = failure.router().map(RouterError::quiet).orElse(Duration.ZERO);
        Duration bounded = requested.compareTo(LONGEST_QUIET) < 0 ? requested : LONGEST_QUIET;
        return usual.compareTo(bounded) > 0 ? usual : bounded;
    }

    private Duration usual(Failure failure, int failures) {
        return switch (failure.kind().retry()) {
            case SILENCE -> silence(failures);
            case REFUSAL -> doubling(Duration.ofSeconds(30), Duration.ofMinutes(10), failures);
            case CONFLICT -> doubling(Duration.ofMinutes(1), Duration.ofMinutes(20), failures);
            case BUSY -> Duration.ofSeconds(1);
        };
    }

    static Duration silence(int failures) {
        if (failures > EARLY) {
            return LONGEST_SILENCE;
        }
        return failures < 3 ? Duration.ofSeconds(1L << failures) : USUAL_SILENCE;
    }

    /** Up to a tenth shorter, at random, so that mappings that failed together are not retried together. */
    private Duration doubling(Duration first, Duration longest, int failures) {
        Duration wait = Durations.times(first, 1L << Math.min(10, Math.max(0, failures - 1)));
        Duration bounded = wait.compareTo(longest) < 0 ? wait : longest;
        return Durations.fraction(bounded, 900 + random.nextInt(100), 1000);
    }
}
