package dev.ajar.gateway.upnp;

/** Counts what one opening asks of a router, over all of its services. */
final class Meter {
    private final int most;
    private int spent;

    Meter(int most) {
        this.most = most;
    }

    void spend() {
        spent++;
    }

    /** Whether {@code requests} more may be made. */
    boolean allows(int requests) {
        return spent + requests <= most;
    }
}
