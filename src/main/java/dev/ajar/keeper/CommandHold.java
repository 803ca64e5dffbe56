package dev.ajar.keeper;

import java.time.Duration;

/** While commands ask gateways, the keeper begins no exchange, but not for long. For the keeper's thread. */
final class CommandHold {
    /** A command that takes longer waits for a router that is silent. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

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
        return commands > 0 && now.compareTo(until()) < 0;
    }

    Duration until() {
        return since.plus(LONGEST);
    }
}
