package dev.ajar.keeper;

import dev.ajar.keeper.exchange.Exchanges;
import dev.ajar.keeper.exchange.Inbox;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Drives a keeper: makes a pass when one is due, waits in between, and does the tasks that other threads leave, all on
 * the thread that calls {@link #run}.
 */
public final class KeeperLoop {
    /** The longest wait, after which it checks whether the network has changed or the machine slept. */
    static final Duration TICK = Duration.ofSeconds(5);

    static final Duration AFTER_A_BUG = Duration.ofSeconds(10);

    private final Keeper keeper;
    private final Timeline timeline;
    private final Inbox inbox;
    private final BooleanSupplier stateChanged;

    /** When a loop ends: asked before each pass and each wait, and after each task. */
    @FunctionalInterface
    public interface End {
        /** @param next when the next step is due, on the clock that counts time asleep */
        boolean isReached(Duration next);

        /**
         * Once everything due is done, or {@code longest} has passed from now. While the keeper is unsettled, the loop
         * waits for what is due within {@code patience} from now.
         */
        static End whenSettled(Keeper keeper, Timeline timeline, Duration patience, Duration longest) {
            End done = whenDone(timeline, longest);
            Duration latest = timeline.elapsed().plus(patience);
            return next -> done.isReached(next) && (next.compareTo(latest) > 0 || !keeper.isUnsettled());
        }

        /** Once everything due is done, or {@code longest} has passed from now. */
        static End whenDone(Timeline timeline, Duration longest) {
            Deadline limit = Deadline.after(timeline, longest);
            return next -> next.compareTo(timeline.elapsed()) > 0 || limit.hasPassed();
        }
    }

    /**
     * @param stateChanged whether another process has written the state file since the last call; then a pass is due
     */
    public KeeperLoop(Keeper keeper, Timeline timeline, Inbox inbox, BooleanSupplier stateChanged) {
        this.keeper = keeper;
        this.timeline = timeline;
        this.inbox = inbox;
        this.stateChanged = stateChanged;
        keeper.yieldTo(inbox::hasTask);
    }

    /** Exchanges take place on threads of their own, so that no task waits for a router. Before the first pass. */
    public KeeperLoop withThreads() {
        keeper.exchangeOn(Exchanges.onThreads(inbox));
        return this;
    }

    /**
     * Leaves a task for the loop's thread, which does it once the current pass has ended, and then makes another pass.
     * For any thread.
     */
    public void post(Runnable task) {
        inbox.add(task);
    }

    /** Runs with plain passes, see {@link #run(End, Supplier, Consumer)}. */
    public void run(End end, Consumer<RuntimeException> bugs) {
        run(end, keeper::pass, bugs);
    }

    /**
     * Runs until the end is reached. Returns also when the thread is interrupted, with its interrupt status set. The
     * first pass is due at once.
     *
     * @param pass makes one pass, with what its owner has to do before; returns when the next step is due
     * @param bugs receives what a pass or a task throws; the loop ends only if it throws too
     */
    public void run(End end, Supplier<Duration> pass, Consumer<RuntimeException> bugs) {
        Duration next = timeline.elapsed();
        try {
            while (!end.isReached(next)) {
                next = step(next, pass, bugs);
                if (!end.isReached(next)) {
                    next = await(next, end, bugs);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration step(Duration next, Supplier<Duration> pass, Consumer<RuntimeException> bugs) {
        try {
            boolean due =
                    next.compareTo(timeline.elapsed()) <= 0 || keeper.checkNetwork() || stateChanged.getAsBoolean();
            return due ? pass.get() : next;
        } catch (RuntimeException bug) {
            // A bug in one step must not end the renewal of all other mappings.
            bugs.accept(bug);
            return timeline.elapsed().plus(AFTER_A_BUG);
        }
    }

    /**
     * Waits and does the tasks that have arrived, but not for longer than a tick: many commands must not delay
     * renewals.
     *
     * @return when the next pass is due; at once if there was a task, which may have changed anything
     */
    private Duration await(Duration next, End end, Consumer<RuntimeException> bugs) throws InterruptedException {
        Duration begin = timeline.elapsed();
        Duration untilNext = next.minus(begin);
        Optional<Runnable> task = inbox.take(untilNext.compareTo(TICK) < 0 ? untilNext : TICK);
        if (task.isEmpty()) {
            return next;
        }
        Duration tasksEnd = timeline.elapsed().plus(TICK);
        while (task.isPresent()) {
            execute(task.get(), bugs);
            boolean enough = end.isReached(next) || timeline.elapsed().compareTo(tasksEnd) >= 0;
            task = enough ? Optional.empty() : inbox.take(Duration.ZERO);
        }
        return timeline.elapsed();
    }

    private static void execute(Runnable task, Consumer<RuntimeException> bugs) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            bugs.accept(bug);
        }
    }
}
