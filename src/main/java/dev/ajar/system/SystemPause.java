package dev.ajar.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits in real time. */
public final class SystemPause implements Pause {
    @Override
    public void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }
}
