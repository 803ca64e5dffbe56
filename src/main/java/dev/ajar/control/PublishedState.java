package dev.ajar.control;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The last state that a process published, for readers on other threads. */
public final class PublishedState {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private String document;
    private String fingerprint = "";
    private long changes;

    /** @param document before the first {@link #publish} */
    public PublishedState(String document) {
        this.document = document;
    }

    /** @param now equal for two documents whose difference no follower needs, such as the seconds left */
    public void publish(String newer, String now) {
        lock.lock();
        try {
            document = newer;
            if (!now.equals(fingerprint)) {
                fingerprint = now;
                changes++;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    public String document() {
        lock.lock();
        try {
            return document;
        } finally {
            lock.unlock();
        }
    }

    /** Hands out the document now and after every change, until {@code documents} returns false. */
    public void follow(Function<String, Boolean> documents) throws InterruptedException {
        long seen = -1;
        String next;
        do {
            lock.lockInterruptibly();
            try {
                while (changes == seen) {
                    changed.await();
                }
                seen = changes;
                next = document;
            } finally {
                lock.unlock();
            }
        } while (documents.apply(next));
    }
}
