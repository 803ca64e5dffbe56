package dev.ajar.testing;

import java.time.Duration;

/** No input, however hostile, may keep a parser busy for long. */
public final class Quickly {
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private Quickly() {}

    /** @throws AssertionError if {@code work} takes more than a second */
    public static void run(Runnable work) {
        long start = System.nanoTime();
        work.run();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (took.compareTo(LONGEST) > 0) {
            throw new AssertionError("took " + took);
        }
    }
}
