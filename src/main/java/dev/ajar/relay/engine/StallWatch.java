package dev.ajar.relay.engine;

/** Since when a side has taken none of the bytes that wait for it. Looked at a few times a second. */
final class StallWatch {
    private long seen;
    private long since;

    /**
     * @param pending how many bytes wait now
     * @param taken whether some were taken since the last look, where their number does not show it
     * @return whether some were
     */
    boolean look(long pending, boolean taken, long now) {
        boolean moved = taken || pending != seen;
        if (moved || pending == 0) {
            seen = pending;
            since = now;
        }
        return moved;
    }

    /** In nanoseconds; 0 while no byte waits. */
    long stalledFor(long now) {
        return seen == 0 ? 0 : now - since;
    }
}
