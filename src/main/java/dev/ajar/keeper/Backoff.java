package dev.ajar.keeper;

import dev.ajar.model.Failure;
import dev.ajar.model.RouterError;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after a failure before trying again. Nobody gives up. Pure but for the dice. */
final class Backoff {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(25);
    private static final Duration USUAL_SILENCE = Duration.ofSeconds(8);

    /** As long as the RFC's own long errors last. */
    private static final Duration LONGEST_QUIET = Duration.ofMinutes(30);

    /** 2 s, 4 s, and 8 s until two minutes have passed: as long as a router takes to start. */
    private static final int EARLY = 17;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The gateway's own wish counts, within reason (RFC 6887 section 7.4).
     *
     * @param failures in a row, this one included
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

    /** With a tenth of chance, so that many do not come back together. */
    private Duration doubling(Duration first, Duration longest, int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(10, Math.max(0, failures - 1)));
        Duration bounded = wait.compareTo(longest) < 0 ? wait : longest;
        return bounded.multipliedBy(900 + random.nextInt(100)).dividedBy(1000);
    }
}
