package dev.ajar.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.keeper.exchange.Inbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An inbox on the clock of a simulated machine: while the loop waits, the clock moves to what happens next. */
final class SimInbox implements Inbox {
    /** Far more than a test needs: a loop that does not end fails instead of hanging. */
    private static final int MOST_TURNS = 100_000;

    private final SimClock clock;
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private int turns;

    /** @param isTask whether it arrives in the inbox; else it happens without the loop hearing of it */
    private record Happening(Duration at, Runnable action, boolean isTask) {}

    SimInbox(SimClock clock) {
        this.clock = clock;
    }

    @Override
    public void add(Runnable task) {
        happenings.add(new Happening(clock.elapsed(), task, true));
    }

    /** Leaves a task at a later time. */
    void addAt(Duration at, Runnable task) {
        happenings.add(new Happening(at, task, true));
    }

    /** Changes the world at a later time. */
    void at(Duration at, Runnable change) {
        happenings.add(new Happening(at, change, false));
    }

    /** How long each wait was allowed to be. */
    List<Duration> waits() {
        return waits;
    }

    @Override
    public boolean hasTask() {
        return happenings.stream().anyMatch(one -> one.isTask() && one.at().compareTo(clock.elapsed()) <= 0);
    }

    @Override
    public Optional<Runnable> take(Duration longest) {
        turns++;
        assertThat(turns).as("turns of the loop").isLessThan(MOST_TURNS);
        Duration end = clock.elapsed().plus(longest.isPositive() ? longest : Duration.ZERO);
        if (longest.isPositive()) {
            waits.add(longest);
        }
        Optional<Happening> next = next(end);
        while (next.isPresent()) {
            happenings.remove(next.get());
            clock.advanceTo(next.get().at());
            if (next.get().isTask()) {
                return Optional.of(next.get().action());
            }
            next.get().action().run();
            next = next(end);
        }
        clock.advanceTo(end);
        return Optional.empty();
    }

    private Optional<Happening> next(Duration end) {
        return happenings.stream()
                .filter(happening -> happening.at().compareTo(end) <= 0)
                .min(Comparator.comparing(Happening::at));
    }
}
