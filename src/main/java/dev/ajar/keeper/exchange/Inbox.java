package dev.ajar.keeper.exchange;

import dev.ajar.keeper.KeeperLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Tasks that other threads leave for the thread of a {@link KeeperLoop}, in their order. */
public interface Inbox {
    /** Leaves a task. For any thread. */
    void add(Runnable task);

    /** Whether a task waits. */
    boolean hasTask();

    /**
     * Takes the oldest task.
     *
     * @param longest how long to wait for one; zero or less not to wait
     * @return empty if none arrived in time
     */
    Optional<Runnable> take(Duration longest) throws InterruptedException;

    /** An inbox that waits in real time. */
    static Inbox ofThisMachine() {
        LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        return new Inbox() {
            @Override
            public void add(Runnable task) {
                tasks.add(task);
            }

            @Override
            public boolean hasTask() {
                return !tasks.isEmpty();
            }

            // One millisecond more than is asked for, so as not to wake just before a step is due.
            @Override
            public Optional<Runnable> take(Duration longest) throws InterruptedException {
                return Optional.ofNullable(
                        longest.isPositive()
                                ? tasks.poll(longest.toMillis() + 1, TimeUnit.MILLISECONDS)
                                : tasks.poll());
            }
        };
    }
}
