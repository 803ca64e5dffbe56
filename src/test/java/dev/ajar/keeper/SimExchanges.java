package dev.ajar.keeper;

import dev.ajar.keeper.exchange.Exchanges;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Exchanges on simulated threads: the time one takes passes beside what the keeper does meanwhile. */
final class SimExchanges implements Exchanges {
    private final SimClock clock;
    private final SimInbox inbox;

    /** @param inbox of the keeper's loop */
    SimExchanges(SimClock clock, SimInbox inbox) {
        this.clock = clock;
        this.inbox = inbox;
    }

    @Override
    public Running begin(Runnable exchange, Runnable done) {
        Duration begin = clock.elapsed();
        exchange.run();
        Duration end = clock.elapsed();
        clock.rewindTo(begin);
        AtomicBoolean told = new AtomicBoolean();
        Runnable once = () -> {
            if (told.compareAndSet(false, true)) {
                done.run();
            }
        };
        inbox.addAt(end, once);
        return () -> inbox.add(once);
    }

    @Override
    public boolean areInline() {
        return false;
    }

    @Override
    public void hand(Runnable task) {
        inbox.add(task);
    }

    @Override
    public boolean await(Duration longest) {
        var task = inbox.take(longest);
        task.ifPresent(Runnable::run);
        return task.isPresent();
    }
}
