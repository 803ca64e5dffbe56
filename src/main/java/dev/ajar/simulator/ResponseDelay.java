package dev.ajar.simulator;

import java.time.Duration;

/** A slow router's slowness. */
final class ResponseDelay {
    private ResponseDelay() {}

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
