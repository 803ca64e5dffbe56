package dev.ajar.system;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A value that a thread of its own begins to find out at once, for a caller who needs it a little later. On a machine
 * with two processors a command that waits for a router gets it for nothing.
 *
 * @param <T> the type of the value
 */
public final class EagerValue<T> implements Supplier<T>, AutoCloseable {
    private final FutureTask<T> task;
    private final Runnable onNeed;

    private EagerValue(FutureTask<T> task, Runnable onNeed) {
        this.task = task;
        this.onNeed = onNeed;
    }

    /**
     * Begins.
     *
     * @param thread its name
     * @param source is asked once
     */
    public static <T> EagerValue<T> of(String thread, Supplier<T> source) {
        FutureTask<T> task = new FutureTask<>(source::get);
        Thread.ofPlatform().daemon().name(thread).start(task);
        return new EagerValue<>(task, () -> {});
    }

    /**
     * Begins a little later, for a value that is needed only if something else takes long; or when it is asked for, if
     * that is earlier.
     *
     * @param thread its name
     * @param wait returns when it is time to begin
     * @param source is asked once at most
     */
    public static <T> EagerValue<T> after(String thread, Runnable wait, Supplier<T> source) {
        FutureTask<T> task = new FutureTask<>(source::get);
        Thread.ofPlatform().daemon().name(thread).start(() -> {
            wait.run();
            task.run();
        });
        return new EagerValue<>(task, task);
    }

    /** Begins when it is asked for, for a value that is seldom needed, and then more than once. */
    public static <T> EagerValue<T> onNeed(Supplier<T> source) {
        FutureTask<T> task = new FutureTask<>(source::get);
        return new EagerValue<>(task, task);
    }

    /** The value is not needed: what has not begun never does. */
    @Override
    public void close() {
        task.cancel(false);
    }

    /**
     * Waits for the value, also while this thread is interrupted: the source has its own limit.
     *
     * @throws RuntimeException or {@link Error}, as the source threw it
     */
    @Override
    public T get() {
        onNeed.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
