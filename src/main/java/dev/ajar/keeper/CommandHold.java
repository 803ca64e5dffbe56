package dev.ajar.keeper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * While commands ask gateways, the keeper begins no exchange, but not for long, and not while a command waits for the
 * keeper. For the keeper's thread.
 */
final class CommandHold {
    /** A command that takes longer waits for a router that is silent. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final List<Runnable> settling = new ArrayList<>();
    private int commands;

    /** Since when there has been a command. */
    private Duration since = Duration.ZERO;

    void begins(Duration now) {
        since = commands == 0 ? now : since;
        commands++;
    }

    void ends() {
        commands--;
    }

    boolean holds(Duration now) {
        return settling.isEmpty() && commands > 0 && now.compareTo(until()) < 0;
    }

    Duration until() {
        return since.plus(LONGEST);
    }

    /** A command waits until what is due is done; then {@code done} is called. */
    void settle(Runnable done) {
        settling.add(done);
    }

    void settled() {
        List<Runnable> done = List.copyOf(settling);
        settling.clear();
        done.forEach(Runnable::run);
    }
}
