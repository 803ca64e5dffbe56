package dev.ajar.system;

import java.time.Duration;

/** Waits between two requests to the same router. */
@FunctionalInterface
public interface Pause {
    /** Waits, or less if the thread is interrupted. */
    void pause(Duration time);
}
