package dev.ajar.api;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does tasks one after the other on a daemon thread, which is there only while there are some. */
final class OneThread {
    private final ThreadPoolExecutor pool;

    OneThread(String name) {
        // What comes after the end is a last word, for the thread that has it.
        pool = new ThreadPoolExecutor(
                0,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> Thread.ofPlatform().daemon().name(name).unstarted(task),
                (task, ended) -> task.run());
    }

    void execute(Runnable task) {
        pool.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // An error as well: the JVM would print it.
                PortWorker.warn("a callback has failed: " + e);
            }
        });
    }

    /** Takes no more tasks, and ends with the last one. */
    void end() {
        pool.shutdown();
    }

    /** Waits until the thread has ended; not on that thread itself, where it would wait in vain. */
    boolean await(Duration longest) throws InterruptedException {
        return pool.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS);
    }
}
