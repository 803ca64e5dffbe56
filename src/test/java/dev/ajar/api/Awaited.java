package dev.ajar.api;

import java.util.concurrent.CountDownLatch;

/** Waits, where no checked exception may be thrown. */
final class Awaited {
    private Awaited() {}

    static void of(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
