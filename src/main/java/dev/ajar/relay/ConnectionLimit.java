package dev.ajar.relay;

/** How many connections all rules together may have: as many as there are file descriptors for. For several threads. */
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

    synchronized boolean take(boolean newcomer) {
        if (taken >= (newcomer ? most : most - most / KEPT)) {
            return false;
        }
        taken++;
        return true;
    }

    synchronized void giveBack() {
        taken--;
    }

    public synchronized int most() {
        return most;
    }
}
