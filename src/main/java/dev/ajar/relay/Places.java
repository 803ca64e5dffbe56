package dev.ajar.relay;

/** How many connections all rules together may have: as many as there are file descriptors for. For several threads. */
public final class Places {
    /** One of so many is kept for sources that have none. */
    private static final int KEPT = 20;

    /** A connection takes two: one to each side. */
    private static final int FILES_EACH = 2;

    /** Kept back for sockets that listen, for libraries and for being asked how it is. */
    private static final int FILES_KEPT = 256;

    private final int most;
    private int taken;

    public Places(int most) {
        this.most = most;
    }

    /** @param files how many descriptors the system lets this process have */
    public static Places within(long files) {
        long kept = Math.min(FILES_KEPT, files / 2);
        return new Places((int) Math.min((files - kept) / FILES_EACH, Integer.MAX_VALUE));
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

    public int most() {
        return most;
    }
}
