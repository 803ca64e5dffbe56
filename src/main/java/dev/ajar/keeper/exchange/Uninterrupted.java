package dev.ajar.keeper.exchange;

import dev.ajar.model.Result;
import java.util.function.Supplier;

/**
 * Work with the disk on a thread that may be interrupted to end its waiting for the network. An interrupt closes the
 * channel of a file in the middle of a write, so it is put off until the work is done.
 */
final class Uninterrupted {
    /** Each interrupt during the work costs one more attempt. */
    private static final int MOST_ATTEMPTS = 5;

    private Uninterrupted() {}

    /** @param work may be repeated */
    static <T> Result<T> run(Supplier<Result<T>> work) {
        boolean interrupted = Thread.interrupted();
        Result<T> result = work.get();
        for (int i = 1; i < MOST_ATTEMPTS && result instanceof Result.Err && Thread.interrupted(); i++) {
            interrupted = true;
            result = work.get();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }
}
