package dev.ajar.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many connections all rules together may have: as many as there are file descriptors for. It is also the lock of
 * all admissions, since a rule may have to give up a place for another. For several threads.
 */
public final class ConnectionLimit {
    /** One in so many is reserved for sources that have none. */
    private static final int KEPT = 20;

    /** A connection takes two: one to each side. */
    private static final int FILES_EACH = 2;

    /** Reserved for libraries and the status socket. */
    private static final int FILES_KEPT = 256;

    /** More would not fit into the memory the relay has. */
    private static final int MOST = 20_000;

    private final long files;
    private int most;
    private int taken;
    private final Map<Admission, Integer> byRule = new HashMap<>();

    private ConnectionLimit(long files, int most) {
        this.files = files;
        this.most = most;
    }

    /** A fixed number, whatever the system allows. */
    public ConnectionLimit(int most) {
        this(Long.MAX_VALUE, most);
    }

    /** @param files how many descriptors the system lets this process have */
    public static ConnectionLimit within(long files) {
        ConnectionLimit limit = new ConnectionLimit(files, 0);
        limit.keepForListeners(0);
        return limit;
    }

    /** Sockets that listen need descriptors too. */
    public synchronized void keepForListeners(long listeners) {
        if (files != Long.MAX_VALUE) {
            long reserved = Math.min(FILES_KEPT, files / 2);
            most = Math.clamp((files - reserved - listeners) / FILES_EACH, 0, MOST);
        }
    }

    synchronized boolean hasRoom(boolean newcomer) {
        return taken < (newcomer ? most : most - most / KEPT);
    }

    /** @param its how many places of that rule are taken now */
    synchronized void taken(Admission rule, int its) {
        taken++;
        byRule.put(rule, its);
    }

    synchronized void givenBack(Admission rule, int its) {
        taken--;
        if (its == 0) {
            byRule.remove(rule);
        } else {
            byRule.put(rule, its);
        }
    }

    /** The rule with most places; one of them goes first when the limit is reached. */
    synchronized Optional<Admission> largest() {
        return byRule.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    public synchronized int most() {
        return most;
    }
}
