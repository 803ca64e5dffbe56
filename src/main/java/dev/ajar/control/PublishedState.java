package dev.ajar.control;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The last state that a process published, for readers on other threads.
 *
 * @param <T> immutable
 */
public final class PublishedState<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private T state;
    private Object fingerprint = this;
    private long changes;

    /** @param initial before the first {@link #publish} */
    public PublishedState(T initial) {
        this.state = initial;
    }

    /** @param now equal for two states whose difference no follower needs */
    public void publish(T newer, Object now) {
        lock.lock();
        try {
            state = newer;
            if (!now.equals(fingerprint)) {
                fingerprint = now;
                changes++;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    public T state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** Hands out the state now and after every change, until {@code reader} returns false. */
    public void follow(Predicate<T> reader) throws InterruptedException {
        long seen = -1;
        T next;
        do {
            lock.lockInterruptibly();
            try {
                while (changes == seen) {
                    changed.await();
                }
                seen = changes;
                next = state;
            } finally {
                lock.unlock();
            }
        } while (reader.test(next));
    }
}
